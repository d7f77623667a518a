package io.kontor.sandbox.day;

import io.kontor.money.Money;
import io.kontor.sandbox.day.Sale.Discount;
import io.kontor.sandbox.day.ShopifyBaskets.Cart;
import io.kontor.sandbox.day.ShopifyOrder.Payment;
import io.kontor.sandbox.day.ShopifyOrder.Refund;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A day in a Shopify shop: one scene after the other, most of them quite ordinary. */
final class ShopifyDay {

  private final ShopifyShop shop;
  private final Dice dice;
  private final DayBook book;
  private final ShopifyBaskets baskets;
  private final ShopifyClerk clerk;
  private ZonedDateTime now;

  ShopifyDay(ShopifyShop shop, LocalDate day, Dice dice, DayBook book) {
    this.shop = shop;
    this.dice = dice;
    this.book = book;
    this.baskets = new ShopifyBaskets(shop, dice.of("baskets"), book);
    this.clerk = new ShopifyClerk(shop, dice.of("clerk"), book);
    this.now = day.atTime(0, 20).atZone(shop.zone());
  }

  /** Plays {@code orders} orders; every kind of scene once or more, the rest ordinary ones. */
  ControlTotals play(int orders) {
    List<Runnable> scenes = new ArrayList<>(scenes());
    scenes.addAll(shop.taxIncluded() ? europe() : america());
    for (int i = scenes.size(); i < orders; i++) {
      scenes.add(i % 3 == 0 ? this::ordinaryAndSentLater : this::ordinary);
    }
    // scatter the special among the ordinary, the same way for the same seed
    for (int i = scenes.size() - 1; i > 0; i--) {
      scenes.add(scenes.remove(dice.between(0, i)));
    }
    int minutes = 20 * 60 / scenes.size();
    for (Runnable scene : scenes) {
      scene.run();
      now = now.plusMinutes(minutes).plusSeconds(dice.between(0, 40));
    }
    return clerk.totals();
  }

  private List<Runnable> scenes() {
    return Arrays.asList(
        this::authorisedOnly,
        this::authorisedThenCaptured,
        this::authorisedThenCaptured,
        this::declinedThenPaid,
        () -> discounted(10),
        () -> discounted(15),
        () -> discounted(33),
        this::freeFreight,
        this::split,
        this::refundedWhole,
        this::refundedByLine,
        this::refundedByAmount,
        this::freightRefunded,
        this::cancelledAfterPayment,
        this::cancelledUnpaid,
        this::bankTransferOpen,
        this::guest);
  }

  private List<Runnable> america() {
    return Arrays.asList(
        this::unknownSku,
        this::refundAboveCaptured,
        this::refundBeforeOrder,
        this::editedBeforeDelivery,
        this::lineTakenOff,
        this::webhookTwice,
        this::contentTwice,
        this::brokenDocument,
        this::giftCardSold,
        this::giftCardRedeemed,
        this::authorisedOnly,
        this::authorisedOnly,
        this::split,
        () -> discounted(20));
  }

  private List<Runnable> europe() {
    return Arrays.asList(
        this::manyLines,
        this::manyLines,
        this::booksOnly,
        this::editedBeforeDelivery,
        this::giftCardSold,
        this::webhookTwice);
  }

  // --- ordinary

  private ShopifyOrder ordinary() {
    return paid(baskets.some(), "");
  }

  private void ordinaryAndSentLater() {
    ShopifyOrder order = ordinary();
    clerk.parcelAll(order, later(95));
    clerk.send("updated", order, "");
  }

  private ShopifyOrder paid(Cart cart, String note) {
    return paid(cart, ShopifyClerk.CARD, note);
  }

  /** One in two documents shows its transactions; the others only say {@code paid}. */
  private ShopifyOrder paid(Cart cart, String gateway, String note) {
    ShopifyOrder order = clerk.open(baskets.check(cart, now), dice.oneIn(2));
    clerk.pay(order, "sale", gateway, order.sale().total(), now);
    clerk.send("create", order, note);
    if (dice.oneIn(3)) {
      clerk.send("paid", order, order.updatedAt().plusSeconds(3), "");
    }
    return order;
  }

