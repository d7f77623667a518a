package io.kontor.work.recording;

import io.kontor.failure.RejectedFailure;
import io.kontor.ledger.Balances;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.store.FactRevisions;
import io.kontor.store.Journal;
import io.kontor.store.RawOutcome;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One transaction of a replay: documents that are recorded are read by today's mappings, and what
 * comes out otherwise takes the place of what was there. Used once, by one thread.
 */
final class ReplayedBatch {

  private final Tx tx;
  private final Store store;

  private final FactChanges changes = new FactChanges();
  private final RecordedItems items = new RecordedItems();
  private final RecordedOrders orders;
  private final DocumentFaults faults;

  ReplayedBatch(Tx tx, Store store, Mappings mappings) {
    this.tx = tx;
    this.store = store;
    this.orders = new RecordedOrders(tx, store, mappings, changes, items);
    this.faults = new DocumentFaults(tx, store, changes, items);
  }

  /**
   * What reading documents again came to.
   *
   * @param subjects the orders in which something changed
   * @param brought the deliveries that are made again although no fact changed
   * @param journal what the entries come to
   * @param woken the consequences that have something to deliver now
   */
  record Replaying(
      Replayed replayed,
      Set<OrderKey> subjects,
      Set<String> brought,
      List<Posting> journal,
      Set<Consequence> woken) {}

  /** Reads again what documents say of orders that have facts from them. */
  Replaying replayOrders(List<Translated> documents, Set<OrderKey> orders) {
    Map<String, List<CanonicalFact>> byDocument = new LinkedHashMap<>();
    for (Translated document : documents) {
      byDocument.put(
          document.raw().id(),
          document.translation().facts().stream()
              .filter(fact -> orders.contains(fact.fact().order()))
              .toList());
    }
    Taken taken = take(documents, byDocument, orders, Set.of());
    return replayed(documents, taken, orders, true);
  }

  /**
   * Reads documents again for orders that have no fact from them yet, and sees which of them cannot
   * be read any more, or at last.
   *
   * @param waiting those that wait on the desk
   */
  Replaying replayDocuments(List<Translated> all, Set<String> waiting) {
    List<Translated> documents =
        all.stream()
            .filter(
                d ->
                    !waiting.contains(d.raw().id())
                        || !d.raw().id().contains(RecordedBatch.CONFLICTING))
            .toList();
    List<FactName> names =
        documents.stream()
            .flatMap(d -> d.translation().facts().stream())
            .map(fact -> fact.fact().name())
            .toList();
    Map<FactName, StoredFact> current = store.facts().current(tx, names);
    Set<OrderKey> orders = new TreeSet<>(OrderKeys.BY_NAME);
    Map<String, List<CanonicalFact>> byDocument = new LinkedHashMap<>();
    for (Translated document : documents) {
      String id = document.raw().id();
      Set<OrderKey> seen = new TreeSet<>(OrderKeys.BY_NAME);
      for (CanonicalFact fact : document.translation().facts()) {
        StoredFact now = current.get(fact.fact().name());
        // A document waits for an order whose fact it also states of another one.
        if (now != null
            && now.rawId().equals(id)
            && (!waiting.contains(id) || now.order().equals(fact.fact().order()))) {
          seen.add(fact.fact().order());
        }
      }
      List<CanonicalFact> unknown =
          document.translation().facts().stream()
              .filter(fact -> !seen.contains(fact.fact().order()))
              .filter(fact -> waiting.contains(id) || !current.containsKey(fact.fact().name()))
              .toList();
      unknown.forEach(fact -> orders.add(fact.fact().order()));
      byDocument.put(id, unknown);
    }
    Taken taken = take(documents, byDocument, orders, waiting);
    Set<String> decided = new TreeSet<>(waiting);
    decided.removeAll(taken.stuck());
    decide(documents, decided);
    return replayed(documents, taken, orders, false);
  }

  private void decide(List<Translated> documents, Set<String> waiting) {
    Map<String, RawOutcome> outcomes = new TreeMap<>();
    for (Translated document : documents) {
      String id = document.raw().id();
      if (document.outcome() == RawOutcome.WAITING && faults.toDesk(document)) {
        outcomes.put(id, RawOutcome.WAITING);
      } else if (waiting.contains(id)) {
        outcomes.put(id, RawOutcome.RECORDED);
      }
    }
    store.archive().decide(tx, outcomes);
    List<String> atLast =
        waiting.stream().filter(id -> outcomes.get(id) == RawOutcome.RECORDED).toList();
    store.desk().resolveDocuments(tx, atLast, "read again, and recorded at last");
  }

  /**
   * What was taken from documents.
   *
   * @param made the facts that they state
   * @param moved how many of these are facts of another order by now
   * @param stuck those of the documents that go on waiting because they state such facts
   */
  private record Taken(
      Map<FactChanges.Verdict, Long> verdicts, Set<FactName> made, long moved, Set<String> stuck) {}

