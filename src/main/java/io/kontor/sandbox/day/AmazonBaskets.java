package io.kontor.sandbox.day;

import io.kontor.money.Money;
import io.kontor.sandbox.day.AmazonOrder.Item;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Fills carts on the marketplace. */
final class AmazonBaskets {

  private final Dice dice;
  private final Ids ids;

  AmazonBaskets(Dice dice, Ids ids) {
    this.dice = dice;
    this.ids = ids;
  }

  /** One to three items, or exactly {@code count} if that is not zero. */
  List<Item> items(Place place, int count) {
    List<Item> items = new ArrayList<>();
    int different = count > 0 ? count : dice.oneIn(4) ? dice.between(2, 3) : 1;
    while (items.size() < different) {
      items.add(item(place, dice.oneIn(4) ? dice.between(2, 3) : 1));
    }
    return items;
  }

  Item item(Place place, int quantity) {
    Product product = dice.pick(Products.GOODS);
    Money price = product.usd();
    Money listed = Money.of(price.amount().multiply(BigDecimal.valueOf(quantity)), AmazonOrder.USD);
    Money shipping = dice.oneIn(3) ? Money.of("4.99", "USD") : AmazonOrder.ZERO;
    boolean promoted = place.taxes().isEmpty() && dice.oneIn(2);
    Money freightTax = place.freightTaxed() ? tax(place, shipping) : AmazonOrder.ZERO;
    return new Item(
        Long.toString(ids.next()),
        product,
        quantity,
        price,
        tax(place, listed),
        shipping,
        freightTax,
        promoted ? Money.of("2.50", "USD") : AmazonOrder.ZERO);
  }

  private static Money tax(Place place, Money base) {
    return Money.rounded(base.amount().multiply(place.rate()), AmazonOrder.USD);
  }

  /** An order number as Amazon.com gives them. */
  String number() {
    return "11%d-%s-%s".formatted(dice.between(1, 4), dice.digits(7), dice.digits(7));
  }
}
