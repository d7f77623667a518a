package io.kontor.sandbox.day;

import io.kontor.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * An order on Amazon.com: taxes are Amazon's affair (it collects and remits them), freight and
 * promotions belong to the items.
 *
 * @param byAmazon fulfilled by Amazon: then Amazon keeps the buyer's address and e-mail to itself
 * @param states what became of it, in order
 */
record AmazonOrder(
    String id,
    Instant placedAt,
    Buyer buyer,
    boolean byAmazon,
    List<Item> items,
    List<State> states) {

  static final Currency USD = Currency.getInstance("USD");
  static final Money ZERO = Money.zero(USD);

  AmazonOrder {
    items = List.copyOf(items);
    states = List.copyOf(states);
  }

  /**
   * One product.
   *
   * @param promotion taken off the price, positive; only where there is no sales tax, because the
   *     documents do not say how a promotion's tax is rounded
   */
  record Item(
      String id,
      Product product,
      int quantity,
      Money unitPrice,
      Money tax,
      Money shipping,
      Money shippingTax,
      Money promotion) {

    Money price() {
      return Money.of(unitPrice.amount().multiply(BigDecimal.valueOf(quantity)), USD);
    }

    Money taxes() {
      return tax.plus(shippingTax);
    }

    Money total() {
      return price().plus(shipping).plus(taxes()).minus(promotion);
    }

    String asin() {
      return "B0K" + product.gtin().substring(6);
    }

    String promotionId() {
      return "Save on " + product.sku();
    }
  }

  /**
   * @param shippedItems how many of the items, from the first, have left whole
   * @param shippedAt when the last of them left
   */
  record State(Instant at, Status status, int shippedItems, Optional<Instant> shippedAt) {}

  /** The word of the 2026 interface and of the older one. */
  enum Status {
    PENDING("Pending"),
    UNSHIPPED("Unshipped"),
    PARTIALLY_SHIPPED("PartiallyShipped"),
    SHIPPED("Shipped"),
    CANCELLED("Canceled");

    private final String olderWord;

    Status(String olderWord) {
      this.olderWord = olderWord;
    }

    String olderWord() {
      return olderWord;
    }
  }

  State last() {
    return states.get(states.size() - 1);
  }

  /** What it was at {@code time}, if Amazon had touched it since {@code since}. */
  Optional<State> asOf(Instant since, Instant time) {
    return states.stream()
        .filter(state -> !state.at().isAfter(time))
        .reduce((earlier, later) -> later)
        .filter(state -> state.at().isAfter(since));
  }

  Money total() {
    return Money.sum(items.stream().map(Item::total).toList(), USD);
  }

  int units() {
    return items.stream().mapToInt(Item::quantity).sum();
  }

  int unitsShipped(State state) {
    return items.stream().limit(state.shippedItems()).mapToInt(Item::quantity).sum();
  }
}
