package io.kontor.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Settlements and their lines. Lines are staged in chunks, and count once they are complete. */
public final class Settlements {

  private static final int CHUNK = 5_000;

  /** What the lines of an import add up to, by the database's own arithmetic. */
  public record Totals(BigDecimal amount, long lines) {}

  /** What the ledger knows of a line's order. */
  public enum OrderState {
    /** The line names no order. */
    NONE,
    /** Facts of the order are recorded and entries were made for it. */
    BOOKED,
    /** Facts of the order are recorded, without any entry. */
    RECORDED,
    /** No fact of the order is recorded. */
    UNKNOWN,
    /** No fact of the order is recorded, because it was placed before the cut-over. */
    BEFORE_CUTOVER
  }

  /** The lines of one code, marketplace, month and order state, added up. */
  public record Sum(
      String code,
      String marketplace,
      YearMonth month,
      OrderState orderState,
      BigDecimal amount,
      long lines) {}

  /**
   * The lines of one code, marketplace and month, added up.
   *
   * @param ofOrders whether they name orders
   */
  public record CodeSum(
      String code,
      String marketplace,
      YearMonth month,
      boolean ofOrders,
      BigDecimal amount,
      long lines) {}

  /** The same, of the orders that stand otherwise than the rest of the settlement. */
  public record StandingSum(OrderState orderState, boolean facilitated, CodeSum sum) {}

  /** The lines of one order and code, added up. */
  public record OrderSum(String order, String code, BigDecimal amount, long lines) {}

  /** Begins to stage lines; the id under which they are staged. */
  public String begin(Tx tx, String entity, String channel, String file) {
    return String.valueOf(
        tx.insertForId(
            """
            INSERT INTO settlement_import (entity, channel, file, begun_at, complete)
            VALUES (?, ?, ?, ?, FALSE)""",
            entity,
            channel,
            file,
            tx.now()));
  }

  /**
   * Stages some lines: some thousands at a time, each in a transaction of its own.
   *
   * @throws IllegalStateException if there is no such import, or it is complete
   */
  public void addLines(Tx tx, String importId, List<StagedLine> lines) {
    long id = Long.parseLong(importId);
    requireUnfinished(tx, id, "");
    if (!tx.embedded()) {
      // What a crash takes along is staged anew; what completes the import waits for the disk.
      tx.update("SET LOCAL synchronous_commit = off");
    }
    LineKinds kinds = LineKinds.read(tx, id);
    kinds.store(tx, lines);
    StagedLines.insert(tx, "settlement_line", id, kinds, lines);
  }

  /** What has been staged. */
  public Totals totals(Tx tx, String importId) {
    return tx.first(
            """
            SELECT COALESCE(SUM(amount), 0), COUNT(*) FROM settlement_line WHERE import_id = ?""",
            row -> new Totals(row.getBigDecimal(1), row.getLong(2)),
            Long.parseLong(importId))
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
    long id = Long.parseLong(header.importId());
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
    return LineKinds.addUp(tx, id);
  }

