package io.kontor.work.settlement;

import io.kontor.mapping.Channel;
import io.kontor.money.Money;
import io.kontor.reconcile.Match;
import io.kontor.reconcile.Matching;
import io.kontor.reconcile.Outcome;
import io.kontor.store.OverdueOrders;
import io.kontor.store.Settlement;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/** Finds the orders of a channel that settlements should have paid by now, and have not. */
final class OverdueMatching {

  private final Tx tx;
  private final Store store;
  private final Channel channel;
  private final SettlementFindings findings;

  OverdueMatching(Tx tx, Store store, Channel channel, SettlementFindings findings) {
    this.tx = tx;
    this.store = store;
    this.channel = channel;
    this.findings = findings;
  }

  /**
   * Finds what the newest settlement and all before it left out.
   *
   * @param settlement the newest of the channel
   * @param others the imports of those before it
   * @param clearing what the accounts begin with on which the orders stand
   * @param upTo the last day of the orders that had to be settled by now
   */
  void match(Settlement settlement, List<Long> others, String clearing, LocalDate upTo) {
    Currency currency = settlement.total().currency();
    String word = Outcome.MISSING.word();
    store.findings().forget(tx, others, word);
    store
        .overdue()
        .each(
            tx,
            new OverdueOrders.Search(
                channel.entity(),
                channel.id(),
                currency,
                clearing,
                channel.cutOver(),
                upTo,
                channel.refundsReported()),
            settlement,
            word,
            order -> {
              Match match =
                  Matching.overdue(
                      order.order(),
                      order.settled(),
                      order.paid(),
                      Money.of(order.expected(), currency),
                      Money.of(order.found(), currency));
              findings.count(match);
              findings.keep(match, "");
            });
  }
}
