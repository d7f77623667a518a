package io.kontor.store;

import static io.kontor.store.Columns.instant;

import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The canonical facts in their present revisions, and the orders that they are about. */
public final class Facts {

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
