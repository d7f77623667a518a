package io.kontor.odoo.document;

import io.kontor.document.Sha256;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.UnmappedFailure;
import io.kontor.mapping.Catalog;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Entity;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.sales.Customer;
import io.kontor.sales.LineKind;
import io.kontor.sales.LinePosition;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderLine;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.Refunded;
import io.kontor.sales.Tax;
import io.kontor.sales.TaxScheme;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/**
 * Writes a channel's orders and refunds as Odoo is to hold them.
 *
 * <p>Discounts and taxes that the channel collects itself are lines of their own; a tax that the
 * seller owes is Odoo's tax of that country, rate and scheme. A refund of what was sent is an order
 * with negative quantities, so that the warehouse expects the goods back; units that were never
 * sent come off the order instead.
 */
public final class ChannelOrders {

  private final Entity entity;
  private final Channel channel;
  private final Catalog catalog;
  private final CompanyTaxes taxes;
  private final OdooCompany company;

  public ChannelOrders(Entity entity, Channel channel, Catalog catalog) {
    this.entity = entity;
    this.channel = channel;
    this.catalog = catalog;
    this.taxes = new CompanyTaxes(entity, catalog);
    this.company = new OdooCompany(entity.odooCompany(), taxes.zero());
  }

  /** Under which external id an order stands in Odoo. */
  public static String externalId(OrderKey key) {
    return ExternalIds.of("so", key.entity(), key.channel(), key.order());
  }

  /** Under which external id a refund stands in Odoo. */
  public static String externalId(Refunded refund) {
    return ExternalIds.of(
        "sr", refund.name().entity(), refund.name().channel(), refund.name().externalId());
  }

  /**
   * The order as its position says.
   *
   * @throws UnmappedFailure if a line's tax or kind has no mapping
   * @throws RejectedFailure if the order is not known whole
   */
  public OdooOrder order(OrderPosition position) {
    OrderPlaced placed =
        position
            .placed()
            .filter(known -> position.complete())
            .orElseThrow(
                () ->
                    new RejectedFailure(
                        "order-incomplete",
                        position.key().order(),
                        "order %s is not known whole yet".formatted(position.key())));
    boolean calledOff = position.calledOff();
    List<OrderLine> standing =
        calledOff && position.standing().isEmpty()
            ? position.lines().stream().map(LinePosition::line).toList()
            : position.standing();
    List<OdooLine> lines = new ArrayList<>();
    for (OrderLine line : standing) {
      lines.addAll(lines(position, line));
    }
    Money total = position.expectedTotal().orElse(placed.total());
    return new OdooOrder(
        externalId(position.key()),
        placed.reference(),
        channel.id(),
        placed.occurredAt(),
        customer(placed.customer()),
        company,
        placed.warehouse().isEmpty() ? channel.warehouse() : placed.warehouse(),
        placed.currency(),
        lines,
        total,
        calledOff ? OdooOrder.State.CANCELLED : OdooOrder.State.CONFIRMED);
  }

  /**
   * Whether a refund stands in Odoo by itself: it brought goods back, or money for what stands.
   * What was taken off an order comes off it there, too.
   */
  public static boolean isOrder(OrderPosition position, Refunded refund) {
    return !RefundLines.credited(position, refund).isZero()
        || refund.parts().stream().anyMatch(part -> RefundLines.bringsBack(position, part));
  }

  /**
   * A refund as an order of negative quantities, at prices that include their taxes.
   *
   * @throws UnmappedFailure if a line's tax has no mapping
   */
  public OdooOrder refund(OrderPosition position, Refunded refund) {
    OrderPlaced placed =
        position
            .placed()
            .orElseThrow(
                () ->
                    new RejectedFailure(
                        "refund-before-order",
                        refund.name().externalId(),
                        "the order of refund %s is not known yet".formatted(refund.name())));
    String id = externalId(refund);
    return new OdooOrder(
        id,
        placed.reference() + " / refund " + refund.name().externalId(),
        channel.id(),
        refund.occurredAt(),
        customer(placed.customer()),
        company,
        placed.warehouse().isEmpty() ? channel.warehouse() : placed.warehouse(),
        refund.amount().currency(),
        new RefundLines(catalog, taxes).of(position, id, refund),
        RefundLines.credited(position, refund).negated(),
        OdooOrder.State.CONFIRMED);
  }

  private List<OdooLine> lines(OrderPosition position, OrderLine line) {
    OrderKey key = position.key();
    boolean included = position.taxIncluded();
    Currency currency = line.gross().currency();
    String id = ExternalIds.of("sol", key.entity(), key.channel(), key.order(), line.externalId());
    List<String> owed = taxes.of(line.taxes().stream().map(Tax::key).toList(), included);
    List<OdooLine> lines = new ArrayList<>();
    lines.add(new OdooLine(id, item(line), line.title(), line.quantity(), line.unitPrice(), owed));
    if (!line.discount().isZero()) {
      lines.add(
          new OdooLine(
              id + "_discount",
              Item.product(catalog.product("discount")),
              "Discount on " + line.title(),
              BigDecimal.ONE,
              new UnitPrice(line.discount().amount().negate(), currency),
              owed));
    }
    Money facilitated = facilitated(line);
    if (!facilitated.isZero() && !included) {
      lines.add(
          new OdooLine(
              id + "_tax",
              Item.product(catalog.product("facilitated-tax")),
              "Tax collected by " + channel.id(),
              BigDecimal.ONE,
              new UnitPrice(facilitated.amount(), currency),
              List.of(taxes.zero())));
    }
    return lines;
  }

  private Item item(OrderLine line) {
    if (line.kind() == LineKind.GOODS) {
      return Item.sku(catalog.sku(line.sku()));
    }
    return Item.product(catalog.product(line.kind().word()));
  }

  private static Money facilitated(OrderLine line) {
    return Money.sum(
        line.taxes().stream()
            .filter(tax -> tax.key().scheme() == TaxScheme.FACILITATED)
            .map(Tax::amount)
            .toList(),
        line.gross().currency());
  }

  /** Guests are many people: two are one where all that is known of them is the same. */
  private static String id(Customer customer) {
    String known =
        String.join(
            "\n",
            customer.name(),
            customer.email(),
            customer.street(),
            customer.city(),
            customer.postcode());
    return customer.externalId().equals(Customer.GUEST) && !known.isBlank()
        ? Customer.GUEST + "-" + Sha256.brief(known + "\n" + customer.country())
        : customer.externalId();
  }

  private OdooCustomer customer(Customer customer) {
    String name =
        !customer.name().isBlank()
            ? customer.name()
            : !customer.email().isBlank() ? customer.email() : "Guest of " + channel.id();
    // Odoo writes countries in capitals; a region stands behind its country.
    String[] place = customer.country().toUpperCase(Locale.ROOT).split("-", 2);
    return new OdooCustomer(
        ExternalIds.of("cust", entity.id(), channel.id(), id(customer)),
        name,
        customer.email(),
        "",
        customer.street(),
        "",
        customer.city(),
        customer.postcode(),
        place.length > 1 ? place[1] : "",
        place[0]);
  }
}