  private ZonedDateTime later(int minutes) {
    return now.plusMinutes(minutes).plusSeconds(dice.between(0, 59));
  }

  // --- payments

  private void authorisedOnly() {
    ShopifyOrder order = clerk.open(baskets.check(baskets.some(), now), true);
    clerk.pay(order, "authorization", ShopifyClerk.CARD, order.sale().total(), now);
    clerk.send("create", order, "authorised, never captured");
  }

  private void authorisedThenCaptured() {
    ShopifyOrder order = clerk.open(baskets.check(baskets.some(), now), dice.oneIn(2));
    Money total = order.sale().total();
    Payment hold = clerk.pay(order, "authorization", ShopifyClerk.CARD, total, now);
    clerk.send("create", order, "authorised, captured later");
    capture(order, hold, total, later(40));
    clerk.send("paid", order, "captured");
    clerk.parcelAll(order, later(60));
    clerk.send("updated", order, "");
  }

  private void capture(ShopifyOrder order, Payment hold, Money amount, ZonedDateTime at) {
    clerk.pay(order, "capture", "success", hold.gateway(), amount, at, Optional.of(hold.id()));
  }

  private void declinedThenPaid() {
    ShopifyOrder order = clerk.open(baskets.check(baskets.some(), now), true);
    Money total = order.sale().total();
    clerk.pay(order, "sale", "failure", ShopifyClerk.CARD, total, now, Optional.empty());
    clerk.pay(order, "sale", "paypal", total, now.plusSeconds(50));
    clerk.send("create", order, "the first payment was declined");
  }

  private void bankTransferOpen() {
    ShopifyOrder order = clerk.open(baskets.check(baskets.some(), now), false);
    clerk.send("create", order, "bank transfer, not yet paid");
  }

  private void giftCardSold() {
    ShopifyOrder order = clerk.open(baskets.check(Cart.of(Products.GIFT_CARD, 2), now), true);
    clerk.pay(order, "sale", ShopifyClerk.CARD, order.sale().total(), now);
    clerk.parcelAll(order, now.plusSeconds(4));
    clerk.send("create", order, "two gift cards sold");
  }

  private void giftCardRedeemed() {
    ShopifyOrder order = clerk.open(baskets.check(baskets.some(3, Products.GOODS), now), true);
    Money card = Money.of("30.00", shop.currency().getCurrencyCode()).min(order.sale().total());
    clerk.pay(order, "sale", ShopifyClerk.GIFT_CARD, card, now);
    Money rest = order.sale().total().minus(card);
    if (rest.isPositive()) {
      clerk.pay(order, "sale", ShopifyClerk.CARD, rest, now);
    }
    clerk.send("create", order, "paid in part with a gift card");
  }

  // --- prices

  private void discounted(int percent) {
    Cart cart = baskets.some(dice.between(2, 4), Products.GOODS);
    ShopifyOrder order =
        paid(cart.with(new Discount("TAKE" + percent, percent, false)), percent + " % off");
    clerk.parcelAll(order, later(30));
    clerk.send("updated", order, "");
  }

  private void freeFreight() {
    paid(baskets.some().with(new Discount("FREESHIP", 100, true)), "free shipping by code");
  }

  private void manyLines() {
    Cart cart = baskets.some(dice.between(26, 29), Products.GOODS);
    ShopifyOrder order =
        paid(
            cart.with(new Discount("STAMMKUNDE", 17, false)),
            "many lines, tax included, a discount that rounds on every line");
    clerk.parcelAll(order, later(120));
    clerk.send("updated", order, "");
  }

  private void booksOnly() {
    paid(baskets.some(2, Products.withVat(7)), "reduced rate only");
  }

  private void guest() {
    paid(baskets.some().asGuest(), "guest checkout");
  }

