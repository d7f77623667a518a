package io.kontor.work.recording;

import io.kontor.ledger.DailyBalances;
import io.kontor.ledger.JournalEntry;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.posting.OrderPosting;
import io.kontor.sales.Fact;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.Problem;
import io.kontor.store.Journal;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.work.StoredFacts;
import io.kontor.work.delivery.ChangedContents;
import io.kontor.work.delivery.Consequences;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What follows from the facts of a batch, order by order: where each stands, and by that its
 * entries, deliveries and problems.
 */
final class RecordedOrders {

  private final Tx tx;
  private final Store store;
  private final Mappings mappings;
  private final FactChanges changes;
  private final RecordedItems items;

  private final Map<FactName, Fact> parsed = new LinkedHashMap<>();
  private final Map<String, WantedDelivery> wanted = new TreeMap<>();
  private final Map<String, OrderPosting> postings = new TreeMap<>();

  /** Those of no fact that changed: made again if what is to be said is other than was said. */
  private final Map<String, WantedDelivery> perhaps = new TreeMap<>();

  private final Set<String> broughtAnew = new TreeSet<>();

  RecordedOrders(Tx tx, Store store, Mappings mappings, FactChanges changes, RecordedItems items) {
    this.tx = tx;
    this.store = store;
    this.mappings = mappings;
    this.changes = changes;
    this.items = items;
  }

  /** Takes note of a fact, so that its text need not be read again. */
  void parsed(Fact fact) {
    parsed.put(fact.name(), fact);
  }

  /** Takes note of a fact that another one replaces. */
  void replaced(StoredFact before, Fact now) {
    Channel channel = mappings.channels().get(now.order().channel());
    new Consequences(mappings, channel)
        .left(StoredFacts.read(before), now)
        .ifPresent(delivery -> wanted.put(delivery.id(), delivery));
  }

  /**
   * The entries, deliveries and work items of the orders whose facts changed.
   *
   * @param anew whether the others are posted, and brought to Odoo, by what mappings and rules say
   *     now
   * @return the entries that were appended
   */
  List<Journal.NewEntry> write(Collection<OrderKey> orders, boolean anew) {
    List<OrderKey> changed =
        orders.stream().filter(order -> anew || changes.touches(order)).toList();
    if (changed.isEmpty()) {
      return List.of();
    }
    Map<String, DailyBalances> posted = store.journalSums().postedByFact(tx, changed);
    List<Journal.NewEntry> entries = new ArrayList<>();
    for (OrderKey order : changed) {
      List<Fact> facts = facts(order);
      if (facts.isEmpty()) {
        continue;
      }
      Channel channel = mappings.channels().get(order.channel());
      OrderPosition position = OrderPosition.of(facts, channel.capturesReported());
      entries(channel, position, facts, posted)
          .forEach(entry -> entries.add(new Journal.NewEntry(entry, order)));
      if (changes.touches(order)) {
        problems(position);
      }
      rates(channel, position);
      deliveries(channel, position, facts, anew);
    }
    store.journal().append(tx, entries);
    bringAnew();
    store.deliveries().want(tx, wanted.values());
    return entries;
  }

  private void deliveries(Channel channel, OrderPosition position, List<Fact> facts, boolean anew) {
    Consequences consequences = new Consequences(mappings, channel);
    List<Fact> news = facts.stream().filter(f -> changes.changed(f.name())).toList();
    consequences.of(position, facts, news).forEach(d -> wanted.put(d.id(), d));
    if (anew) {
      consequences.of(position, facts, facts).forEach(d -> perhaps.put(d.id(), d));
    }
  }

  private void bringAnew() {
    perhaps.keySet().removeAll(wanted.keySet());
    for (WantedDelivery delivery :
        new ChangedContents(store, mappings).among(tx, perhaps.values())) {
      wanted.put(delivery.id(), delivery);
      broughtAnew.add(delivery.id());
    }
  }

  private List<JournalEntry> entries(
      Channel channel,
      OrderPosition position,
      List<Fact> facts,
      Map<String, DailyBalances> posted) {
    Map<String, DailyBalances> ofOrder = new TreeMap<>();
    for (Fact fact : facts) {
      DailyBalances balances = posted.get(fact.name().toString());
      if (balances != null) {
        ofOrder.put(fact.name().toString(), balances);
      }
    }
    return posting(channel).entries(position, ofOrder);
  }

  private OrderPosting posting(Channel channel) {
    return postings.computeIfAbsent(channel.id(), id -> OrderPosting.of(mappings, channel));
  }

  private void problems(OrderPosition position) {
    Set<String> present = new TreeSet<>();
    for (Problem problem : position.problems()) {
      present.add(problem.code());
      items.problem(position.key(), problem, Optional.empty());
    }
    for (String code : Problem.CODES) {
      if (!present.contains(code)) {
        items.noProblem(position.key(), code);
      }
    }
  }

  /** A fact whose rate is missing is booked when its document is read again. */
  private void rates(Channel channel, OrderPosition position) {
    OrderKey order = position.key();
    List<Problem> missing = posting(channel).problems(position);
    if (missing.isEmpty()) {
      items.noProblem(order, OrderPosting.NO_RATE);
      return;
    }
    Problem first = missing.get(0);
    Optional<String> document =
        changes.of(order).stream()
            .filter(fact -> fact.name().toString().equals(first.reference()))
            .map(StoredFact::rawId)
            .findFirst();
    items.problem(order, first, document);
  }

  private List<Fact> facts(OrderKey order) {
    List<Fact> facts = new ArrayList<>();
    for (StoredFact stored : changes.of(order)) {
      Fact fact = parsed.get(stored.name());
      facts.add(fact != null ? fact : StoredFacts.read(stored));
    }
    return facts;
  }

  /** The deliveries that are made again although no fact changed. */
  Set<String> broughtAnew() {
    return broughtAnew;
  }

  /** The consequences that have something to deliver now. */
  Set<Consequence> woken() {
    Set<Consequence> woken = EnumSet.noneOf(Consequence.class);
    wanted.values().forEach(delivery -> woken.add(delivery.consequence()));
    return woken;
  }
}
