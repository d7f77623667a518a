package io.kontor.ledger;

import io.kontor.money.Money;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums by account and currency; a debit balance is positive. Not thread-safe. */
public final class Balances {

  private final Map<Account, Map<String, Money>> sums = new TreeMap<>();

  public static Balances of(Iterable<Posting> postings) {
    Balances balances = new Balances();
    postings.forEach(balances::add);
    return balances;
  }

  public void add(Posting posting) {
    sums.computeIfAbsent(posting.account(), account -> new TreeMap<>())
        .merge(posting.amount().currency().getCurrencyCode(), posting.amount(), Money::plus);
  }

  public Money of(Account account, Currency currency) {
    return sums.getOrDefault(account, Map.of())
        .getOrDefault(currency.getCurrencyCode(), Money.zero(currency));
  }

  /** The balances that are not zero, by account and currency. */
  public List<Posting> postings() {
    List<Posting> postings = new ArrayList<>();
    sums.forEach(
        (account, byCurrency) ->
            byCurrency.values().stream()
                .filter(sum -> !sum.isZero())
                .forEach(sum -> postings.add(new Posting(account, sum))));
    return postings;
  }

  /** What must be posted on top of {@code posted} to stand at these balances. */
  public List<Posting> less(Balances posted) {
    Balances difference = of(postings());
    posted.postings().forEach(p -> difference.add(Posting.credit(p.account(), p.amount())));
    return difference.postings();
  }
}
