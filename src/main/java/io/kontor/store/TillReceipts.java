package io.kontor.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which facts are receipts of a till, by store and time. */
public final class TillReceipts {

  /** The receipts of a store from an instant (inclusive) to another (exclusive), by name. */
  public List<StoredFact> list(
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

  /** Writes down which of these facts are receipts, and where and when they were rung. */
  static void keep(Tx tx, List<StoredFact> facts) {
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
}