  // --- parcels

  private void split() {
    Cart cart = Cart.of(dice.pick(Products.GOODS), 3);
    ShopifyOrder order = paid(cart, "sent in two parcels");
    clerk.parcel(order, later(25), List.of(1));
    clerk.send("updated", order, "first parcel");
    clerk.parcel(order, later(150), List.of(2));
    clerk.send("updated", order, "second parcel");
  }

  // --- refunds

  private void refunded(ShopifyOrder order, Refund refund, String note) {
    clerk.sendRefund(order, refund, note);
    clerk.send("updated", order, "");
  }

  private void refundedWhole() {
    ShopifyOrder order = paid(baskets.some(), "");
    clerk.parcelAll(order, later(20));
    clerk.send("updated", order, "");
    Refund refund =
        clerk.refund(
            order,
            later(200),
            "returned",
            clerk.takeAll(order, "return"),
            List.of(clerk.freightBack(order)));
    refunded(order, refund, "everything refunded, freight too");
  }

  private void refundedByLine() {
    ShopifyOrder order = paid(Cart.of(dice.pick(Products.GOODS), 3), "");
    clerk.parcelAll(order, later(20));
    clerk.send("updated", order, "");
    Sale.Line line = order.sale().lines().get(0);
    Refund refund =
        clerk.refund(
            order,
            later(180),
            "one came back",
            List.of(clerk.take(order, line, 1, "return")),
            List.of());
    refunded(order, refund, "one unit of three refunded");
  }

  private void refundedByAmount() {
    ShopifyOrder order = paid(Cart.of(dice.pick(Products.GOODS), 2), "");
    Money amount = Money.of("5.00", shop.currency().getCurrencyCode());
    Refund refund =
        clerk.refund(
            order, later(75), "for the scratch", List.of(), List.of(clerk.difference(amount)));
    refunded(order, refund, "an amount refunded, for no line");
  }

  private void freightRefunded() {
    ShopifyOrder order = paid(baskets.some(), "");
    Refund refund =
        clerk.refund(order, later(55), "late", List.of(), List.of(clerk.freightBack(order)));
    refunded(order, refund, "freight refunded");
  }

  private void refundBeforeOrder() {
    ShopifyOrder order =
        clerk.open(baskets.check(Cart.of(dice.pick(Products.GOODS), 2), now), true);
    clerk.pay(order, "sale", ShopifyClerk.CARD, order.sale().total(), now);
    clerk.send("create", order, now.plusHours(3), "arrives after its refund");
    Sale.Line line = order.sale().lines().get(0);
    Refund refund =
        clerk.refund(
            order,
            later(15),
            "changed mind",
            List.of(clerk.take(order, line, 1, "cancel")),
            List.of());
    clerk.sendRefund(order, refund, "arrives before its order");
  }

  private void refundAboveCaptured() {
    ShopifyOrder order = paid(baskets.some(), ShopifyClerk.MANUAL, "");
    Refund refund =
        clerk.refund(
            order,
            later(90),
            "with our apologies",
            clerk.takeAll(order, "cancel"),
            List.of(
                clerk.freightBack(order),
                clerk.difference(Money.of("20.00", shop.currency().getCurrencyCode()))));
    refunded(order, refund, "more refunded than was captured");
    book.expect(
        shop.channel(),
        order.sale().id(),
        "refund-above-captured",
        "%s refunded, %s captured".formatted(order.refunded(), order.captured()));
  }

  // --- changes

