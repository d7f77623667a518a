package io.kontor.odoo.document;

import io.kontor.money.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;

/**
 * An order as it is to be in Odoo. A refund of goods is an order with negative quantities.
 *
 * @param externalId such as {@code kontor.so_<entity>_<channel>_<order>}
 * @param reference the channel's own number ({@code client_order_ref})
 * @param origin the channel
 * @param date when it was placed
 * @param warehouse the warehouse's code; empty for the company's first
 * @param total the channel's total, which Odoo's must equal to the cent
 */
public record OdooOrder(
    String externalId,
    String reference,
    String origin,
    Instant date,
    OdooCustomer customer,
    OdooCompany company,
    String warehouse,
    Currency currency,
    List<OdooLine> lines,
    Money total,
    State wanted)
    implements OdooDocument {

  /** What the channel says about the order as a whole. */
  public enum State {
    /** Stands in Odoo, and nothing is reserved or promised yet. */
    QUOTATION,
    CONFIRMED,
    CANCELLED
  }

  public OdooOrder {
    ExternalIds.require(externalId);
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(customer, "customer");
    Objects.requireNonNull(company, "company");
    Objects.requireNonNull(warehouse, "warehouse");
    Objects.requireNonNull(wanted, "wanted");
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("order %s has no lines".formatted(externalId));
    }
    if (lines.stream().map(OdooLine::externalId).distinct().count() != lines.size()) {
      throw new IllegalArgumentException(
          "order %s has two lines of one external id".formatted(externalId));
    }
    if (!total.currency().equals(currency)
        || lines.stream().anyMatch(line -> !line.unitPrice().currency().equals(currency))) {
      throw new IllegalArgumentException("order %s mixes currencies".formatted(externalId));
    }
  }

  /** The same order with other lines. */
  public OdooOrder with(List<OdooLine> lines) {
    return new OdooOrder(
        externalId,
        reference,
        origin,
        date,
        customer,
        company,
        warehouse,
        currency,
        lines,
        total,
        wanted);
  }
}
