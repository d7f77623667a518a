package io.kontor.odoo;

import io.kontor.money.Money;
import java.time.Instant;

/**
 * An order as Odoo has it.
 *
 * @param name Odoo's own number, such as {@code S00042}
 * @param state Odoo's word: {@code draft}, {@code sent}, {@code sale}, {@code cancel} (and {@code
 *     done} before 17)
 * @param date the order date, to the second
 * @param locked whether Odoo refuses to change it
 */
public record OrderInOdoo(
    String externalId,
    long odooId,
    String name,
    String state,
    Instant date,
    boolean locked,
    Money total) {

  public boolean isConfirmed() {
    return state.equals("sale") || state.equals("done");
  }

  public boolean isCancelled() {
    return state.equals("cancel");
  }

  /** Whether it is still a quotation, so that it can be confirmed. */
  public boolean isQuotation() {
    return state.equals("draft") || state.equals("sent");
  }
}
