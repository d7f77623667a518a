package io.kontor.store;

import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Consumer;

/** The canonical facts, and the orders that they are about. */
public final class Facts {

  /**
   * Locks orders until the end of the transaction, in the order of their keys; makes rows for those
   * seen for the first time.
   *
   * @param orders keys sorted as {@link OrderKey#toString()} is
   */
  public void lockOrders(Tx tx, Collection<OrderKey> orders) {
    tx.pending();
  }

  /** The present revision of each of these facts that is known. */
  public Map<FactName, StoredFact> current(Tx tx, Collection<FactName> names) {
    return tx.pending();
  }

  /** All facts of each order, in the order of their names; an order without facts has no key. */
  public Map<OrderKey, List<StoredFact>> ofOrders(Tx tx, Collection<OrderKey> orders) {
    return tx.pending();
  }

  /**
   * Inserts facts that are seen for the first time.
   *
   * @throws io.kontor.failure.TransientFailure if another transaction inserted one meanwhile
   */
  public void insert(Tx tx, Collection<StoredFact> facts) {
    tx.pending();
  }

  /** Puts newer revisions in place of present ones, which move to the superseded. */
  public void replace(Tx tx, Collection<StoredFact> facts) {
    tx.pending();
  }

  /** Keeps revisions that arrived after a newer one; they have no effect. */
  public void keepSuperseded(Tx tx, Collection<StoredFact> facts) {
    tx.pending();
  }

  /** Counts one more arrival of the present revision of each fact. */
  public void repeated(Tx tx, Collection<FactName> names) {
    tx.pending();
  }

  /** The superseded revisions of a fact, oldest first. */
  public List<StoredFact> superseded(Tx tx, FactName name) {
    return tx.pending();
  }

  /** The receipts of a store from an instant (inclusive) to another (exclusive), by name. */
  public List<StoredFact> receipts(
      Tx tx, String entity, String channel, String store, Instant from, Instant to) {
    return tx.pending();
  }

  /** Hands on every present fact, in the order of names; memory does not grow with their number. */
  public void stream(Tx tx, Consumer<StoredFact> consumer) {
    tx.pending();
  }

  /** The order keys in this set; sorted as the locks are taken. */
  static SortedSet<String> sorted(Collection<?> keys) {
    return new java.util.TreeSet<>(keys.stream().map(Object::toString).toList());
  }
}
