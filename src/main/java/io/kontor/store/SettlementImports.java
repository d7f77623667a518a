package io.kontor.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Settlements on their way in: lines are staged in chunks, and count once they are complete. */
public final class SettlementImports {

  /** What the lines of an import add up to. */
  public record Totals(BigDecimal amount, long lines) {}

  /** Begins to stage lines; the id under which they are staged. */
  public long begin(Tx tx, String entity, String channel, String file) {
    return tx.insertForId(
        """
        INSERT INTO settlement_import (entity, channel, file, begun_at, complete)
        VALUES (?, ?, ?, ?, FALSE)""",
        entity,
        channel,
        file,
        tx.now());
  }

  /**
   * Stages some lines: some thousands at a time, each in a transaction of its own.
   *
   * @throws IllegalStateException if there is no such import, or it is complete
   */
  public void addLines(Tx tx, long importId, List<StagedLine> lines) {
    requireUnfinished(tx, importId, "");
    if (!tx.embedded()) {
      // What a crash takes along is staged anew; what completes the import waits for the disk.
      tx.update("SET LOCAL synchronous_commit = off");
    }
    LineKinds kinds = LineKinds.read(tx, importId);
    kinds.add(tx, lines);
    StagedLines.insert(tx, "settlement_line", importId, kinds, lines);
  }

  /** What the lines that are stored add up to, line by line: the proof does not go by kinds. */
  public Totals totals(Tx tx, long importId) {
    return tx.first(
            """
            SELECT COALESCE(SUM(amount), 0), COUNT(*) FROM settlement_line WHERE import_id = ?""",
            row -> new Totals(row.getBigDecimal(1), row.getLong(2)),
            importId)
        .orElseThrow();
  }

  /**
   * Makes the staged lines count, under this header. Checks no sums: the caller compares what is
   * returned, and throws to undo.
   *
   * @throws IllegalStateException if there is no such import, or it is complete
   * @throws StoreException if there is a settlement of this id already
   */
  public Totals complete(Tx tx, Settlement header) {
    long id = header.importId();
    requireUnfinished(tx, id, " FOR UPDATE");
    tx.update("UPDATE settlement_import SET complete = TRUE WHERE id = ?", id);
    tx.update(
        """
        INSERT INTO settlement (entity, channel, settlement_id, content_hash, import_id, state,
          period_from, period_to, paid_on, total, currency, lines, raw_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        header.entity(),
        header.channel(),
        header.settlementId(),
        header.contentHash(),
        id,
        header.state(),
        header.from(),
        header.to(),
        header.paidOn().<Object>map(at -> at).orElse(Tx.Null.TIME),
        header.total().amount(),
        header.total().currency().getCurrencyCode(),
        header.lines(),
        header.rawId());
    return LineKinds.total(tx, id);
  }

  /**
   * Tells the planner what was just staged. PostgreSQL finds out by itself only minutes later, and
   * would match a large settlement by plans for small ones meanwhile. Only what matching asks by,
   * and smaller samples than usual: sorting samples of texts takes longest.
   */
  public void refreshStatistics(Tx tx) {
    if (!tx.embedded()) {
      tx.update("SET LOCAL default_statistics_target = 20");
      tx.update(
          """
          ANALYZE (SKIP_LOCKED) settlement_line (import_id, order_ref, kind),
            journal_entry (entity, channel, subject),
            posting (entry_id, account, currency, posting_date), fact (order_key)""");
    }
  }

  private static void requireUnfinished(Tx tx, long id, String lock) {
    boolean complete =
        tx.first(
                "SELECT complete FROM settlement_import WHERE id = ?" + lock,
                row -> row.getBoolean(1),
                id)
            .orElseThrow(() -> new IllegalStateException("there is no import " + id));
    if (complete) {
      throw new IllegalStateException("import " + id + " is complete");
    }
  }

  /** Removes an import that is not complete, with its lines; how many there were: one or none. */
  public int discard(Tx tx, long importId) {
    int count = tx.update("DELETE FROM settlement_import WHERE id = ? AND NOT complete", importId);
    if (count == 1) {
      tx.update("DELETE FROM settlement_line WHERE import_id = ?", importId);
      tx.update("DELETE FROM settlement_line_kind WHERE import_id = ?", importId);
    }
    return count;
  }

  /** Removes every import that was begun before and is not complete; how many. */
  public int discardUnfinished(Tx tx, Instant begunBefore) {
    List<Long> ids =
        tx.query(
            "SELECT id FROM settlement_import WHERE NOT complete AND begun_at < ? ORDER BY id",
            row -> row.getLong(1),
            begunBefore);
    return ids.stream().mapToInt(id -> discard(tx, id)).sum();
  }
}
