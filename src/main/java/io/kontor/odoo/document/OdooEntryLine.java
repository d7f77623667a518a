package io.kontor.odoo.document;

import io.kontor.money.Money;
import java.util.Objects;

/**
 * A line of a journal entry.
 *
 * @param externalId unique in the database, such as {@code kontor.jel_…}
 * @param account the account's code in the company's chart
 * @param amount what was posted, in its own currency: a debit above zero, a credit below
 * @param functional the same in the company's currency
 */
public record OdooEntryLine(
    String externalId, String account, String name, Money amount, Money functional) {

  public OdooEntryLine {
    ExternalIds.require(externalId);
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(functional, "functional");
    if (amount.amount().signum() * functional.amount().signum() < 0) {
      throw new IllegalArgumentException(
          "line %s is a debit in one currency and a credit in the other".formatted(externalId));
    }
  }

  /** A line in the company's own currency. */
  public OdooEntryLine(String externalId, String account, String name, Money amount) {
    this(externalId, account, name, amount, amount);
  }
}