  /**
   * @param waiting the documents of whose orders all facts are taken or none
   */
  private Taken take(
      List<Translated> documents,
      Map<String, List<CanonicalFact>> facts,
      Set<OrderKey> touched,
      Set<String> waiting) {
    store.facts().lockOrders(tx, touched);
    store.facts().ofOrders(tx, touched).values().forEach(changes::known);
    List<FactName> unseen = new ArrayList<>();
    facts.values().forEach(of -> of.forEach(fact -> unseen.add(fact.fact().name())));
    unseen.removeIf(changes::knows);
    Map<FactName, StoredFact> elsewhere = store.facts().current(tx, unseen);
    Map<FactChanges.Verdict, Long> verdicts = new EnumMap<>(FactChanges.Verdict.class);
    Set<FactName> made = new HashSet<>();
    Set<String> stuck = new TreeSet<>();
    long moved = 0;
    for (Translated document : documents) {
      String id = document.raw().id();
      List<CanonicalFact> stated = facts.get(id);
      stated.forEach(fact -> made.add(fact.fact().name()));
      List<CanonicalFact> ofOthers =
          stated.stream().filter(fact -> otherOrder(fact, elsewhere).isPresent()).toList();
      moved += ofOthers.size();
      Map<OrderKey, RejectedFailure> whys = new LinkedHashMap<>();
      if (!ofOthers.isEmpty() && waiting.contains(id)) {
        stuck.add(id);
        ofOthers.forEach(
            fact ->
                whys.putIfAbsent(
                    fact.fact().order(),
                    FactRevisions.ofAnother(
                        document.stored(fact, tx.now()),
                        otherOrder(fact, elsewhere).orElseThrow())));
        items.fault(document, new ContestedOrders(whys).fault(document));
      }
      for (CanonicalFact fact : stated) {
        if (!whys.containsKey(fact.fact().order()) && otherOrder(fact, elsewhere).isEmpty()) {
          verdicts.merge(takeAgain(document, fact), 1L, Long::sum);
        }
      }
    }
    return new Taken(verdicts, made, moved, stuck);
  }

  /** The order that has a fact of this name, if it is not the one that this fact is of. */
  private Optional<OrderKey> otherOrder(CanonicalFact fact, Map<FactName, StoredFact> elsewhere) {
    FactName name = fact.fact().name();
    if (changes.present(fact.fact().order(), name).isPresent()) {
      return Optional.empty();
    }
    return changes
        .find(name)
        .or(() -> Optional.ofNullable(elsewhere.get(name)))
        .map(StoredFact::order);
  }

  private Replaying replayed(
      List<Translated> documents, Taken taken, Set<OrderKey> touched, boolean post) {
    Map<FactChanges.Verdict, Long> verdicts = taken.verdicts();
    long missing = missing(documents, touched, taken.made());
    changes.write(tx, store.revisions());
    List<Journal.NewEntry> entries = orders.write(touched, post);
    items.write(tx, store);
    Set<OrderKey> subjects = new TreeSet<>(OrderKeys.BY_NAME);
    touched.stream().filter(changes::touches).forEach(subjects::add);
    Balances balances = new Balances();
    for (Journal.NewEntry entry : entries) {
      subjects.add(entry.subject());
      entry.entry().postings().forEach(balances::add);
    }
    Replayed replayed =
        new Replayed(
            verdicts.getOrDefault(FactChanges.Verdict.REPEATED, 0L),
            verdicts.getOrDefault(FactChanges.Verdict.NEWER, 0L),
            verdicts.getOrDefault(FactChanges.Verdict.NEW, 0L),
            missing,
            taken.moved(),
            entries.size(),
            orders.broughtAnew().size());
    return new Replaying(
        replayed, subjects, orders.broughtAnew(), balances.postings(), orders.woken());
  }

  private FactChanges.Verdict takeAgain(Translated document, CanonicalFact fact) {
    Optional<StoredFact> before = changes.present(fact.fact().order(), fact.fact().name());
    FactChanges.Verdict verdict = changes.again(document.stored(fact, tx.now()));
    if (verdict == FactChanges.Verdict.NEW || verdict == FactChanges.Verdict.NEWER) {
      orders.parsed(fact.fact());
      items.taken(document, fact);
      before.ifPresent(replaced -> orders.replaced(replaced, fact.fact()));
    }
    return verdict;
  }

  /**
   * The facts that were read from documents which are understood and do not state them any more.
   */
  private long missing(
      List<Translated> documents, Collection<OrderKey> orders, Set<FactName> made) {
    Set<String> understood = new TreeSet<>();
    documents.stream()
        .filter(document -> document.translation().faults().isEmpty())
        .forEach(document -> understood.add(document.raw().id()));
    return orders.stream()
        .flatMap(order -> changes.of(order).stream())
        .filter(fact -> understood.contains(fact.rawId()) && !made.contains(fact.name()))
        .count();
  }
}
