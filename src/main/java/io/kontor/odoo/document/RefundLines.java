package io.kontor.odoo.document;

import io.kontor.mapping.Catalog;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.sales.Effect;
import io.kontor.sales.LinePosition;
import io.kontor.sales.Measure;
import io.kontor.sales.OrderLine;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.Refunded;
import io.kontor.sales.Tax;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of a refund that is an order of negative quantities, and what they come to. */
final class RefundLines {

  private static final BigDecimal MINUS_ONE = BigDecimal.ONE.negate();
  private static final int PRICE_DECIMALS = 8;

  private final Catalog catalog;
  private final CompanyTaxes taxes;

  RefundLines(Catalog catalog, CompanyTaxes taxes) {
    this.catalog = catalog;
    this.taxes = taxes;
  }

  /** Whether goods are to be expected because of it. */
  static boolean bringsBack(OrderPosition position, Refunded.Part part) {
    return part.goods() == Refunded.Goods.RETURNED && isOfGoods(position, part);
  }

  private static boolean isOfGoods(OrderPosition position, Refunded.Part part) {
    return part.quantity().signum() > 0 && !sku(position, part).isEmpty();
  }

  /** As the refund has it, or else as the order's line that it names. */
  private static String sku(OrderPosition position, Refunded.Part part) {
    return part.sku().isEmpty()
        ? ordered(position, part).map(OrderLine::sku).orElse("")
        : part.sku();
  }

  private static Optional<OrderLine> ordered(OrderPosition position, Refunded.Part part) {
    return position.lines().stream()
        .map(LinePosition::line)
        .filter(line -> line.externalId().equals(part.line()))
        .findFirst();
  }

  /**
   * What the buyer was given for what stands: paid back, or kept for what else was ordered. What
   * was paid back of what is taken off the order, or was never owed for it, is no part of that.
   */
  static Money credited(OrderPosition position, Refunded refund) {
    Money credited = Money.zero(refund.amount().currency());
    for (Effect effect : position.effects()) {
      if (effect.fact().equals(refund.name())) {
        for (Measure measure : effect.measures()) {
          credited =
              switch (measure.name()) {
                case Measure.SHIPPED_GROSS, Measure.UNSHIPPED_GROSS, Measure.KEPT_FOR_ORDER ->
                    credited.plus(measure.amount());
                case Measure.TAKEN_OFF -> credited.minus(measure.amount());
                default -> credited;
              };
        }
      }
    }
    return credited;
  }

  /**
   * What came back, and what no line explains.
   *
   * @param id what the lines' external ids begin with
   * @throws io.kontor.failure.UnmappedFailure if a line's tax has no mapping
   */
  List<OdooLine> of(OrderPosition position, String id, Refunded refund) {
    Money rest = credited(position, refund);
    List<OdooLine> lines = new ArrayList<>();
    int number = 0;
    for (Refunded.Part part : refund.parts()) {
      if (part.goods() != Refunded.Goods.CANCELLED
          && (part.gross().isPositive() || bringsBack(position, part))) {
        lines.add(line(position, id + "-" + ++number, part));
        rest = rest.minus(part.gross());
      }
    }
    if (!rest.isZero()) {
      // What no line explains: a goodwill, or less than the lines because a fee was kept.
      lines.add(
          new OdooLine(
              id + "-rest",
              Item.product(catalog.product("refund")),
              "Refund " + refund.name().externalId(),
              MINUS_ONE,
              new UnitPrice(rest.amount(), rest.currency()),
              List.of(taxes.zero())));
    }
    return lines;
  }

  private OdooLine line(OrderPosition position, String id, Refunded.Part part) {
    Optional<OrderLine> ordered = ordered(position, part);
    List<Tax> owed = ordered.map(OrderLine::taxes).orElse(List.of());
    boolean goods = isOfGoods(position, part);
    BigDecimal quantity = goods ? part.quantity() : BigDecimal.ONE;
    return new OdooLine(
        id,
        goods
            ? Item.sku(catalog.sku(sku(position, part)))
            : Item.product(catalog.product("refund")),
        part.title().isEmpty() ? ordered.map(OrderLine::title).orElse("") : part.title(),
        quantity.negate(),
        new UnitPrice(
            part.gross().amount().divide(quantity, PRICE_DECIMALS, RoundingMode.HALF_UP),
            part.gross().currency()),
        taxes.of(owed.stream().map(Tax::key).toList(), true));
  }
}
