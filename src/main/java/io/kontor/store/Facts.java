package io.kontor.store;

import static io.kontor.store.Columns.instant;

import io.kontor.failure.Failure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The canonical facts, and the orders that they are about. */
public final class Facts {

  /** The most characters that {@code json} takes; more stand in {@code json_large}. */
  static final int MOST_INLINE = 500_000;

  private static final int CHUNK = 1_000;

  /**
   * Locks orders until the end of the transaction, in the order of their keys; makes rows for those
   * seen for the first time. Once in a transaction: a second call could deadlock.
   */
  public void lockOrders(Tx tx, Collection<OrderKey> orders) {
    List<String> keys = orders.stream().map(OrderKey::toString).distinct().sorted().toList();
    // An insert waits for another transaction that has inserted the same key. Ours are locked by
    // it.
    int[] counts =
        tx.batch(
            "INSERT INTO sales_order (order_key, first_seen) VALUES (?, ?) ON CONFLICT DO NOTHING",
            keys,
            key -> new Object[] {key, tx.now()});
    List<String> known = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        known.add(keys.get(i));
      }
    }
    if (known.isEmpty()) {
      return;
    }
    if (tx.embedded()) {
      // H2 locks in the order in which it reads, whatever ORDER BY says; here a call costs little.
      for (String key : known) {
        tx.count("SELECT 1 FROM sales_order WHERE order_key = ? FOR UPDATE", key);
      }
    } else {
      tx.each(
          "SELECT 1 FROM sales_order WHERE order_key = ANY(?) ORDER BY order_key FOR UPDATE",
          row -> {},
          known);
    }
  }

  /** The present revision of each of these facts that is known. */
  public Map<FactName, StoredFact> current(Tx tx, Collection<FactName> names) {
    Map<FactName, StoredFact> found = new HashMap<>();
    if (!names.isEmpty()) {
      tx.query("SELECT * FROM fact WHERE name = ANY(?)", Facts::read, texts(names))
          .forEach(fact -> found.put(fact.name(), fact));
    }
    return found;
  }

  /** All facts of each order, in the order of their names; an order without facts has no key. */
  public Map<OrderKey, List<StoredFact>> ofOrders(Tx tx, Collection<OrderKey> orders) {
    Map<OrderKey, List<StoredFact>> found = new HashMap<>();
    if (!orders.isEmpty()) {
      tx.query("SELECT * FROM fact WHERE order_key = ANY(?)", Facts::read, texts(orders)).stream()
          .sorted(Comparator.comparing(fact -> fact.name().toString()))
          .forEach(fact -> found.computeIfAbsent(fact.order(), o -> new ArrayList<>()).add(fact));
    }
    return found;
  }

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
    keepReceipts(tx, sorted);
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
                    "database-conflict",
                    name,
                    "another transaction recorded the same fact meanwhile"));
  }

  /** A name that two orders claim: trying again would change nothing, however often. */
  public static RejectedFailure ofAnother(StoredFact fact, OrderKey owner) {
    return new RejectedFailure(
        "fact-of-another-order",
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
    keepReceipts(tx, sorted);
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
        sorted.stream().filter(Facts::isLarge).toList(),
        f ->
            new Object[] {new StringReader(f.json()), f.name().toString(), f.revision(), f.hash()});
  }

  /** Counts one more arrival of the present revision of each fact. */
  public void repeated(Tx tx, Collection<FactName> names) {
    tx.batch(
        "UPDATE fact SET repeats = repeats + 1 WHERE name = ?",
        texts(names).stream().sorted().toList(),
        name -> new Object[] {name});
  }

  /** The superseded revisions of a fact, oldest first. */
  public List<StoredFact> superseded(Tx tx, FactName name) {
    return tx.query(
        "SELECT * FROM fact_superseded WHERE name = ? ORDER BY revision, recorded_at",
        Facts::read,
        name.toString());
  }

  /** The receipts of a store from an instant (inclusive) to another (exclusive), by name. */
  public List<StoredFact> receipts(
      Tx tx, String entity, String channel, String store, Instant from, Instant to) {
    return tx.query(
        """
        SELECT f.* FROM till_receipt t JOIN fact f ON f.name = t.fact
        WHERE t.till_key = ? AND t.occurred_at >= ? AND t.occurred_at < ? ORDER BY f.name""",
        Facts::read,
        tillKey(entity, channel, store),
        from,
        to);
  }

  /**
   * Hands on the present facts order by order, in the order of their keys; memory does not grow
   * with their number.
   */
  public void streamByOrder(Tx tx, Consumer<List<StoredFact>> consumer) {
    String last = "";
    List<String> keys;
    do {
      keys =
          tx.query(
              "SELECT order_key FROM sales_order WHERE order_key > ? ORDER BY order_key LIMIT ?",
              row -> row.getString(1),
              last,
              CHUNK);
      Map<String, List<StoredFact>> facts = new TreeMap<>();
      tx.query("SELECT * FROM fact WHERE order_key = ANY(?)", Facts::read, keys)
          .forEach(
              fact ->
                  facts.computeIfAbsent(fact.order().toString(), o -> new ArrayList<>()).add(fact));
      facts.values().forEach(consumer);
      last = keys.isEmpty() ? last : keys.get(keys.size() - 1);
    } while (keys.size() == CHUNK);
  }

  /** Hands on every present fact, in the order of names; memory does not grow with their number. */
  public void stream(Tx tx, Consumer<StoredFact> consumer) {
    String last = "";
    List<StoredFact> chunk;
    do {
      chunk =
          tx.query(
              "SELECT * FROM fact WHERE name > ? ORDER BY name LIMIT ?", Facts::read, last, CHUNK);
      chunk.forEach(consumer);
      last = chunk.isEmpty() ? last : chunk.get(chunk.size() - 1).name().toString();
    } while (chunk.size() == CHUNK);
  }

  private static void keepLarge(Tx tx, List<StoredFact> facts) {
    tx.batch(
        "UPDATE fact SET json_large = ? WHERE name = ?",
        facts.stream().filter(Facts::isLarge).toList(),
        f -> new Object[] {new StringReader(f.json()), f.name().toString()});
  }

  private static void keepReceipts(Tx tx, List<StoredFact> facts) {
    List<StoredFact> receipts = facts.stream().filter(f -> !f.store().isEmpty()).toList();
    int[] counts =
        tx.batch(
            """
            INSERT INTO till_receipt (fact, till_key, occurred_at) VALUES (?, ?, ?)
            ON CONFLICT DO NOTHING""",
            receipts,
            f -> new Object[] {f.name().toString(), tillKey(f), f.occurredAt()});
    List<StoredFact> moved = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        moved.add(receipts.get(i));
      }
    }
    tx.batch(
        "UPDATE till_receipt SET till_key = ?, occurred_at = ? WHERE fact = ?",
        moved,
        f -> new Object[] {tillKey(f), f.occurredAt(), f.name().toString()});
  }

  private static String tillKey(StoredFact fact) {
    return tillKey(fact.name().entity(), fact.name().channel(), fact.store());
  }

  private static String tillKey(String entity, String channel, String store) {
    return entity + "/" + channel + "/" + store;
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

  private static List<String> texts(Collection<?> names) {
    return names.stream().map(Object::toString).distinct().toList();
  }

  static StoredFact read(ResultSet row) throws SQLException {
    return new StoredFact(
        Columns.factName(row, "name"),
        Columns.orderKey(row, "order_key"),
        instant(row, "revision"),
        instant(row, "occurred_at"),
        row.getString("hash"),
        Columns.text(row, "json"),
        row.getString("raw_id"),
        instant(row, "recorded_at"),
        row.getString("store"));
  }
}