  /** One unit more of the first line, and a line more; the buyer pays the difference. */
  private void editedBeforeDelivery() {
    ShopifyOrder order = clerk.open(baskets.check(baskets.some(2, Products.GOODS), now), true);
    Sale before = order.sale();
    clerk.pay(order, "sale", ShopifyClerk.CARD, before.total(), now);
    clerk.send("create", order, "edited a minute later");
    Place place = before.buyer().place();
    Sale.Line first = before.lines().get(0);
    List<Sale.Line> lines = new ArrayList<>(before.lines());
    lines.set(
        0,
        baskets.line(first.product(), first.quantity() + 1, first.discount(), place, first.id()));
    lines.add(baskets.added(Products.withVat(7).get(3), 2, place));
    order.edit(before.withLines(lines), now.plusSeconds(60));
    clerk.send("updated", order, "edited: one unit and one line more, not yet paid");
    clerk.pay(order, "sale", ShopifyClerk.CARD, order.outstanding(), now.plusSeconds(240));
    clerk.send("updated", order, "the difference is paid");
  }

  /** A line is taken off before the capture: a refund without transactions says so. */
  private void lineTakenOff() {
    ShopifyOrder order = clerk.open(baskets.check(baskets.some(3, Products.GOODS), now), true);
    Payment hold = clerk.pay(order, "authorization", ShopifyClerk.CARD, order.sale().total(), now);
    clerk.send("create", order, "a line is taken off later");
    Sale.Line last = order.sale().lines().get(2);
    Refund refund =
        clerk.takeOff(
            order, later(5), List.of(clerk.take(order, last, last.quantity(), "no_restock")));
    refunded(order, refund, "a refund without transactions");
    capture(order, hold, order.currentTotal(), later(30));
    clerk.send("paid", order, "captured what is left");
    clerk.parcelAll(order, later(45));
    clerk.send("updated", order, "");
  }

  private void cancelledAfterPayment() {
    ShopifyOrder order = paid(baskets.some(), "");
    Refund refund =
        clerk.refund(
            order,
            later(35),
            "cancelled",
            clerk.takeAll(order, "cancel"),
            List.of(clerk.freightBack(order)));
    order.cancel(refund.at());
    clerk.sendRefund(order, refund, "refund of a cancelled order");
    clerk.send("cancelled", order, "cancelled and refunded");
  }

  private void cancelledUnpaid() {
    ShopifyOrder order = clerk.open(baskets.check(baskets.some(), now), true);
    clerk.pay(order, "authorization", ShopifyClerk.CARD, order.sale().total(), now);
    clerk.send("create", order, "");
    order.cancel(later(22));
    clerk.send("cancelled", order, "cancelled before the capture");
  }

  // --- the wire

  private void webhookTwice() {
    ShopifyOrder order = clerk.open(baskets.check(baskets.some(), now), true);
    clerk.pay(order, "sale", ShopifyClerk.CARD, order.sale().total(), now);
    byte[] body = ShopifyPieces.bytes(ShopifyOrderJson.write(shop, order));
    String event = clerk.eventId();
    String id = order.sale().id();
    clerk.hook("orders/create", id, body, event, now.plusSeconds(2), "sent twice");
    clerk.hook("orders/create", id, body, event, now.plusSeconds(9), "the same event again");
  }

  private void contentTwice() {
    ShopifyOrder order = paid(baskets.some(), "");
    clerk.send(
        "updated", order, order.updatedAt().plusSeconds(5), "the same content, another event");
  }

  private void unknownSku() {
    ShopifyOrder order = paid(Cart.of(Products.unlisted(), 1), "a SKU that Odoo does not know");
    book.expect(
        shop.channel(),
        order.sale().id(),
        "unknown-sku",
        "no product has the reference " + Products.unlisted().sku());
  }

  /** An order that arrives cut off, and never again: it is not among the day's orders. */
  private void brokenDocument() {
    ShopifyOrder order = new ShopifyOrder(baskets.check(baskets.some(), now), false);
    byte[] whole = ShopifyPieces.bytes(ShopifyOrderJson.write(shop, order));
    String event = clerk.eventId();
    clerk.hook(
        "orders/create",
        order.sale().id(),
        Arrays.copyOf(whole, whole.length / 2),
        event,
        now.plusSeconds(2),
        "cut off in the middle");
    book.expect(shop.channel(), event, "not-json", "the document ends in the middle");
  }
}
