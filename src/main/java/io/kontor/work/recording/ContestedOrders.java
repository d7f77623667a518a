package io.kontor.work.recording;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.mapping.translation.Fault;
import io.kontor.mapping.translation.Translation;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.store.FactRevisions;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The orders of a document that state a fact which is another order's: they cannot be recorded, and
 * must not keep the document's other orders waiting.
 *
 * @param whys for each such order, in the order of the document, what is wrong
 */
record ContestedOrders(Map<OrderKey, RejectedFailure> whys) {

  private static final int MOST_NAMED = 5;

  /** Whether that is what recording failed on. */
  static boolean are(RuntimeException failure) {
    return failure instanceof RejectedFailure rejected
        && rejected.code().equals(FactRevisions.FACT_OF_ANOTHER_ORDER);
  }

  /** Those of a document. Of two orders in it that state the same fact the first one counts. */
  static ContestedOrders of(Tx tx, Store store, Translated document) {
    Map<OrderKey, List<StoredFact>> orders = new LinkedHashMap<>();
    List<FactName> names = new ArrayList<>();
    for (CanonicalFact fact : document.translation().facts()) {
      orders
          .computeIfAbsent(fact.fact().order(), order -> new ArrayList<>())
          .add(document.stored(fact, tx.now()));
      names.add(fact.fact().name());
    }
    Map<FactName, OrderKey> owners = new HashMap<>();
    store.facts().current(tx, names).forEach((name, fact) -> owners.put(name, fact.order()));
    Map<OrderKey, RejectedFailure> whys = new LinkedHashMap<>();
    orders.forEach(
        (order, facts) -> {
          Optional<StoredFact> contested =
              facts.stream()
                  .filter(fact -> !owners.getOrDefault(fact.name(), order).equals(order))
                  .findFirst();
          contested.ifPresentOrElse(
              fact -> whys.put(order, FactRevisions.ofAnother(fact, owners.get(fact.name()))),
              () -> facts.forEach(fact -> owners.put(fact.name(), order)));
        });
    return new ContestedOrders(whys);
  }

  /**
   * A document without these orders, which it waits for.
   *
   * @return empty if there are none, or nothing is left of it
   */
  Optional<Translated> without(Translated document) {
    List<CanonicalFact> left =
        document.translation().facts().stream()
            .filter(fact -> !whys.containsKey(fact.fact().order()))
            .toList();
    if (whys.isEmpty() || left.isEmpty()) {
      return Optional.empty();
    }
    List<Fault> faults = new ArrayList<>(document.translation().faults());
    faults.add(fault(document));
    return Optional.of(
        new Translated(document.raw(), document.channel(), new Translation(left, faults)));
  }

  /**
   * One fault for all of them, of the document's name: of an order's or a fact's name it would be
   * over as soon as another document states these.
   */
  Fault fault(Translated document) {
    List<String> why = new ArrayList<>();
    whys.values().stream().limit(MOST_NAMED).forEach(failure -> why.add(failure.getMessage()));
    if (whys.size() > MOST_NAMED) {
      why.add("and %d orders more".formatted(whys.size() - MOST_NAMED));
    }
    boolean others =
        document.translation().facts().stream()
            .anyMatch(fact -> !whys.containsKey(fact.fact().order()));
    String all = String.join("; ", why);
    return others
        ? document.notRecordedWhole(FactRevisions.FACT_OF_ANOTHER_ORDER, all)
        : document.notRecorded(FactRevisions.FACT_OF_ANOTHER_ORDER, all);
  }
}