  /**
   * Tells the planner what was just staged. PostgreSQL finds out by itself only minutes later, and
   * would match a large settlement by plans for small ones meanwhile.
   */
  public void refreshStatistics(Tx tx) {
    if (!tx.embedded()) {
      tx.update(
          """
          ANALYZE settlement_line (import_id, order_ref, kind), journal_entry, posting,
            fact (order_key)""");
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

  /** Removes an import that is not complete, with its lines. */
  public void discard(Tx tx, String importId) {
    discard(tx, Long.parseLong(importId));
  }

  private static int discard(Tx tx, long id) {
    int count = tx.update("DELETE FROM settlement_import WHERE id = ? AND NOT complete", id);
    if (count == 1) {
      tx.update("DELETE FROM settlement_line WHERE import_id = ?", id);
      tx.update("DELETE FROM settlement_line_kind WHERE import_id = ?", id);
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

  public Optional<Settlement> find(Tx tx, String entity, String channel, String settlementId) {
    return tx.first(
        "SELECT * FROM settlement WHERE entity = ? AND channel = ? AND settlement_id = ?",
        Settlements::read,
        entity,
        channel,
        settlementId);
  }

  /** Every settlement of an entity, newest period first. */
  public List<Settlement> list(Tx tx, String entity) {
    return list(tx, entity, Integer.MAX_VALUE);
  }

  /** The newest settlements of an entity, newest period first. */
  public List<Settlement> list(Tx tx, String entity, int limit) {
    return tx.query(
        """
        SELECT * FROM settlement WHERE entity = ?
        ORDER BY period_to DESC, channel, settlement_id LIMIT ?""",
        Settlements::read,
        entity,
        limit);
  }

  /** The settlements of an entity that are not in this state. */
  public List<Settlement> notIn(Tx tx, String entity, String state) {
    return tx.query(
        "SELECT * FROM settlement WHERE entity = ? AND state <> ? ORDER BY channel, settlement_id",
        Settlements::read,
        entity,
        state);
  }

  /** Settlements of a channel in one currency, the oldest period first. */
  public List<Settlement> ofChannel(Tx tx, String entity, String channel, Currency currency) {
    return tx.query(
        """
        SELECT * FROM settlement WHERE entity = ? AND channel = ? AND currency = ?
        ORDER BY period_from, settlement_id""",
        Settlements::read,
        entity,
        channel,
        currency.getCurrencyCode());
  }

  /** Says how far a settlement is. */
  public void state(Tx tx, Settlement settlement, String state) {
    tx.update(
        "UPDATE settlement SET state = ? WHERE entity = ? AND channel = ? AND settlement_id = ?",
        state,
        settlement.entity(),
        settlement.channel(),
        settlement.settlementId());
  }

  /** All lines, added up by code, as they were when the import was completed. */
  public List<CodeSum> codeSums(Tx tx, Settlement settlement) {
    return tx.query(
        """
        SELECT * FROM settlement_line_kind WHERE import_id = ?
        ORDER BY code, marketplace, posted_month, of_orders""",
        Settlements::codeSum,
        Long.parseLong(settlement.importId()));
  }

  /** The lines of orders that {@link Findings} keeps a standing of, added up by code. */
  public List<StandingSum> standingSums(Tx tx, Settlement settlement) {
    return tx.query(
        """
        SELECT s.order_state, s.facilitated, k.code, k.marketplace, k.posted_month, k.of_orders,
          s.amount, s.lines
        FROM (SELECT s.order_state, s.facilitated, l.import_id, l.kind, SUM(l.amount) AS amount,
            COUNT(*) AS lines
          FROM settled_standing s
          JOIN settlement_line l ON l.import_id = s.import_id AND l.order_ref = s.order_ref
          WHERE s.import_id = ?
          GROUP BY s.order_state, s.facilitated, l.import_id, l.kind) s
        JOIN settlement_line_kind k ON k.import_id = s.import_id AND k.kind = s.kind
        ORDER BY 1, 2, 3, 4, 5""",
        row ->
            new StandingSum(
                OrderState.valueOf(row.getString("order_state").toUpperCase(Locale.ROOT)),
                row.getBoolean("facilitated"),
                codeSum(row)),
        Long.parseLong(settlement.importId()));
  }

  private static CodeSum codeSum(ResultSet row) throws SQLException {
    return new CodeSum(
        row.getString("code"),
        row.getString("marketplace"),
        Columns.month(row, "posted_month"),
        row.getBoolean("of_orders"),
        row.getBigDecimal("amount"),
        row.getLong("lines"));
  }

  /**
   * All lines, added up by what facts and ledger know of their orders at this moment, without what
   * matching kept: the proof looks for itself.
   */
  public List<Sum> sums(Tx tx, Settlement settlement) {
    long id = Long.parseLong(settlement.importId());
    String prefix = settlement.entity() + "/" + settlement.channel() + "/";
    return tx.query(
        """
        SELECT k.code, k.marketplace, k.posted_month, s.order_state, SUM(s.amount) AS amount,
          SUM(s.lines) AS lines
        FROM (SELECT l.kind, l.amount, l.lines, CASE
              WHEN l.order_ref = '' THEN 'none'
              WHEN NOT EXISTS (SELECT 1 FROM fact f
                WHERE f.order_key = CAST(? AS VARCHAR) || l.order_ref) THEN 'unknown'
              WHEN EXISTS (SELECT 1 FROM journal_entry e
                WHERE e.subject = CAST(? AS VARCHAR) || l.order_ref) THEN 'booked'
              ELSE 'recorded' END AS order_state
          FROM (SELECT order_ref, kind, SUM(amount) AS amount, COUNT(*) AS lines
              FROM settlement_line WHERE import_id = ? GROUP BY order_ref, kind) l) s
        JOIN settlement_line_kind k ON k.import_id = ? AND k.kind = s.kind
        GROUP BY k.code, k.marketplace, k.posted_month, s.order_state ORDER BY 1, 2, 3, 4""",
        Settlements::sum,
        prefix,
        prefix,
        id,
        id);
  }

  /** The orders that lines of this code name and nothing is recorded of, in their order. */
  public List<String> unknownOrders(Tx tx, Settlement settlement, String code, int limit) {
    long id = Long.parseLong(settlement.importId());
    return tx.query(
        """
        SELECT DISTINCT l.order_ref FROM settlement_line l
        WHERE l.import_id = ? AND l.order_ref <> '' AND l.%s
          AND NOT EXISTS (SELECT 1 FROM fact f
            WHERE f.order_key = CAST(? AS VARCHAR) || l.order_ref)
        ORDER BY l.order_ref LIMIT ?"""
            .formatted(LineKinds.read(tx, id).among(kind -> kind.code().equals(code))),
        row -> row.getString(1),
        id,
        settlement.entity() + "/" + settlement.channel() + "/",
        limit);
  }

  private static Sum sum(ResultSet row) throws SQLException {
    return new Sum(
        row.getString("code"),
        row.getString("marketplace"),
        Columns.month(row, "posted_month"),
        OrderState.valueOf(row.getString("order_state").toUpperCase(Locale.ROOT)),
        row.getBigDecimal("amount"),
        row.getLong("lines"));
  }

  /**
   * The lines added up by order and code, in the order of orders; lines without one are left out.
   */
  public void orderSums(Tx tx, Settlement settlement, Consumer<OrderSum> consumer) {
    tx.each(
        """
        SELECT l.order_ref, k.code, SUM(l.amount) AS amount, COUNT(*) AS lines
        FROM settlement_line l
        JOIN settlement_line_kind k ON k.import_id = l.import_id AND k.kind = l.kind
        WHERE l.import_id = ? AND k.of_orders GROUP BY l.order_ref, k.code
        ORDER BY l.order_ref, k.code""",
        row ->
            consumer.accept(
                new OrderSum(
                    row.getString("order_ref"),
                    row.getString("code"),
                    row.getBigDecimal("amount"),
                    row.getLong("lines"))),
        Long.parseLong(settlement.importId()));
  }

  /**
   * Lines in the order of the statement.
   *
   * @param limit how many at most
   */
  public List<StagedLine> lines(Tx tx, Settlement settlement, LineFilter filter, int limit) {
    long id = Long.parseLong(settlement.importId());
    LineKinds kinds = LineKinds.read(tx, id);
    Conditions conditions =
        new Conditions()
            .and("import_id = ?", Optional.of(id))
            .and(kinds.among(kind -> kind.isAmong(filter)))
            .and("order_ref = ?", filter.order());
    return tx.query(
        "SELECT * FROM settlement_line" + conditions.where() + " ORDER BY import_id, line LIMIT ?",
        row -> StagedLines.read(row, kinds),
        conditions.parameters(limit));
  }

  /**
   * Every line in the order of the statement. Ordered by the whole key, since H2 sorts all that
   * follows for each chunk when it is ordered by a part of it.
   */
  public void lines(Tx tx, Settlement settlement, Consumer<StagedLine> consumer) {
    long id = Long.parseLong(settlement.importId());
    LineKinds kinds = LineKinds.read(tx, id);
    long last = 0;
    List<StagedLine> chunk;
    do {
      chunk =
          tx.query(
              """
              SELECT * FROM settlement_line WHERE import_id = ? AND line > ?
              ORDER BY import_id, line LIMIT ?""",
              row -> StagedLines.read(row, kinds),
              id,
              last,
              CHUNK);
      chunk.forEach(consumer);
      last = chunk.isEmpty() ? last : chunk.get(chunk.size() - 1).line();
    } while (chunk.size() == CHUNK);
  }

  static Settlement read(ResultSet row) throws SQLException {
    return new Settlement(
        row.getString("entity"),
        row.getString("channel"),
        row.getString("settlement_id"),
        row.getString("content_hash"),
        String.valueOf(row.getLong("import_id")),
        row.getString("state"),
        Columns.instant(row, "period_from"),
        Columns.instant(row, "period_to"),
        Columns.optionalInstant(row, "paid_on"),
        Columns.money(row, "total", "currency"),
        row.getLong("lines"),
        row.getString("raw_id"));
  }
}
