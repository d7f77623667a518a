package io.kontor.work.proof;

import io.kontor.ledger.Balances;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.money.Money;
import io.kontor.posting.AccountPatterns;
import io.kontor.store.Settlement;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.settlement.Reconciliation;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What each channel owes, by its facts and statements, against its clearing accounts. */
final class ClearingProof {

  private final Store store;
  private final Mappings mappings;
  private final Clock clock;

  ClearingProof(Store store, Mappings mappings, Clock clock) {
    this.store = store;
    this.mappings = mappings;
    this.clock = clock;
  }

  List<TieOut.Clearing> rows(Tx tx, Entity entity, FactTotals facts, Balances ledger) {
    List<TieOut.Clearing> rows = new ArrayList<>();
    Instant recent = clock.instant().minus(TieOut.Clearing.RECENT_DAYS, ChronoUnit.DAYS);
    List<Settlement> settlements = store.settlements().list(tx, entity.id());
    for (Channel channel : new TreeMap<>(mappings.channels()).values()) {
      if (!channel.entity().equals(entity.id())) {
        continue;
      }
      for (Currency currency : currencies(channel, facts, settlements)) {
        FactTotals.Key key = new FactTotals.Key(channel.id(), currency);
        SettledTotals statements = new SettledTotals(channel, entity.zone(), currency);
        for (Settlement settlement :
            store.settlements().ofChannel(tx, entity.id(), channel.id(), currency)) {
          statements.add(
              settlement,
              store
                  .settlementLines()
                  .sums(
                      tx,
                      settlement,
                      cutOver(channel, entity),
                      Reconciliation.isMatchedAgain(settlement)));
          settle(tx, settlement, statements, facts.open(key));
        }
        Money refunded = facts.refunded(key).plus(statements.refunds());
        Money charged = facts.charged(key).plus(statements.sales());
        Money expected =
            charged
                .minus(refunded)
                .minus(facts.writtenOff(key))
                .plus(statements.fees())
                .plus(statements.taxKept())
                .plus(statements.reserve())
                .plus(statements.other())
                .plus(statements.suspense())
                .minus(statements.payouts())
                .plus(statements.owed());
        rows.add(
            new TieOut.Clearing(
                entity.id(),
                channel.id(),
                charged,
                refunded,
                facts.writtenOff(key),
                statements.fees(),
                statements.taxKept(),
                statements.reserve(),
                statements.other(),
                statements.suspense(),
                statements.payouts(),
                statements.owed(),
                expected,
                sum(ledger, AccountPatterns.clearingOf(channel), currency),
                facts.open(key).since(recent),
                facts.open(key).before(recent),
                facts.open(key).openCredits(),
                statements.suspenseLines(),
                statements.suspenseSince().map(at -> LocalDate.ofInstant(at, entity.zone()))));
      }
    }
    return rows;
  }

  /** Where settlements make the revenue, no order is booked, whenever it was placed. */
  private static Instant cutOver(Channel channel, Entity entity) {
    return channel.recognise() == Channel.Recognition.SETTLEMENT
        ? Instant.EPOCH
        : channel.cutOver().atStartOfDay(entity.zone()).toInstant();
  }

  private void settle(Tx tx, Settlement settlement, SettledTotals statements, OpenOrders open) {
    store
        .settlementLines()
        .orderSums(
            tx,
            settlement,
            sum -> {
              if (statements.settles(sum.code(), sum.marketplace())) {
                open.settle(sum.order(), Money.of(sum.amount(), settlement.total().currency()));
              }
            });
  }

  /** Also those of settlements: a marketplace of another country pays in another currency. */
  private static Set<Currency> currencies(
      Channel channel, FactTotals facts, List<Settlement> settlements) {
    Set<Currency> currencies = new TreeSet<>(Comparator.comparing(Currency::getCurrencyCode));
    currencies.addAll(channel.currencies());
    facts.keys().stream()
        .filter(key -> key.channel().equals(channel.id()))
        .forEach(key -> currencies.add(key.currency()));
    settlements.stream()
        .filter(settlement -> settlement.channel().equals(channel.id()))
        .forEach(settlement -> currencies.add(settlement.total().currency()));
    return currencies;
  }

  private static Money sum(Balances ledger, String prefix, Currency currency) {
    return Money.sum(
        ledger.postings().stream()
            .filter(p -> p.account().path().startsWith(prefix))
            .map(Posting::amount)
            .filter(amount -> amount.currency().equals(currency))
            .toList(),
        currency);
  }
}
