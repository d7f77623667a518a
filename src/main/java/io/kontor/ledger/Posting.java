package io.kontor.ledger;

import io.kontor.money.Money;
import java.util.Objects;

/**
 * One line of a journal entry.
 *
 * @param amount a debit is positive, a credit negative, as in hledger and beancount
 */
public record Posting(Account account, Money amount) {

  public Posting {
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(amount, "amount");
  }

  public static Posting debit(Account account, Money amount) {
    return new Posting(account, amount);
  }

  public static Posting credit(Account account, Money amount) {
    return new Posting(account, amount.negated());
  }
}
