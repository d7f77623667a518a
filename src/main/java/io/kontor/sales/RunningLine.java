package io.kontor.sales;

import io.kontor.money.Allocation;
import io.kontor.money.Money;
import io.kontor.money.Rounding;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line while the facts of its order are applied: first its units, then its money. Not
 * thread-safe.
 */
final class RunningLine {

  private static final BigDecimal HUNDRED = new BigDecimal(100);

  final OrderLine line;

  /** The line's taxes, one amount a key. */
  final Map<TaxKey, Money> taxes = new LinkedHashMap<>();

  BigDecimal cancelled = BigDecimal.ZERO;
  BigDecimal shipped = BigDecimal.ZERO;
  BigDecimal returned = BigDecimal.ZERO;

  /** Units shipped and refunded since, whether they came back or not. */
  BigDecimal refundedUnits = BigDecimal.ZERO;

  /** The cancelled units whose price was paid back, and what was paid back for them. */
  BigDecimal paidBackUnits = BigDecimal.ZERO;

  Money paidBack;

  /** What refunds took of the price after shipping, the tax of which was reckoned. */
  Money refundedPrice;

  /** What later shipments can still take. */
  private Money grossLeft;

  private final Map<TaxKey, Money> taxesLeft = new LinkedHashMap<>();
  private Money promotionLeft;
  private BigDecimal unitsToSend = BigDecimal.ZERO;
  private BigDecimal unitsLeft = BigDecimal.ZERO;
  private BigDecimal value = BigDecimal.ZERO;

  RunningLine(OrderLine line) {
    this.line = line;
    line.taxes().forEach(tax -> taxes.merge(tax.key(), tax.amount(), Money::plus));
    this.grossLeft = line.gross();
    this.promotionLeft = Money.zero(line.gross().currency());
    this.paidBack = Money.zero(line.gross().currency());
    this.refundedPrice = paidBack;
  }

  /** Whether the line leaves by a shipment; a charge is recognised along with what does. */
  boolean isSent() {
    return !line.kind().isCharge();
  }

  /** The tax that qualifies the line's net, when there is exactly one. */
  Map<String, String> taxQualifier() {
    return taxes.size() == 1
        ? Map.of("tax", taxes.keySet().iterator().next().toString())
        : Map.of();
  }

  BigDecimal shippedNotRefunded() {
    return shipped.subtract(refundedUnits).max(BigDecimal.ZERO);
  }

  LinePosition position() {
    return new LinePosition(line, cancelled, shipped, returned);
  }

  /**
   * The line as it stands: less its cancelled units, and what was paid back for them. Empty if none
   * is left.
   */
  Optional<OrderLine> standing() {
    BigDecimal units = position().standing();
    if (cancelled.signum() == 0) {
      return Optional.of(line);
    }
    if (units.signum() == 0) {
      return Optional.empty();
    }
    List<Tax> keptTaxes = new ArrayList<>();
    line.taxes().forEach(tax -> keptTaxes.add(new Tax(tax.key(), kept(tax.amount(), units))));
    Money gross = standingGross();
    return Optional.of(
        new OrderLine(
            line.externalId(),
            line.kind(),
            line.sku(),
            line.title(),
            units,
            line.unitPrice(),
            keptDiscount(units, gross, keptTaxes),
            gross,
            keptTaxes,
            line.goesWith()));
  }

  /**
   * The discount with which price and units still make the gross, as they did for the whole line;
   * its share where they did not.
   */
  private Money keptDiscount(BigDecimal units, Money gross, List<Tax> keptTaxes) {
    Money price = line.unitPrice().times(units);
    Money none = Money.zero(gross.currency());
    if (line.discount().isZero()) {
      return none;
    }
    if (isPricedWithTax()) {
      return price.minus(gross).max(none);
    }
    if (discountedPrice().equals(line.net())) {
      Money tax = Money.sum(keptTaxes.stream().map(Tax::amount).toList(), gross.currency());
      return price.plus(tax).minus(gross).max(none);
    }
    return kept(line.discount(), units);
  }

  private boolean isPricedWithTax() {
    return discountedPrice().equals(line.gross());
  }

  private Money discountedPrice() {
    return line.unitPrice().times(line.quantity()).minus(line.discount());
  }

  /**
   * The line's discount without the tax that was saved by it: by the tax that is left, or where the
   * line is free by the rates.
   */
  private Money promotion(boolean taxIncluded) {
    Money discount = line.discount().max(Money.zero(line.gross().currency()));
    if (!taxIncluded || discount.isZero()) {
      return discount;
    }
    BigDecimal net = line.net().amount();
    BigDecimal gross = line.gross().amount();
    if (gross.signum() == 0) {
      net = HUNDRED;
      gross = taxes.keySet().stream().map(TaxKey::rate).reduce(HUNDRED, BigDecimal::add);
    }
    BigDecimal exact = discount.amount().multiply(net).divide(gross, MathContext.DECIMAL128);
    return Money.rounded(exact, discount.currency());
  }

