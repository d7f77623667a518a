package io.kontor.sandbox.day;

import io.kontor.money.Money;
import io.kontor.sandbox.day.Sale.Discount;
import io.kontor.sandbox.day.ShopifyBaskets.Cart;
import io.kontor.sandbox.day.ShopifyOrder.Payment;
import java.util.List;
import java.util.Optional;

/** Orders that go well: how they are paid, priced and sent. */
final class ShopifyScenes {

  private final ShopifyStage stage;

  ShopifyScenes(ShopifyStage stage) {
    this.stage = stage;
  }

  void ordinary() {
    stage.paid(stage.baskets().some(), "");
  }

  void ordinaryAndSentLater() {
    ShopifyOrder order = stage.paid(stage.baskets().some(), "");
    stage.clerk().parcelAll(order, stage.later(95));
    stage.clerk().send("updated", order, "");
  }

  void authorisedOnly() {
    ShopifyOrder order = stage.open(stage.baskets().some(), true);
    stage.clerk().pay(order, "authorization", ShopifyClerk.CARD, order.sale().total(), stage.now());
    stage.clerk().send("create", order, "authorised, never captured");
  }

  void authorisedThenCaptured() {
    ShopifyOrder order = stage.open(stage.baskets().some(), stage.dice().oneIn(2));
    Money total = order.sale().total();
    Payment hold = stage.clerk().pay(order, "authorization", ShopifyClerk.CARD, total, stage.now());
    stage.clerk().send("create", order, "authorised, captured later");
    stage.clerk().capture(order, hold, total, stage.later(40));
    stage.clerk().send("paid", order, "captured");
    stage.clerk().parcelAll(order, stage.later(60));
    stage.clerk().send("updated", order, "");
  }

  void declinedThenPaid() {
    ShopifyOrder order = stage.open(stage.baskets().some(), true);
    Money total = order.sale().total();
    stage
        .clerk()
        .pay(order, "sale", "failure", ShopifyClerk.CARD, total, stage.now(), Optional.empty());
    stage.clerk().pay(order, "sale", "paypal", total, stage.now().plusSeconds(50));
    stage.clerk().send("create", order, "the first payment was declined");
  }

  void bankTransferOpen() {
    ShopifyOrder order = stage.open(stage.baskets().some(), false);
    stage.clerk().send("create", order, "bank transfer, not yet paid");
  }

  void giftCardSold() {
    ShopifyOrder order = stage.open(Cart.of(Products.GIFT_CARD, 2), true);
    stage.clerk().pay(order, "sale", ShopifyClerk.CARD, order.sale().total(), stage.now());
    stage.clerk().parcelAll(order, stage.now().plusSeconds(4));
    stage.clerk().send("create", order, "two gift cards sold");
  }

  void giftCardRedeemed() {
    ShopifyOrder order = stage.open(stage.baskets().some(3, Products.GOODS), true);
    Money card =
        Money.of("30.00", stage.shop().currency().getCurrencyCode()).min(order.sale().total());
    stage.clerk().pay(order, "sale", ShopifyClerk.GIFT_CARD, card, stage.now());
    Money rest = order.sale().total().minus(card);
    if (rest.isPositive()) {
      stage.clerk().pay(order, "sale", ShopifyClerk.CARD, rest, stage.now());
    }
    stage.clerk().send("create", order, "paid in part with a gift card");
  }

  void discounted(int percent) {
    Cart cart = stage.baskets().some(stage.dice().between(2, 4), Products.GOODS);
    ShopifyOrder order =
        stage.paid(cart.with(new Discount("TAKE" + percent, percent, false)), percent + " % off");
    stage.clerk().parcelAll(order, stage.later(30));
    stage.clerk().send("updated", order, "");
  }

  void freeFreight() {
    stage.paid(
        stage.baskets().some().with(new Discount("FREESHIP", 100, true)), "free shipping by code");
  }

  void manyLines() {
    Cart cart = stage.baskets().some(stage.dice().between(26, 29), Products.GOODS);
    ShopifyOrder order =
        stage.paid(
            cart.with(new Discount("STAMMKUNDE", 17, false)),
            "many lines, tax included, a discount that rounds on every line");
    stage.clerk().parcelAll(order, stage.later(120));
    stage.clerk().send("updated", order, "");
  }

  void booksOnly() {
    stage.paid(stage.baskets().some(2, Products.withVat(7)), "reduced rate only");
  }

  void guest() {
    stage.paid(stage.baskets().some().asGuest(), "guest checkout");
  }

  void split() {
    Cart cart = Cart.of(stage.dice().pick(Products.GOODS), 3);
    ShopifyOrder order = stage.paid(cart, "sent in two parcels");
    stage.clerk().parcel(order, stage.later(25), List.of(1));
    stage.clerk().send("updated", order, "first parcel");
    stage.clerk().parcel(order, stage.later(150), List.of(2));
    stage.clerk().send("updated", order, "second parcel");
  }
}
