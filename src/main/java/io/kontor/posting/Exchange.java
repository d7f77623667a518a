package io.kontor.posting;

import io.kontor.failure.UnmappedFailure;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Entity;
import io.kontor.money.Allocation;
import io.kontor.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives postings in other currencies their amount in the entity's own, by the rate of the day. Both
 * sides are rounded as a whole and split by the largest remainder, so that what balances in its
 * currency balances in the entity's. Immutable.
 */
final class Exchange {

  private final Entity entity;

  Exchange(Entity entity) {
    this.entity = entity;
  }

  /** Whether there is a rate for the day, or none is needed. */
  boolean knows(Currency currency, LocalDate day) {
    return currency.equals(entity.currency()) || entity.rates().on(currency, day).isPresent();
  }

  /**
   * Balanced postings of a day, with functional amounts. Which of several takes the odd cent
   * depends on their order.
   *
   * @param fact whose postings they are
   * @throws UnmappedFailure {@code no-exchange-rate} if there is no rate for the day
   */
  List<Posting> of(List<Posting> balanced, LocalDate day, String fact) {
    Map<Currency, List<Posting>> byCurrency = new LinkedHashMap<>();
    List<Posting> done = new ArrayList<>();
    for (Posting posting : balanced) {
      if (posting.amount().currency().equals(entity.currency())) {
        done.add(posting);
      } else {
        byCurrency
            .computeIfAbsent(posting.amount().currency(), any -> new ArrayList<>())
            .add(posting);
      }
    }
    byCurrency.forEach(
        (currency, postings) -> {
          BigDecimal rate = rate(currency, day, fact);
          done.addAll(side(postings.stream().filter(p -> !p.amount().isNegative()).toList(), rate));
          done.addAll(side(postings.stream().filter(p -> p.amount().isNegative()).toList(), rate));
        });
    return done;
  }

  private List<Posting> side(List<Posting> side, BigDecimal rate) {
    if (side.isEmpty()) {
      return List.of();
    }
    Money sum = side.stream().map(Posting::amount).reduce(Money::plus).orElseThrow();
    Money whole = Money.rounded(sum.amount().multiply(rate), entity.currency());
    List<Money> parts =
        Allocation.byWeight(whole, side.stream().map(p -> p.amount().abs().amount()).toList());
    List<Posting> done = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      done.add(new Posting(side.get(i).account(), side.get(i).amount(), parts.get(i)));
    }
    return done;
  }

  private BigDecimal rate(Currency currency, LocalDate day, String fact) {
    return entity
        .rates()
        .on(currency, day)
        .orElseThrow(
            () -> new UnmappedFailure("no-exchange-rate", fact, missing(currency, day, fact)));
  }

  /** What is to be done about a rate that is missing, in words. */
  String missing(Currency currency, LocalDate day, String fact) {
    return "%s is not booked: there is no rate of %s for %s or the %d days before; add it to mappings/accounts/%s/rates.csv, restart, and retry"
        .formatted(fact, currency, day, entity.rates().validDays(), entity.id());
  }
}
