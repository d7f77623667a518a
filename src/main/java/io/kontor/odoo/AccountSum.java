package io.kontor.odoo;

import io.kontor.money.Money;

/**
 * What an account of Odoo's general ledger holds of Kontor's posted entries.
 *
 * @param account its code
 * @param debit the sum of debits, in the company's currency
 * @param credit the sum of credits, in the company's currency
 * @param lines how many lines there are
 */
public record AccountSum(String account, Money debit, Money credit, long lines) {

  /** Debits minus credits. */
  public Money balance() {
    return debit.minus(credit);
  }

  AccountSum plus(AccountSum other) {
    return new AccountSum(
        account, debit.plus(other.debit), credit.plus(other.credit), lines + other.lines);
  }
}
