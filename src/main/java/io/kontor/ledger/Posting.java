package io.kontor.ledger;

import io.kontor.money.Money;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of a journal entry.
 *
 * @param amount a debit is positive, a credit negative, as in hledger and beancount
 * @param functional the same in the currency that the entity keeps its books in; of an amount that
 *     is zero it is what a rate changed
 */
public record Posting(Account account, Money amount, Money functional) {

  public Posting {
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(functional, "functional");
    if (amount.currency().equals(functional.currency()) && !amount.equals(functional)) {
      throw new IllegalArgumentException(
          "%s on %s cannot be %s in the same currency".formatted(amount, account, functional));
    }
  }

  /** A posting in the entity's own currency. */
  public Posting(Account account, Money amount) {
    this(account, amount, amount);
  }

  public static Posting debit(Account account, Money amount) {
    return new Posting(account, amount);
  }

  public static Posting credit(Account account, Money amount) {
    return new Posting(account, amount.negated());
  }

  /**
   * By how much some postings do not balance, in one of the currencies in which they do not, the
   * entity's own included; empty if they do.
   */
  public static Optional<Money> imbalance(Iterable<Posting> postings) {
    Map<Currency, Money> amounts = new LinkedHashMap<>();
    Map<Currency, Money> functional = new LinkedHashMap<>();
    for (Posting posting : postings) {
      amounts.merge(posting.amount.currency(), posting.amount, Money::plus);
      functional.merge(posting.functional.currency(), posting.functional, Money::plus);
    }
    return Stream.concat(amounts.values().stream(), functional.values().stream())
        .filter(sum -> !sum.isZero())
        .findFirst();
  }

  /** The same on the other side. */
  public Posting negated() {
    return new Posting(account, amount.negated(), functional.negated());
  }

  /** Whether it is in another currency than the entity's own. */
  public boolean isForeign() {
    return !amount.currency().equals(functional.currency());
  }

  boolean isZero() {
    return amount.isZero() && functional.isZero();
  }

  Posting plus(Posting other) {
    return new Posting(account, amount.plus(other.amount), functional.plus(other.functional));
  }
}
