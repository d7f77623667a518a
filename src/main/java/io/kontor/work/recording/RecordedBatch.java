package io.kontor.work.recording;

import io.kontor.document.RawDocument;
import io.kontor.document.Sha256;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.sales.OrderKey;
import io.kontor.store.Archive;
import io.kontor.store.RawOutcome;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /**
   * In the name of a document that contradicts another one of its id: a person decides about it.
   */
  static final String CONFLICTING = "+conflict-";

  private final Tx tx;
  private final Store store;

  private final FactChanges changes = new FactChanges();
  private final RecordedItems items = new RecordedItems();
  private final RecordedOrders orders;
  private final DocumentFaults faults;
  private final ChangedAddresses addresses = new ChangedAddresses();

  RecordedBatch(Tx tx, Store store, Mappings mappings) {
    this.tx = tx;
    this.store = store;
    this.orders = new RecordedOrders(tx, store, mappings, changes, items);
    this.faults = new DocumentFaults(tx, store, changes, items);
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
    documents.forEach(document -> outcomes.put(document.raw().id(), document.outcome()));
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
    documents.forEach(faults::toDesk);
    addresses.toDesk(tx, store, items);
    changes.write(tx, store.revisions());
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
              raw.externalId() + CONFLICTING + Sha256.brief(raw.body()),
              raw.receivedAt(),
              raw.contentType(),
              raw.body());
      copies.add(new Archive.NewDocument(copy, RawOutcome.WAITING));
      items.conflict(document, copy);
    }
    store.archive().addNew(tx, copies);
  }

  private void take(Translated document, CanonicalFact fact) {
    Optional<StoredFact> before = changes.present(fact.fact().order(), fact.fact().name());
    switch (changes.offer(document.stored(fact, tx.now()))) {
      case NEW, NEWER -> {
        orders.parsed(fact.fact());
        items.taken(document, fact);
        before.ifPresent(
            replaced -> {
              addresses.replaced(replaced, fact.fact());
              orders.replaced(replaced, fact.fact());
            });
      }
      case CONFLICT -> items.conflict(document, fact);
      case REPEATED, OLDER, NOT_ITS_OWN -> {
        // Counted by the change itself; there is nothing more to do.
      }
    }
  }

  private static Archive.NewDocument kept(Translated document) {
    return new Archive.NewDocument(document.raw(), document.outcome());
  }
}
