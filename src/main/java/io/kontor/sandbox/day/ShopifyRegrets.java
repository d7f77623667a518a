package io.kontor.sandbox.day;

import io.kontor.money.Money;
import io.kontor.sandbox.day.Sale.Discount;
import io.kontor.sandbox.day.ShopifyBaskets.Cart;
import io.kontor.sandbox.day.ShopifyOrder.Adjustment;
import io.kontor.sandbox.day.ShopifyOrder.Payment;
import io.kontor.sandbox.day.ShopifyOrder.Refund;
import java.util.ArrayList;
import java.util.List;

/** Orders that somebody thinks better of: refunds, edits, cancellations. */
final class ShopifyRegrets {

  private final ShopifyStage stage;

  ShopifyRegrets(ShopifyStage stage) {
    this.stage = stage;
  }

  private void refunded(ShopifyOrder order, Refund refund, String note) {
    stage.clerk().sendRefund(order, refund, note);
    stage.clerk().send("updated", order, "");
  }

  /** Where prices contain the tax, a cart that costs no freight: see the clerk. */
  private Cart refundable() {
    Cart cart = stage.baskets().some();
    return stage.shop().taxIncluded() ? cart.with(new Discount("FREESHIP", 100, true)) : cart;
  }

  void refundedWhole() {
    ShopifyOrder order = stage.paid(refundable(), "");
    stage.clerk().parcelAll(order, stage.later(20));
    stage.clerk().send("updated", order, "");
    Refund refund =
        stage
            .clerk()
            .refund(
                order,
                stage.later(200),
                "returned",
                stage.clerk().takeAll(order, "return"),
                stage.clerk().freightBack(order));
    refunded(order, refund, "everything refunded, freight too");
  }

  void refundedByLine() {
    ShopifyOrder order = stage.paid(Cart.of(stage.dice().pick(Products.GOODS), 3), "");
    stage.clerk().parcelAll(order, stage.later(20));
    stage.clerk().send("updated", order, "");
    Sale.Line line = order.sale().lines().get(0);
    Refund refund =
        stage
            .clerk()
            .refund(
                order,
                stage.later(180),
                "one came back",
                List.of(stage.clerk().take(order, line, 1, "return")),
                List.of());
    refunded(order, refund, "one unit of three refunded");
  }

  void refundedByAmount() {
    ShopifyOrder order = stage.paid(Cart.of(stage.dice().pick(Products.GOODS), 2), "");
    Money amount = Money.of("5.00", stage.shop().currency().getCurrencyCode());
    Refund refund =
        stage
            .clerk()
            .refund(
                order,
                stage.later(75),
                "for the scratch",
                List.of(),
                List.of(stage.clerk().difference(amount)));
    refunded(order, refund, "an amount refunded, for no line");
  }

  void freightRefunded() {
    ShopifyOrder order = stage.paid(stage.baskets().some(), "");
    Refund refund =
        stage
            .clerk()
            .refund(order, stage.later(55), "late", List.of(), stage.clerk().freightBack(order));
    refunded(order, refund, "freight refunded");
  }

  void refundBeforeOrder() {
    ShopifyOrder order = stage.open(Cart.of(stage.dice().pick(Products.GOODS), 2), true);
    stage.clerk().pay(order, "sale", ShopifyClerk.CARD, order.sale().total(), stage.now());
    stage.clerk().send("create", order, stage.now().plusHours(3), "arrives after its refund");
    Sale.Line line = order.sale().lines().get(0);
    Refund refund =
        stage
            .clerk()
            .refund(
                order,
                stage.later(15),
                "changed mind",
                List.of(stage.clerk().take(order, line, 1, "cancel")),
                List.of());
    stage.clerk().sendRefund(order, refund, "arrives before its order");
  }

  void refundAboveCaptured() {
    ShopifyOrder order = stage.paid(stage.baskets().some(), ShopifyClerk.MANUAL, "");
    List<Adjustment> adjustments = new ArrayList<>(stage.clerk().freightBack(order));
    Money apology = Money.of("20.00", stage.shop().currency().getCurrencyCode());
    adjustments.add(stage.clerk().difference(apology));
    Refund refund =
        stage
            .clerk()
            .refund(
                order,
                stage.later(90),
                "with our apologies",
                stage.clerk().takeAll(order, "cancel"),
                adjustments);
    refunded(order, refund, "more refunded than was captured");
    stage
        .book()
        .expect(
            stage.shop().channel(),
            order.sale().id(),
            "refund-above-captured",
            "%s refunded, %s captured".formatted(order.refunded(), order.captured()));
  }

  /** One unit more of the first line, and a line more; the buyer pays the difference. */
  void editedBeforeDelivery() {
    ShopifyOrder order = stage.open(stage.baskets().some(2, Products.GOODS), true);
    Sale before = order.sale();
    stage.clerk().pay(order, "sale", ShopifyClerk.CARD, before.total(), stage.now());
    stage.clerk().send("create", order, "edited a minute later");
    Place place = before.buyer().place();
    Sale.Line first = before.lines().get(0);
    List<Sale.Line> lines = new ArrayList<>(before.lines());
    lines.set(
        0,
        stage
            .baskets()
            .line(first.product(), first.quantity() + 1, first.discount(), place, first.id()));
    lines.add(stage.baskets().added(Products.withVat(7).get(3), 2, place));
    order.edit(before.withLines(lines), stage.now().plusSeconds(60));
    stage.clerk().send("updated", order, "edited: one unit and one line more, not yet paid");
    stage
        .clerk()
        .pay(order, "sale", ShopifyClerk.CARD, order.outstanding(), stage.now().plusSeconds(240));
    stage.clerk().send("updated", order, "the difference is paid");
  }

  /** A line is taken off before the capture: a refund without transactions says so. */
  void lineTakenOff() {
    ShopifyOrder order = stage.open(stage.baskets().some(3, Products.GOODS), true);
    Payment hold =
        stage
            .clerk()
            .pay(order, "authorization", ShopifyClerk.CARD, order.sale().total(), stage.now());
    stage.clerk().send("create", order, "a line is taken off later");
    Sale.Line last = order.sale().lines().get(2);
    Refund refund =
        stage
            .clerk()
            .takeOff(
                order,
                stage.later(5),
                List.of(stage.clerk().take(order, last, last.quantity(), "no_restock")));
    refunded(order, refund, "a refund without transactions");
    stage.clerk().capture(order, hold, order.currentTotal(), stage.later(30));
    stage.clerk().send("paid", order, "captured what is left");
    stage.clerk().parcelAll(order, stage.later(45));
    stage.clerk().send("updated", order, "");
  }

  void cancelledAfterPayment() {
    ShopifyOrder order = stage.paid(refundable(), "");
    Refund refund =
        stage
            .clerk()
            .refund(
                order,
                stage.later(35),
                "cancelled",
                stage.clerk().takeAll(order, "cancel"),
                stage.clerk().freightBack(order));
    order.cancel(refund.at());
    stage.clerk().sendRefund(order, refund, "refund of a cancelled order");
    stage.clerk().send("cancelled", order, "cancelled and refunded");
  }

  void cancelledUnpaid() {
    ShopifyOrder order = stage.open(stage.baskets().some(), true);
    stage.clerk().pay(order, "authorization", ShopifyClerk.CARD, order.sale().total(), stage.now());
    stage.clerk().send("create", order, "");
    order.cancel(stage.later(22));
    stage.clerk().send("cancelled", order, "cancelled before the capture");
  }
}
