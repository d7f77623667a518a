package io.kontor.work.recording;

import io.kontor.document.RawDocument;
import io.kontor.ledger.Balances;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.mapping.translation.Fault;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.sales.ReceiptRung;
import io.kontor.store.Archive;
import io.kontor.store.Journal;
import io.kontor.store.RawOutcome;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import io.kontor.work.ContentHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One transaction of recording: a batch of documents becomes rows. Used once, by one thread.
 *
 * <p>The statements are few and the same however many documents there are, because each costs a
 * round trip.
 */
final class RecordedBatch {

  /** What a mapping says of an order that the channel will send again once it is certain. */
  private static final String PENDING = "order-pending";

  /**
   * In the name of a document that contradicts another one of its id: a person decides about it.
   */
  private static final String CONFLICTING = "+conflict-";

  private final Tx tx;
  private final Store store;

  private final FactChanges changes = new FactChanges();
  private final RecordedItems items = new RecordedItems();
  private final RecordedOrders orders;

  RecordedBatch(Tx tx, Store store, Mappings mappings) {
    this.tx = tx;
    this.store = store;
    this.orders = new RecordedOrders(tx, store, mappings, changes, items);
  }

  /**
   * Records documents that came from outside: those that are in the archive already are repeats.
   */
  Recorded record(List<Translated> documents) {
    Map<String, Translated> byId = new LinkedHashMap<>();
    List<Translated> again = new ArrayList<>();
    for (Translated document : documents) {
      if (byId.putIfAbsent(document.raw().id(), document) != null) {
        again.add(document);
      }
    }
    Set<String> added = archived(byId.values());
    // The same id twice in one batch: the second is a repeat, or contradicts the first.
    again.forEach(document -> archived(List.of(document)));
    Recorded recorded =
        recordFacts(
            byId.values().stream().filter(d -> added.contains(d.raw().id())).toList(), false);
    long repeated = (long) documents.size() - added.size();
    return new Recorded(recorded.byChannel(), repeated, recorded.woken());
  }

  /** Keeps documents, each id once; returns the ids that were not there before. */
  private Set<String> archived(Collection<Translated> documents) {
    Map<String, Translated> byId = new TreeMap<>();
    documents.forEach(document -> byId.put(document.raw().id(), document));
    Archive.Additions additions =
        store.archive().addNew(tx, documents.stream().map(RecordedBatch::kept).toList());
    keepConflicting(additions.conflicting().stream().map(byId::get).toList());
    return additions.added();
  }

  /**
   * Records what documents say that are in the archive already: a person let them be read again.
   */
  Recorded recordAgain(List<Translated> documents) {
    Map<String, RawOutcome> outcomes = new TreeMap<>();
    documents.forEach(document -> outcomes.put(document.raw().id(), outcome(document)));
    store.archive().decide(tx, outcomes);
    return recordFacts(documents, true);
  }

  private Recorded recordFacts(List<Translated> documents, boolean postAnew) {
    Set<OrderKey> touched = new TreeSet<>(OrderKeys.BY_NAME);
    for (Translated document : documents) {
      document.translation().facts().forEach(fact -> touched.add(fact.fact().order()));
    }
    store.facts().lockOrders(tx, touched);
    Map<OrderKey, List<StoredFact>> known = store.facts().ofOrders(tx, touched);
    known.values().forEach(changes::known);
    Map<String, Long> byChannel = new TreeMap<>();
    for (Translated document : documents) {
      byChannel.merge(document.channel().id(), 1L, Long::sum);
      for (CanonicalFact fact : document.translation().facts()) {
        take(document, fact);
      }
    }
    documents.forEach(this::faults);
    changes.write(tx, store.facts());
    orders.write(touched, postAnew);
    items.write(tx, store);
    return new Recorded(byChannel, 0, orders.woken());
  }

  /** The second document of a name is kept under another one, so that a person can decide. */
  private void keepConflicting(List<Translated> documents) {
    List<Archive.NewDocument> copies = new ArrayList<>();
    for (Translated document : documents) {
      RawDocument raw = document.raw();
      RawDocument copy =
          new RawDocument(
              raw.channel(),
              raw.document(),
              raw.externalId() + CONFLICTING + ContentHash.of(raw.body()).substring(0, 12),
              raw.receivedAt(),
              raw.contentType(),
              raw.body());
      copies.add(new Archive.NewDocument(copy, RawOutcome.WAITING));
      items.conflict(document, copy);
    }
    store.archive().addNew(tx, copies);
  }

