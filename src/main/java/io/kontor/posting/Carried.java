package io.kontor.posting;

import io.kontor.ledger.Account;
import io.kontor.ledger.Balances;
import io.kontor.ledger.Posting;
import io.kontor.money.Allocation;
import io.kontor.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What foreign balances cost while facts are booked one after the other: where one is used up at
 * another rate than it came in at, the difference is a result of the currency (IAS 21.28). It
 * stands on {@code fx.result} against {@code fx.position}, and so in no revenue, tax or fee. The
 * position names the account whose functional balance it takes to its cost. Not thread-safe.
 */
final class Carried {

  private static final String POSITION = "fx.position";
  private static final Account RESULT = new Account("fx.result");

  /**
   * What is held for the buyer, what others owe us and we owe them; the rest of an entry is never
   * used up.
   */
  private static final Set<String> HELD =
      Set.of("deposits", "clearing", "reserve", Roles.DEBT, Roles.PAYOUT);

  private final Currency functional;
  private final Map<Account, Posting> held = new HashMap<>();

  /** Of what begins with nothing: an order. */
  Carried(Currency functional) {
    this.functional = functional;
  }

  /** Of accounts that hold something already, at what their balances cost on average. */
  Carried(Currency functional, Balances ledger) {
    this(functional);
    for (Posting posting : ledger.postings()) {
      if (isHeld(posting)) {
        Account position = position(posting);
        Money cost = posting.functional().plus(ledger.of(position, functional));
        held.put(position, new Posting(posting.account(), posting.amount(), cost));
      }
    }
  }

  /** The postings with what they realise beside them. */
  List<Posting> withResult(List<Posting> postings) {
    Money result = Money.zero(functional);
    List<Posting> all = new ArrayList<>(postings);
    for (Posting posting : Balances.of(postings).postings()) {
      Money loss = isHeld(posting) ? take(posting) : Money.zero(functional);
      if (!loss.isZero()) {
        all.add(Posting.credit(position(posting), loss));
        result = result.plus(loss);
      }
    }
    if (!result.isZero()) {
      all.add(Posting.debit(RESULT, result));
    }
    return all;
  }

  /** Postings without what {@link #withResult} put beside them. */
  static Balances withoutResult(Balances posted) {
    return Balances.of(
        posted.postings().stream()
            .filter(p -> !p.account().equals(RESULT) && !p.account().role().equals(POSITION))
            .toList());
  }

  private static boolean isHeld(Posting posting) {
    return posting.isForeign() && HELD.contains(posting.account().role());
  }

  private static Account position(Posting posting) {
    String path = POSITION + ":" + posting.account();
    String currency = ":" + posting.amount().currency();
    return new Account(path.endsWith(currency) ? path : path + currency);
  }

  /** By how much the posting is above what it uses up was carried at: a loss. */
  private Money take(Posting posting) {
    Account key = position(posting);
    Posting before = held.get(key);
    Money cost = before == null ? posting.functional() : cost(before, posting);
    Posting after = before == null ? posting : sum(before, posting, cost);
    Money loss = posting.functional().minus(cost);
    if (after.amount().isZero()) {
      // Nothing is left that could carry it: a rate was corrected after all was used up.
      loss = loss.plus(after.functional());
      after = new Posting(after.account(), after.amount(), Money.zero(functional));
    }
    held.put(key, after);
    return loss;
  }

  /** What the posting changes the cost of the balance by; what goes beyond zero is at its rate. */
  private static Money cost(Posting before, Posting posting) {
    BigDecimal there = before.amount().abs().amount();
    BigDecimal all = posting.amount().abs().amount();
    BigDecimal used = all.min(there);
    boolean sameSide = before.amount().isNegative() == posting.amount().isNegative();
    if (used.signum() == 0 || sameSide) {
      return posting.functional();
    }
    Money cost = Allocation.nextShare(before.functional().negated(), there, BigDecimal.ZERO, used);
    Money atRate = Allocation.nextShare(posting.functional(), all, BigDecimal.ZERO, used);
    return cost.plus(posting.functional().minus(atRate));
  }

  private static Posting sum(Posting before, Posting posting, Money functional) {
    return new Posting(
        before.account(),
        before.amount().plus(posting.amount()),
        before.functional().plus(functional));
  }
}
