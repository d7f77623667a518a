package io.kontor.odoo;

import io.kontor.money.Money;
import java.time.LocalDate;

/**
 * A journal entry as Odoo has it.
 *
 * @param name Odoo's number, such as {@code KONT/2026/11/0001}; empty for a draft
 * @param state Odoo's word: {@code draft}, {@code posted}, {@code cancel}
 * @param total the sum of its debits in the company's currency
 */
public record EntryInOdoo(
    String externalId, long odooId, String name, String state, LocalDate date, Money total) {

  public boolean isPosted() {
    return state.equals("posted");
  }

  public boolean isDraft() {
    return state.equals("draft");
  }
}
