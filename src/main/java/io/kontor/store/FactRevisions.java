package io.kontor.store;

import io.kontor.failure.Failure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import java.io.StringReader;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is written when a revision of a fact arrives: the first one, a newer one, an older one that
 * comes late, or the same again.
 */
public final class FactRevisions {

  /** The code of a fact that cannot be recorded because another order has it. */
  public static final String FACT_OF_ANOTHER_ORDER = "fact-of-another-order";

  /** The most characters that {@code json} takes; more stand in {@code json_large}. */
  static final int MOST_INLINE = 500_000;

  /**
   * Inserts facts that are seen for the first time.
   *
   * @throws TransientFailure if another transaction inserted one meanwhile
   * @throws RejectedFailure {@code fact-of-another-order} if another order has one of the name
   */
  public void insert(Tx tx, Collection<StoredFact> facts) {
    List<StoredFact> sorted = sorted(facts);
    int[] counts =
        tx.batch(
            """
            INSERT INTO fact (name, order_key, entity, channel, kind, revision, occurred_at, hash,
              raw_id, recorded_at, repeats, store, json)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING""",
            sorted,
            f ->
                new Object[] {
                  f.name().toString(),
                  f.order().toString(),
                  f.name().entity(),
                  f.name().channel(),
                  f.name().kind().word(),
                  f.revision(),
                  f.occurredAt(),
                  f.hash(),
                  f.rawId(),
                  f.recordedAt(),
                  f.store(),
                  inline(f)
                });
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        throw isThere(tx, sorted.get(i));
      }
    }
    keepLarge(tx, sorted);
    TillReceipts.keep(tx, sorted);
  }

  /** Whoever holds the order sees all its facts; one that is there all the same is of another. */
  private static Failure isThere(Tx tx, StoredFact fact) {
    String name = fact.name().toString();
    Optional<OrderKey> owner =
        tx.first(
            "SELECT order_key FROM fact WHERE name = ?",
            row -> Columns.orderKey(row, "order_key"),
            name);
    return owner
        .filter(order -> !order.equals(fact.order()))
        .<Failure>map(order -> ofAnother(fact, order))
        .orElseGet(
            () ->
                new TransientFailure(
                    SqlFaults.CONFLICT,
                    name,
                    "another transaction recorded the same fact meanwhile"));
  }

  /** A name that two orders claim: trying again would change nothing, however often. */
  public static RejectedFailure ofAnother(StoredFact fact, OrderKey owner) {
    return new RejectedFailure(
        FACT_OF_ANOTHER_ORDER,
        fact.name().toString(),
        "%s is of order %s already, and cannot be of %s: is its id unique in the channel?"
            .formatted(fact.name(), owner, fact.order()));
  }

  /** Puts newer revisions in place of present ones, which move to the superseded. */
  public void replace(Tx tx, Collection<StoredFact> facts) {
    List<StoredFact> sorted = sorted(facts);
    tx.batch(
        """
        INSERT INTO fact_superseded (name, revision, hash, order_key, occurred_at, raw_id,
          recorded_at, store, json, json_large)
        SELECT name, revision, hash, order_key, occurred_at, raw_id, recorded_at, store, json,
          json_large
        FROM fact WHERE name = ? ON CONFLICT DO NOTHING""",
        sorted,
        f -> new Object[] {f.name().toString()});
    tx.batch(
        """
        UPDATE fact SET order_key = ?, revision = ?, occurred_at = ?, hash = ?, raw_id = ?,
          recorded_at = ?, repeats = 0, store = ?, json = ?, json_large = NULL
        WHERE name = ?""",
        sorted,
        f ->
            new Object[] {
              f.order().toString(),
              f.revision(),
              f.occurredAt(),
              f.hash(),
              f.rawId(),
              f.recordedAt(),
              f.store(),
              inline(f),
              f.name().toString()
            });
    keepLarge(tx, sorted);
    TillReceipts.keep(tx, sorted);
  }

  /** Keeps revisions that arrived after a newer one; they have no effect. */
  public void keepSuperseded(Tx tx, Collection<StoredFact> facts) {
    List<StoredFact> sorted = sorted(facts);
    tx.batch(
        """
        INSERT INTO fact_superseded (name, revision, hash, order_key, occurred_at, raw_id,
          recorded_at, store, json)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        sorted,
        f ->
            new Object[] {
              f.name().toString(),
              f.revision(),
              f.hash(),
              f.order().toString(),
              f.occurredAt(),
              f.rawId(),
              f.recordedAt(),
              f.store(),
              inline(f)
            });
    tx.batch(
        "UPDATE fact_superseded SET json_large = ? WHERE name = ? AND revision = ? AND hash = ?",
        sorted.stream().filter(FactRevisions::isLarge).toList(),
        f ->
            new Object[] {new StringReader(f.json()), f.name().toString(), f.revision(), f.hash()});
  }

  /** Counts one more arrival of the present revision of each fact. */
  public void repeated(Tx tx, Collection<FactName> names) {
    tx.batch(
        "UPDATE fact SET repeats = repeats + 1 WHERE name = ?",
        names.stream().map(FactName::toString).distinct().sorted().toList(),
        name -> new Object[] {name});
  }

  private static void keepLarge(Tx tx, List<StoredFact> facts) {
    tx.batch(
        "UPDATE fact SET json_large = ? WHERE name = ?",
        facts.stream().filter(FactRevisions::isLarge).toList(),
        f -> new Object[] {new StringReader(f.json()), f.name().toString()});
  }

  private static boolean isLarge(StoredFact fact) {
    return fact.json().length() > MOST_INLINE;
  }

  private static String inline(StoredFact fact) {
    return isLarge(fact) ? "" : fact.json();
  }

  private static List<StoredFact> sorted(Collection<StoredFact> facts) {
    return facts.stream().sorted(Comparator.comparing(f -> f.name().toString())).toList();
  }
}
