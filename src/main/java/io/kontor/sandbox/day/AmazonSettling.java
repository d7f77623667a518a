package io.kontor.sandbox.day;

import io.kontor.money.Allocation;
import io.kontor.money.Money;
import io.kontor.sandbox.day.AmazonOrder.Item;
import io.kontor.sandbox.day.AmazonSettlementV2.Subject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Fills a settlement: what Amazon credits and keeps for orders, refunds, services, reserve. */
final class AmazonSettling {

  /** The code that nobody has seen before. */
  static final String UNKNOWN_CODE = "QuantumHandlingFee";

  private static final BigDecimal COMMISSION = new BigDecimal("0.15");
  private static final Money PER_UNIT = usd("3.86");
  private static final Money MOST_KEPT_OF_A_REFUND = usd("5.00");

  private final AmazonSettlementV2 statement;

  AmazonSettling(AmazonSettlementV2 statement) {
    this.statement = statement;
  }

  /** The items that left, as Amazon settles them: at the moment they left. */
  void order(AmazonOrder order, int shippedItems, Instant at) {
    for (Item item : order.items().subList(0, shippedItems)) {
      Subject subject = subject(order, item, "", Integer.toString(item.quantity()));
      sold(subject, item, at);
      Money commission = share(item.price().minus(item.promotion()));
      fee(subject, "Commission", commission, at);
      if (order.byAmazon()) {
        fee(subject, "FBAPerUnitFulfillmentFee", times(PER_UNIT, item.quantity()), at);
        fee(subject, "ShippingChargeback", item.shipping(), at);
      } else {
        fee(subject, "ShippingHB", share(item.shipping()), at);
      }
    }
  }

  private void sold(Subject subject, Item item, Instant at) {
    statement.add("Order", subject, "ItemPrice", "Principal", item.price(), at, "");
    statement.add("Order", subject, "ItemPrice", "Tax", item.tax(), at, "");
    statement.add("Order", subject, "ItemPrice", "Shipping", item.shipping(), at, "");
    statement.add("Order", subject, "ItemPrice", "ShippingTax", item.shippingTax(), at, "");
    withheld("Order", subject, item.tax().negated(), item.shippingTax().negated(), at);
    statement.add(
        "Order",
        subject,
        "Promotion",
        "Principal",
        item.promotion().negated(),
        at,
        item.promotionId());
  }

  /** Tax that Amazon remits itself: the mirror of the tax lines. */
  private void withheld(
      String transaction, Subject subject, Money item, Money freight, Instant at) {
    String type = "ItemWithheldTax";
    statement.add(transaction, subject, type, "MarketplaceFacilitatorTax-Principal", item, at, "");
    statement.add(
        transaction, subject, type, "MarketplaceFacilitatorTax-Shipping", freight, at, "");
  }

  /** Takes back {@code quantity} units of an item, with the freight if they are all. */
  void refund(AmazonOrder order, Item item, int quantity, Instant at) {
    Subject subject =
        subject(order, item, "ADJ-" + item.id().substring(4), Integer.toString(quantity));
    BigDecimal whole = BigDecimal.valueOf(item.quantity());
    BigDecimal part = BigDecimal.valueOf(quantity);
    Money price = Allocation.nextShare(item.price(), whole, BigDecimal.ZERO, part);
    Money tax = Allocation.nextShare(item.tax(), whole, BigDecimal.ZERO, part);
    boolean all = quantity == item.quantity();
    Money freight = all ? item.shipping() : AmazonOrder.ZERO;
    Money freightTax = all ? item.shippingTax() : AmazonOrder.ZERO;
    statement.add("Refund", subject, "ItemPrice", "Principal", price.negated(), at, "");
    statement.add("Refund", subject, "ItemPrice", "Tax", tax.negated(), at, "");
    statement.add("Refund", subject, "ItemPrice", "Shipping", freight.negated(), at, "");
    statement.add("Refund", subject, "ItemPrice", "ShippingTax", freightTax.negated(), at, "");
    withheld("Refund", subject, tax, freightTax, at);
    Money promotion = Allocation.nextShare(item.promotion(), whole, BigDecimal.ZERO, part);
    statement.add("Refund", subject, "Promotion", "Principal", promotion, at, item.promotionId());
    Money commission = share(price.minus(promotion));
    Money kept =
        Money.rounded(commission.amount().multiply(new BigDecimal("0.2")), AmazonOrder.USD)
            .min(MOST_KEPT_OF_A_REFUND);
    statement.add("Refund", subject, "ItemFees", "Commission", commission, at, "");
    statement.add("Refund", subject, "ItemFees", "RefundCommission", kept.negated(), at, "");
    // buyers get back the freight that Amazon had taken from the seller; it returns that too
    statement.add("Refund", subject, "ItemFees", "ShippingChargeback", freight, at, "");
  }

  /** What is not of an order: services with their tax, stock made good, and the first reserve. */
  void services(Instant from, Instant to) {
    other(
        "ServiceFee",
        "other-transaction",
        "Subscription Fee",
        "-39.99",
        from.plus(2, ChronoUnit.DAYS));
    other(
        "ServiceFee", "other-transaction", "Storage Fee", "-27.41", from.plus(6, ChronoUnit.DAYS));
    Instant billed = from.plus(8, ChronoUnit.DAYS);
    other("ServiceFee", "Cost of Advertising", "TransactionTotalAmount", "-48.60", billed);
    other("ServiceFee", "Cost of Advertising", "TaxAmount", "-2.92", billed);
    other("Adjustment", "other-transaction", "WAREHOUSE_DAMAGE", "11.85", billed);
    // the account's first settlement: nothing was held back before
    statement.addEvenZero(
        "Transfer",
        Subject.NONE,
        "other-transaction",
        "Previous Reserve Amount Balance",
        AmazonOrder.ZERO,
        from,
        "");
    other("Transfer", "other-transaction", "Current Reserve Amount", "-350.00", to);
  }

  void unknownFee(AmazonOrder order, Instant at) {
    Item item = order.items().get(0);
    fee(subject(order, item, "", Integer.toString(item.quantity())), UNKNOWN_CODE, usd("1.23"), at);
  }

  private void other(
      String transaction, String type, String description, String amount, Instant at) {
    statement.add(transaction, Subject.NONE, type, description, usd(amount), at, "");
  }

  private void fee(Subject subject, String description, Money amount, Instant at) {
    statement.add("Order", subject, "ItemFees", description, amount.negated(), at, "");
  }

  private static Subject subject(AmazonOrder order, Item item, String adjustment, String quantity) {
    return new Subject(
        order.id(),
        adjustment,
        "D" + order.id().substring(4, 11) + "K",
        order.byAmazon() ? "AFN" : "MFN",
        item.id(),
        item.product().sku(),
        quantity);
  }

  private static Money share(Money of) {
    return Money.rounded(of.amount().multiply(COMMISSION), AmazonOrder.USD);
  }

  private static Money times(Money amount, int units) {
    return Money.of(amount.amount().multiply(BigDecimal.valueOf(units)), AmazonOrder.USD);
  }

  private static Money usd(String amount) {
    return Money.of(amount, "USD");
  }
}