  /**
   * Puts a document's faults on the desk; a pending order that is known already was read after the
   * document that made it whole, and is none.
   *
   * @return whether the document waits
   */
  private boolean faults(Translated document) {
    boolean waits = false;
    for (Fault fault : document.translation().faults()) {
      if (!fault.code().equals(PENDING) || !isPlaced(document.channel(), fault.reference())) {
        items.fault(document, fault);
        waits = true;
      }
    }
    if (!waits && !document.translation().faults().isEmpty()) {
      store.archive().decide(tx, Map.of(document.raw().id(), RawOutcome.RECORDED));
    }
    return waits;
  }

  private boolean isPlaced(Channel channel, String order) {
    FactName placed = new FactName(channel.entity(), channel.id(), FactKind.ORDER_PLACED, order);
    return changes.knows(placed) || store.facts().current(tx, List.of(placed)).containsKey(placed);
  }

  private void take(Translated document, CanonicalFact fact) {
    switch (changes.offer(stored(document, fact))) {
      case NEW, NEWER -> {
        orders.parsed(fact.fact());
        items.taken(document, fact);
      }
      case CONFLICT -> items.conflict(document, fact);
      case REPEATED, OLDER, NOT_ITS_OWN -> {
        // Counted by the change itself; there is nothing more to do.
      }
    }
  }

  /**
   * What reading documents again came to.
   *
   * @param subjects the orders in which something changed
   * @param journal what the entries come to
   * @param woken the consequences that have something to deliver now
   */
  record Replaying(
      Replayed replayed, Set<OrderKey> subjects, List<Posting> journal, Set<Consequence> woken) {}

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
    return replay(documents, byDocument, orders, true);
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
            .filter(d -> !waiting.contains(d.raw().id()) || !d.raw().id().contains(CONFLICTING))
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
        if (now != null && now.rawId().equals(id)) {
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
    decide(documents, waiting);
    return replay(documents, byDocument, orders, false);
  }

  private void decide(List<Translated> documents, Set<String> waiting) {
    Map<String, RawOutcome> outcomes = new TreeMap<>();
    for (Translated document : documents) {
      String id = document.raw().id();
      if (outcome(document) == RawOutcome.WAITING && faults(document)) {
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

  private Replaying replay(
      List<Translated> documents,
      Map<String, List<CanonicalFact>> facts,
      Set<OrderKey> touched,
      boolean post) {
    store.facts().lockOrders(tx, touched);
    store.facts().ofOrders(tx, touched).values().forEach(changes::known);
    List<FactName> elsewhere = new ArrayList<>();
    facts.values().forEach(of -> of.forEach(fact -> elsewhere.add(fact.fact().name())));
    elsewhere.removeIf(changes::knows);
    Set<FactName> moved = store.facts().current(tx, elsewhere).keySet();
    Map<FactChanges.Verdict, Long> verdicts = new EnumMap<>(FactChanges.Verdict.class);
    Set<FactName> made = new HashSet<>();
    for (Translated document : documents) {
      for (CanonicalFact fact : facts.get(document.raw().id())) {
        made.add(fact.fact().name());
        if (!moved.contains(fact.fact().name())) {
          verdicts.merge(takeAgain(document, fact), 1L, Long::sum);
        }
      }
    }
    long missing = missing(documents, touched, made);
    changes.write(tx, store.facts());
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
            moved.size(),
            entries.size());
    return new Replaying(replayed, subjects, balances.postings(), orders.woken());
  }

  private FactChanges.Verdict takeAgain(Translated document, CanonicalFact fact) {
    FactChanges.Verdict verdict = changes.again(stored(document, fact));
    if (verdict == FactChanges.Verdict.NEW || verdict == FactChanges.Verdict.NEWER) {
      orders.parsed(fact.fact());
      items.taken(document, fact);
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

  private StoredFact stored(Translated document, CanonicalFact fact) {
    String store = fact.fact() instanceof ReceiptRung receipt ? receipt.store() : "";
    return new StoredFact(
        fact.fact().name(),
        fact.fact().order(),
        fact.fact().revision(),
        fact.fact().occurredAt(),
        fact.hash(),
        fact.json(),
        document.raw().id(),
        tx.now(),
        store);
  }

  private static Archive.NewDocument kept(Translated document) {
    return new Archive.NewDocument(document.raw(), outcome(document));
  }

  private static RawOutcome outcome(Translated document) {
    return document.translation().faults().isEmpty() ? RawOutcome.RECORDED : RawOutcome.WAITING;
  }
}
