package io.kontor.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The lines of settlements: what they come to, and one by one. */
public final class SettlementLines {

  private static final int CHUNK = 5_000;

  private static final long NO_IMPORT = -1;

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
    /** The order was placed before the cut-over: its entries are somebody else's. */
    BEFORE_CUTOVER
  }

  /**
   * The lines of one code, marketplace, month and order state, added up.
   *
   * @param first when the first of them was posted
   */
  public record Sum(
      String code,
      String marketplace,
      YearMonth month,
      OrderState orderState,
      BigDecimal amount,
      long lines,
      Instant first) {}

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
  public record OrderSum(
      String order, String code, String marketplace, BigDecimal amount, long lines) {}

  /** All lines, added up by code, as they were when the import was completed. */
  public List<CodeSum> codeSums(Tx tx, Settlement settlement) {
    return tx.query(
        """
        SELECT * FROM settlement_line_kind WHERE import_id = ?
        ORDER BY code, marketplace, posted_month, of_orders""",
        SettlementLines::codeSum,
        settlement.importId());
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
        settlement.importId());
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
   *
   * @param cutOver orders placed before are told apart, as far as no entry was made for them
   * @param awaitsMatching whether the settlement is matched again by the next night: until then the
   *     lines of orders that came since stand in suspense
   */
  public List<Sum> sums(Tx tx, Settlement settlement, Instant cutOver, boolean awaitsMatching) {
    long id = settlement.importId();
    String prefix = settlement.entity() + "/" + settlement.channel() + "/";
    return tx.query(
        """
        SELECT k.code, k.marketplace, k.posted_month, s.order_state, SUM(s.amount) AS amount,
          SUM(s.lines) AS lines, MIN(s.first_posted) AS first_posted
        FROM (SELECT l.kind, l.amount, l.lines, l.first_posted, CASE
              WHEN l.order_ref = '' THEN 'none'
              WHEN EXISTS (SELECT 1 FROM settled_standing w
                WHERE w.import_id = ? AND w.order_ref = l.order_ref
                  AND w.order_state = 'unknown') THEN 'unknown'
              WHEN NOT EXISTS (SELECT 1 FROM fact f
                WHERE f.order_key = CAST(? AS VARCHAR) || l.order_ref) THEN 'unknown'
              WHEN EXISTS (SELECT 1 FROM journal_entry e
                WHERE e.subject = CAST(? AS VARCHAR) || l.order_ref) THEN 'booked'
              WHEN EXISTS (SELECT 1 FROM fact f
                WHERE f.order_key = CAST(? AS VARCHAR) || l.order_ref
                  AND f.kind = 'order-placed' AND f.occurred_at < ?) THEN 'before_cutover'
              ELSE 'recorded' END AS order_state
          FROM (SELECT order_ref, kind, SUM(amount) AS amount, COUNT(*) AS lines,
                MIN(posted_at) AS first_posted
              FROM settlement_line WHERE import_id = ? GROUP BY order_ref, kind) l) s
        JOIN settlement_line_kind k ON k.import_id = ? AND k.kind = s.kind
        GROUP BY k.code, k.marketplace, k.posted_month, s.order_state ORDER BY 1, 2, 3, 4""",
        SettlementLines::sum,
        awaitsMatching ? id : NO_IMPORT,
        prefix,
        prefix,
        prefix,
        cutOver,
        id,
        id);
  }

  /** The orders that lines of this code name and nothing is recorded of, in their order. */
  public List<String> unknownOrders(Tx tx, Settlement settlement, String code, int limit) {
    long id = settlement.importId();
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
        row.getLong("lines"),
        Columns.instant(row, "first_posted"));
  }

  /**
   * The lines added up by order and code, in the order of orders; lines without one are left out.
   */
  public void orderSums(Tx tx, Settlement settlement, Consumer<OrderSum> consumer) {
    tx.each(
        """
        SELECT l.order_ref, k.code, k.marketplace, SUM(l.amount) AS amount, COUNT(*) AS lines
        FROM settlement_line l
        JOIN settlement_line_kind k ON k.import_id = l.import_id AND k.kind = l.kind
        WHERE l.import_id = ? AND k.of_orders
        GROUP BY l.order_ref, k.code, k.marketplace
        ORDER BY l.order_ref, k.code, k.marketplace""",
        row ->
            consumer.accept(
                new OrderSum(
                    row.getString("order_ref"),
                    row.getString("code"),
                    row.getString("marketplace"),
                    row.getBigDecimal("amount"),
                    row.getLong("lines"))),
        settlement.importId());
  }

  /**
   * Lines in the order of the statement.
   *
   * @param limit how many at most
   */
  public List<StagedLine> list(Tx tx, Settlement settlement, LineFilter filter, int limit) {
    long id = settlement.importId();
    LineKinds kinds = LineKinds.read(tx, id);
    Conditions conditions =
        new Conditions()
            .and("import_id = ?", Optional.of(id))
            .and(kinds.among(kind -> kind.isAmong(filter)))
            .and("order_ref = ?", filter.order());
    filter.orders().map(LineFilter.Orders::condition).ifPresent(conditions::and);
    return tx.query(
        "SELECT * FROM settlement_line" + conditions.where() + " ORDER BY import_id, line LIMIT ?",
        row -> StagedLines.read(row, kinds),
        conditions.parameters(limit));
  }

  /**
   * Every line in the order of the statement. Ordered by the whole key, since H2 sorts all that
   * follows for each chunk when it is ordered by a part of it.
   */
  public void each(Tx tx, Settlement settlement, Consumer<StagedLine> consumer) {
    long id = settlement.importId();
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
}
