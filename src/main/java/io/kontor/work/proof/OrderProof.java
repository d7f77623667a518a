package io.kontor.work.proof;

import io.kontor.ledger.DailyBalances;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.money.Money;
import io.kontor.posting.OrderPosting;
import io.kontor.sales.Effect;
import io.kontor.sales.Fact;
import io.kontor.sales.FactKind;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderPosition;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import io.kontor.work.StoredFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Orders against the ledger: what their facts come to, and whether it is posted. */
final class OrderProof {

  private static final int ORDERS_AT_ONCE = 500;

  private final Store store;
  private final Mappings mappings;

  OrderProof(Store store, Mappings mappings) {
    this.store = store;
    this.mappings = mappings;
  }

  /**
   * Adds every order up, and sees that the ledger and Odoo have what its position says.
   *
   * @param inOdoo looks the delivered ones up there
   * @param breaks takes what they have not
   * @param read is told now and then how many facts are read
   */
  FactTotals totals(Tx tx, OrdersInOdoo inOdoo, List<String> breaks, LongConsumer read) {
    FactTotals totals = new FactTotals(mappings);
    LongAdder facts = new LongAdder();
    List<OrdersInOdoo.Known> chunk = new ArrayList<>();
    store
        .facts()
        .streamByOrder(
            tx,
            ofOrder -> {
              facts.add(ofOrder.size());
              if (isSettlement(ofOrder)) {
                return;
              }
              List<Fact> known = StoredFacts.readAll(ofOrder);
              OrderPosition position = position(known);
              totals.add(position, known);
              chunk.add(new OrdersInOdoo.Known(position, known));
              if (chunk.size() == ORDERS_AT_ONCE) {
                prove(tx, chunk, inOdoo, breaks);
                chunk.clear();
                read.accept(facts.sum());
              }
            });
    prove(tx, chunk, inOdoo, breaks);
    breaks.addAll(inOdoo.breaks());
    return totals;
  }

  private OrderPosition position(List<Fact> ofOrder) {
    Optional<Channel> channel = mappings.channel(ofOrder.get(0).order().channel());
    return OrderPosition.of(ofOrder, channel.map(Channel::capturesReported).orElse(true));
  }

  private void prove(
      Tx tx, List<OrdersInOdoo.Known> orders, OrdersInOdoo inOdoo, List<String> breaks) {
    unposted(tx, orders.stream().map(OrdersInOdoo.Known::position).toList(), breaks);
    inOdoo.look(tx, orders);
  }

  private static boolean isSettlement(List<StoredFact> facts) {
    return facts.get(0).name().kind() == FactKind.SETTLEMENT_RECEIVED;
  }

  private void unposted(Tx tx, List<OrderPosition> positions, List<String> breaks) {
    List<OrderKey> keys = positions.stream().map(OrderPosition::key).toList();
    Map<String, DailyBalances> posted = store.journalSums().postedByFact(tx, keys);
    for (OrderPosition position : positions) {
      Channel channel = mappings.channels().get(position.key().channel());
      if (channel == null) {
        breaks.add("order %s is of a channel without a mapping".formatted(position.key()));
        continue;
      }
      unposted(position, OrderPosting.of(mappings, channel), posted, breaks);
    }
  }

  private static void unposted(
      OrderPosition position,
      OrderPosting posting,
      Map<String, DailyBalances> posted,
      List<String> breaks) {
    Map<String, DailyBalances> ofOrder = new TreeMap<>();
    for (Effect effect : position.effects()) {
      String fact = effect.fact().toString();
      DailyBalances balances = posted.get(fact);
      if (balances != null) {
        Optional<Money> imbalance = Posting.imbalance(balances.sum().postings());
        if (imbalance.isPresent()) {
          breaks.add(
              "what the ledger has of %s does not balance: %s too much"
                  .formatted(fact, imbalance.get()));
          return;
        }
        ofOrder.put(fact, balances);
      }
    }
    posting.problems(position).forEach(problem -> breaks.add(problem.message()));
    for (JournalEntry missing : posting.entries(position, ofOrder)) {
      breaks.add("the ledger lacks: " + missing.toString().replaceAll("\\s+", " "));
    }
  }
}