  /**
   * Starts the reckoning of money, once it is known of all units what became of them.
   *
   * @param calledOff nothing more is sent than what was
   * @param taxIncluded whether discounts contain the taxes
   */
  void open(boolean calledOff, boolean taxIncluded) {
    BigDecimal standing = position().standing();
    unitsToSend = calledOff && isSent() ? standing.min(shipped) : standing;
    unitsLeft = unitsToSend;
    Money gross = standingGross();
    grossLeft = share(gross, standing, unitsToSend);
    taxes.forEach((key, tax) -> taxesLeft.put(key, kept(tax, unitsToSend)));
    promotionLeft = kept(promotion(taxIncluded), unitsToSend);
    value = grossLeft.amount().max(BigDecimal.ZERO);
  }

  /**
   * Whether what was paid back for cancelled units is their share of the price, but for rounding.
   */
  boolean paidBackAtPrice() {
    Money share = line.gross().minus(kept(line.gross(), line.quantity().subtract(paidBackUnits)));
    return Rounding.explains(paidBack.minus(share), Math.max(1, paidBackUnits.longValue()));
  }

  /** The price of the standing units, which is exactly what was not paid back for the others. */
  private Money standingGross() {
    boolean allPaidBack =
        cancelled.signum() > 0
            && cancelled.compareTo(line.quantity()) < 0
            && cancelled.compareTo(paidBackUnits) == 0
            && paidBackAtPrice();
    return allPaidBack ? line.gross().minus(paidBack) : kept(line.gross(), position().standing());
  }

  /** The line without the units that were cancelled before anybody paid for them. */
  Part unlessCancelledUnpaid() {
    BigDecimal unpaid = cancelled.subtract(paidBackUnits).max(BigDecimal.ZERO);
    BigDecimal units = line.quantity().subtract(unpaid).max(BigDecimal.ZERO);
    Map<TaxKey, Money> kept = new LinkedHashMap<>();
    taxes.forEach((key, tax) -> kept.put(key, kept(tax, units)));
    return new Part(kept(line.gross(), units), kept, Money.zero(line.gross().currency()));
  }

  BigDecimal unitsToSend() {
    return unitsToSend;
  }

  BigDecimal unitsLeft() {
    return unitsLeft;
  }

  Money grossLeft() {
    return grossLeft;
  }

  /** The price of the units to be sent, before anything was paid back for nothing in return. */
  BigDecimal value() {
    return value;
  }

  /** Takes the next units; more than are left give no more money. */
  Part ship(BigDecimal units) {
    BigDecimal taken = units.min(unitsLeft);
    Part part = take(unitsLeft, taken);
    unitsLeft = unitsLeft.subtract(taken);
    return part;
  }

  /** Takes {@code part} of {@code whole} of what is left; all of it when they are equal. */
  Part take(BigDecimal whole, BigDecimal part) {
    Money gross = share(grossLeft, whole, part);
    grossLeft = grossLeft.minus(gross);
    Map<TaxKey, Money> taken = new LinkedHashMap<>();
    taxesLeft.replaceAll(
        (key, left) -> {
          Money tax = share(left, whole, part);
          taken.put(key, tax);
          return left.minus(tax);
        });
    Money promotion = share(promotionLeft, whole, part);
    promotionLeft = promotionLeft.minus(promotion);
    return new Part(gross, taken, promotion);
  }

  /**
   * Lowers what is left, because it was paid back before it was sent.
   *
   * @param by not more than is left has an effect; a negative amount raises it
   * @param tax the tax in it, if stated
   */
  void reduce(Money by, Optional<Money> tax) {
    Money cut = by.min(grossLeft.max(Money.zero(by.currency())));
    if (cut.isZero() || grossLeft.isZero()) {
      return;
    }
    if (tax.isPresent() && !taxesLeft.isEmpty() && cut.equals(by)) {
      List<Money> cuts = Allocation.byWeight(tax.get(), weights(taxesLeft));
      int i = 0;
      for (Map.Entry<TaxKey, Money> left : taxesLeft.entrySet()) {
        left.setValue(left.getValue().minus(cuts.get(i++)));
      }
    } else {
      BigDecimal whole = grossLeft.amount();
      taxesLeft.replaceAll((key, left) -> left.minus(share(left, whole, cut.amount())));
    }
    grossLeft = grossLeft.minus(cut);
  }

  static List<BigDecimal> weights(Map<TaxKey, Money> taxes) {
    return taxes.values().stream().map(tax -> tax.amount().max(BigDecimal.ZERO)).toList();
  }

  private Money kept(Money of, BigDecimal units) {
    return share(of, line.quantity(), units);
  }

  private static Money share(Money of, BigDecimal whole, BigDecimal part) {
    return whole.signum() == 0 || part.signum() == 0
        ? Money.zero(of.currency())
        : Allocation.nextShare(of, whole, BigDecimal.ZERO, part);
  }

  /**
   * A part of a line's price and the taxes in it.
   *
   * @param promotion what the seller gave away of the net price, which is not in {@code gross}
   */
  record Part(Money gross, Map<TaxKey, Money> taxes, Money promotion) {

    Money net() {
      return gross.minus(Money.sum(taxes.values(), gross.currency()));
    }
  }
}
