package io.kontor.sandbox.day;

import io.kontor.sandbox.day.ShopifyBaskets.Cart;
import java.time.LocalDate;
import java.time.ZonedDateTime;

/** What every scene in a Shopify shop needs: the shop, its people and the time of day. */
final class ShopifyStage {

  private final ShopifyShop shop;
  private final Dice dice;
  private final DayBook book;
  private final ShopifyBaskets baskets;
  private final ShopifyClerk clerk;
  private ZonedDateTime now;

  ShopifyStage(ShopifyShop shop, LocalDate day, Dice dice, DayBook book) {
    this.shop = shop;
    this.dice = dice;
    this.book = book;
    this.baskets = new ShopifyBaskets(shop, day, dice.of("baskets"), book);
    this.clerk = new ShopifyClerk(shop, day, dice.of("clerk"), book);
    this.now = day.atTime(0, 20).atZone(shop.zone());
  }

  ShopifyShop shop() {
    return shop;
  }

  Dice dice() {
    return dice;
  }

  DayBook book() {
    return book;
  }

  ShopifyBaskets baskets() {
    return baskets;
  }

  ShopifyClerk clerk() {
    return clerk;
  }

  ZonedDateTime now() {
    return now;
  }

  void pass(int minutes) {
    now = now.plusMinutes(minutes).plusSeconds(dice.between(0, 40));
  }

  ZonedDateTime later(int minutes) {
    return now.plusMinutes(minutes).plusSeconds(dice.between(0, 59));
  }

  ShopifyOrder open(Cart cart, boolean showsPayments) {
    return clerk.open(baskets.check(cart, now), showsPayments);
  }

  ShopifyOrder paid(Cart cart, String note) {
    return paid(cart, ShopifyClerk.CARD, note);
  }

  /** One in two documents shows its transactions; the others only say {@code paid}. */
  ShopifyOrder paid(Cart cart, String gateway, String note) {
    ShopifyOrder order = open(cart, dice.oneIn(2));
    clerk.pay(order, "sale", gateway, order.sale().total(), now);
    clerk.send("create", order, note);
    if (dice.oneIn(3)) {
      clerk.send("paid", order, order.updatedAt().plusSeconds(3), "");
    }
    return order;
  }
}
