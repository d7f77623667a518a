package io.kontor.ledger;

import io.kontor.money.Money;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums by account and currency; a debit balance is positive. Not thread-safe. */
public final class Balances {

  /** Each by its currency and the functional one: two entities may keep different ones. */
  private final Map<Account, Map<String, Posting>> sums = new TreeMap<>();

  public static Balances of(Iterable<Posting> postings) {
    Balances balances = new Balances();
    postings.forEach(balances::add);
    return balances;
  }

  public void add(Posting posting) {
    sums.computeIfAbsent(posting.account(), account -> new TreeMap<>())
        .merge(
            posting.amount().currency() + "/" + posting.functional().currency(),
            posting,
            Posting::plus);
  }

  public Money of(Account account, Currency currency) {
    Money sum = Money.zero(currency);
    for (Posting posting : sums.getOrDefault(account, Map.of()).values()) {
      sum = posting.amount().currency().equals(currency) ? sum.plus(posting.amount()) : sum;
    }
    return sum;
  }

  /**
   * The balances that are not zero, by account and currency; one whose amount is zero stands for
   * what is left of it in the functional currency.
   */
  public List<Posting> postings() {
    List<Posting> postings = new ArrayList<>();
    sums.values()
        .forEach(
            byCurrency ->
                byCurrency.values().stream().filter(sum -> !sum.isZero()).forEach(postings::add));
    return postings;
  }

  /** What must be posted on top of {@code posted} to stand at these balances. */
  public List<Posting> less(Balances posted) {
    Balances difference = of(postings());
    posted.postings().forEach(p -> difference.add(p.negated()));
    return difference.postings();
  }
}
