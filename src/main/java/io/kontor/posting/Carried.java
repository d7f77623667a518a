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
 * What an order's foreign balances cost while its facts are booked one after the other: where one
 * is used up at another rate than it came in at, the difference is a result of the currency. It
 * stands on {@code fx.result} against {@code fx.position}, and so in no revenue, tax or fee. Not
 * thread-safe.
 */
final class Carried {

  private static final Account POSITION = new Account("fx.position");
  private static final Account RESULT = new Account("fx.result");

  /** What is held for the buyer and what others owe us; the rest of an entry is never used up. */
  private static final Set<String> HELD = Set.of("deposits", "clearing");

  private final Currency functional;
  private final Map<Account, Posting> held = new HashMap<>();

  Carried(Currency functional) {
    this.functional = functional;
  }

  /** The postings with what they realise beside them. */
  List<Posting> withResult(List<Posting> postings) {
    Money result = Money.zero(functional);
    for (Posting posting : Balances.of(postings).postings()) {
      if (posting.isForeign() && HELD.contains(posting.account().role())) {
        result = result.plus(take(posting));
      }
    }
    if (result.isZero()) {
      return postings;
    }
    List<Posting> all = new ArrayList<>(postings);
    all.add(Posting.debit(RESULT, result));
    all.add(Posting.credit(POSITION, result));
    return all;
  }

  /** By how much the posting is above what it uses up was carried at: a loss. */
  private Money take(Posting posting) {
    Money none = Money.zero(functional);
    Posting before = held.get(posting.account());
    if (before == null || before.amount().isZero() || isSameSide(before, posting)) {
      held.put(
          posting.account(), before == null ? posting : sum(before, posting, posting.functional()));
      return none;
    }
    BigDecimal there = before.amount().abs().amount();
    BigDecimal used = posting.amount().abs().amount().min(there);
    Money cost = Allocation.nextShare(before.functional().negated(), there, BigDecimal.ZERO, used);
    Money atRate =
        Allocation.nextShare(
            posting.functional(), posting.amount().abs().amount(), BigDecimal.ZERO, used);
    // What goes beyond zero is carried at today's rate.
    held.put(
        posting.account(), sum(before, posting, cost.plus(posting.functional().minus(atRate))));
    return atRate.minus(cost);
  }

  private static boolean isSameSide(Posting one, Posting other) {
    return one.amount().isNegative() == other.amount().isNegative();
  }

  private static Posting sum(Posting before, Posting posting, Money functional) {
    return new Posting(
        before.account(),
        before.amount().plus(posting.amount()),
        before.functional().plus(functional));
  }
}
