package io.kontor.sandbox.day;

import io.kontor.money.Allocation;
import io.kontor.money.Money;
import io.kontor.sandbox.day.Sale.Discount;
import io.kontor.sandbox.day.Sale.Freight;
import io.kontor.sandbox.day.Sale.Line;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills carts, and prices and taxes them as Shopify does: line by line, half up. */
final class ShopifyBaskets {

  /** What goes into a cart: products with their quantities. */
  record Cart(Map<Product, Integer> goods, Optional<Discount> discount, boolean guest) {

    static Cart of(Product product, int quantity) {
      return new Cart(Map.of(product, quantity), Optional.empty(), false);
    }

    Cart with(Discount code) {
      return new Cart(goods, Optional.of(code), guest);
    }

    Cart asGuest() {
      return new Cart(goods, discount, true);
    }
  }

  /** More than any day has. */
  private static final int ORDERS_A_DAY = 1_000;

  private final ShopifyShop shop;
  private final Dice dice;
  private final DayBook book;
  private final Ids ids;
  private int number;

  ShopifyBaskets(ShopifyShop shop, LocalDate day, Dice dice, DayBook book) {
    this.shop = shop;
    this.dice = dice;
    this.book = book;
    this.ids = new Ids(shop.idBase(), day);
    this.number = shop.firstNumber() + (int) Ids.daysFromFirst(day) * ORDERS_A_DAY;
  }

  /** One to four different products. */
  Cart some() {
    return some(dice.between(1, 4), Products.GOODS);
  }

  Cart some(int different, List<Product> from) {
    Map<Product, Integer> goods = new LinkedHashMap<>();
    while (goods.size() < different) {
      goods.putIfAbsent(dice.pick(from), dice.oneIn(3) ? dice.between(2, 4) : 1);
    }
    return new Cart(goods, Optional.empty(), false);
  }

  Sale check(Cart cart, ZonedDateTime at) {
    Buyer buyer = Buyer.someone(dice, ids.next(), shop.places());
    List<Line> lines = lines(cart, buyer.place());
    return new Sale(
        Long.toString(ids.next()),
        "#" + number++,
        at,
        buyer,
        cart.guest(),
        shop.taxIncluded(),
        shop.currency(),
        lines,
        freight(cart, buyer.place()),
        cart.discount());
  }

  private List<Line> lines(Cart cart, Place place) {
    List<Money> listed = new ArrayList<>();
    cart.goods().forEach((product, quantity) -> listed.add(times(price(product), quantity)));
    List<Money> discounts = discounts(cart, listed);
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<Product, Integer> entry : cart.goods().entrySet()) {
      lines.add(
          line(entry.getKey(), entry.getValue(), discounts.get(lines.size()), place, ids.next()));
    }
    return lines;
  }

  /** An order-wide percentage is rounded once and then spread over the lines. */
  private List<Money> discounts(Cart cart, List<Money> listed) {
    int percent =
        cart.discount().filter(code -> !code.onFreight()).map(Discount::percent).orElse(0);
    Money all = Money.sum(listed, shop.currency());
    Money discount =
        Money.rounded(all.amount().multiply(BigDecimal.valueOf(percent, 2)), shop.currency());
    return Allocation.byWeight(discount, listed.stream().map(Money::amount).toList());
  }

  /** A line anew, with the same id where one of {@code quantity} units was before. */
  Line line(Product product, int quantity, Money discount, Place place, long id) {
    Money price = price(product);
    Money base = times(price, quantity).minus(discount);
    return new Line(id, product, quantity, price, discount, taxes(product, base, place));
  }

  Line added(Product product, int quantity, Place place) {
    return line(product, quantity, Money.zero(shop.currency()), place, ids.next());
  }

  private List<TaxPart> taxes(Product product, Money base, Place place) {
    if (product.isGiftCard()) {
      return List.of();
    }
    return noted(
        place, shop.taxIncluded() ? TaxPart.vat(base, product.vat()) : TaxPart.of(place, base));
  }

  private List<TaxPart> noted(Place place, List<TaxPart> taxes) {
    String where = place.country().toLowerCase(java.util.Locale.ROOT);
    String key =
        place.state().isEmpty()
            ? where
            : where + "-" + place.state().toLowerCase(java.util.Locale.ROOT);
    taxes.forEach(tax -> book.uses(shop.entity(), key, tax.rate(), shop.taxIncluded()));
    return taxes;
  }

  private Optional<Freight> freight(Cart cart, Place place) {
    if (cart.goods().keySet().stream().allMatch(Product::isGiftCard)) {
      return Optional.empty();
    }
    Money price = Money.of(shop.taxIncluded() ? "4.90" : "5.99", shop.currency().toString());
    boolean free = cart.discount().filter(Discount::onFreight).isPresent();
    Money discount = free ? price : Money.zero(shop.currency());
    Money base = price.minus(discount);
    List<TaxPart> taxes =
        shop.taxIncluded()
            ? TaxPart.vat(base, 19)
            : place.freightTaxed() ? TaxPart.of(place, base) : List.of();
    return Optional.of(
        new Freight(
            ids.next(),
            shop.taxIncluded() ? "Standardversand" : "Standard Shipping",
            price,
            discount,
            noted(place, taxes)));
  }

  Money price(Product product) {
    return shop.taxIncluded() ? product.eur() : product.usd();
  }

  private static Money times(Money price, int quantity) {
    return Money.of(price.amount().multiply(BigDecimal.valueOf(quantity)), price.currency());
  }
}
