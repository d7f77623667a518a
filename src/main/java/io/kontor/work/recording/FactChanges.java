package io.kontor.work.recording;

import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.store.FactRevisions;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides for each fact that arrives whether it is new, newer, a repeat, out of date or a
 * contradiction, and writes what follows. Not thread-safe.
 */
final class FactChanges {

  /** What a fact that arrives is to what is known. */
  enum Verdict {
    NEW,
    NEWER,
    /** The same revision and content. */
    REPEATED,
    /** A revision older than the one that is known. */
    OLDER,
    /** The same revision and other content. */
    CONFLICT,
    /** Read again, and not newer than what another document made, which only that one changes. */
    NOT_ITS_OWN
  }

  private final Map<OrderKey, Map<String, StoredFact>> present = new LinkedHashMap<>();
  private final Map<FactName, StoredFact> inserts = new LinkedHashMap<>();
  private final Map<FactName, StoredFact> replacements = new LinkedHashMap<>();
  private final List<StoredFact> superseded = new ArrayList<>();
  private final List<FactName> repeated = new ArrayList<>();

  /** Takes note of what is stored already. */
  void known(Collection<StoredFact> facts) {
    facts.forEach(this::keep);
  }

  /**
   * Decides about a fact.
   *
   * @throws io.kontor.failure.RejectedFailure if it is new under two orders
   */
  Verdict offer(StoredFact fact) {
    StoredFact now = present.getOrDefault(fact.order(), Map.of()).get(fact.name().toString());
    if (now == null) {
      StoredFact other = inserts.get(fact.name());
      if (other != null) {
        throw FactRevisions.ofAnother(fact, other.order());
      }
      inserts.put(fact.name(), fact);
      keep(fact);
      return Verdict.NEW;
    }
    if (now.hash().equals(fact.hash())) {
      repeated.add(fact.name());
      return Verdict.REPEATED;
    }
    int age = fact.revision().compareTo(now.revision());
    if (age < 0) {
      superseded.add(fact);
      return Verdict.OLDER;
    }
    if (age == 0) {
      return Verdict.CONFLICT;
    }
    replace(fact);
    keep(fact);
    return Verdict.NEWER;
  }

  /**
   * Decides about a fact of a document that was read again: what it says now takes the place of
   * what was read from it before, whatever the revision; and of what was read from another document
   * if it is newer.
   */
  Verdict again(StoredFact fact) {
    StoredFact now = present.getOrDefault(fact.order(), Map.of()).get(fact.name().toString());
    if (now == null) {
      return offer(fact);
    }
    if (now.hash().equals(fact.hash())) {
      return Verdict.REPEATED;
    }
    if (!now.rawId().equals(fact.rawId()) && fact.revision().compareTo(now.revision()) <= 0) {
      return Verdict.NOT_ITS_OWN;
    }
    replace(fact);
    keep(fact);
    return Verdict.NEWER;
  }

  private void replace(StoredFact fact) {
    StoredFact inserted = inserts.get(fact.name());
    if (inserted != null) {
      superseded.add(inserted);
      inserts.put(fact.name(), fact);
      return;
    }
    StoredFact replaced = replacements.put(fact.name(), fact);
    if (replaced != null) {
      superseded.add(replaced);
    }
  }

  private void keep(StoredFact fact) {
    present.computeIfAbsent(fact.order(), o -> new TreeMap<>()).put(fact.name().toString(), fact);
  }

  /** Whether anything of an order changed. */
  boolean touches(OrderKey order) {
    return present.getOrDefault(order, Map.of()).values().stream().anyMatch(f -> changed(f.name()));
  }

  /** Whether the fact is among those looked at. */
  boolean knows(FactName name) {
    return find(name).isPresent();
  }

  /** The fact of this name among those looked at, whatever order it is of. */
  Optional<StoredFact> find(FactName name) {
    String key = name.toString();
    return present.values().stream()
        .filter(facts -> facts.containsKey(key))
        .map(facts -> facts.get(key))
        .findFirst();
  }

  boolean changed(FactName name) {
    return inserts.containsKey(name) || replacements.containsKey(name);
  }

  /** A fact as it is known before the next one is offered. */
  Optional<StoredFact> present(OrderKey order, FactName name) {
    return Optional.ofNullable(present.getOrDefault(order, Map.of()).get(name.toString()));
  }

  /** The present facts of an order. */
  Collection<StoredFact> of(OrderKey order) {
    return present.getOrDefault(order, Map.of()).values();
  }

  void write(Tx tx, FactRevisions revisions) {
    revisions.insert(tx, inserts.values());
    revisions.replace(tx, replacements.values());
    revisions.keepSuperseded(tx, superseded);
    revisions.repeated(tx, repeated);
  }
}
