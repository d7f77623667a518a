package io.kontor.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What matching found in settlements: the breaks one by one, the rest as counts. */
public final class Findings {

  /**
   * A break.
   *
   * @param outcome matching's word, such as {@code differs}
   * @param cause matching's word for the likely cause
   * @param sku empty if it is about the whole order
   */
  public record Finding(
      String outcome,
      String cause,
      String order,
      String sku,
      BigDecimal expected,
      BigDecimal found,
      long lines) {}

  /** How many orders came out alike, and what they come to. */
  public record Count(
      String outcome, long orders, long lines, BigDecimal expected, BigDecimal found) {}

  /** Breaks of one outcome and cause, added up. */
  public record Group(
      String outcome, String cause, long count, BigDecimal expected, BigDecimal found) {}

  /** An order whose lines are booked otherwise than the rest of its settlement's. */
  public record Standing(String order, SettlementLines.OrderState state, boolean facilitated) {}

  /** Forgets what was found in a settlement, before it is matched again. */
  public void clear(Tx tx, Settlement settlement) {
    long id = settlement.importId();
    tx.update("DELETE FROM settlement_finding WHERE import_id = ?", id);
    tx.update("DELETE FROM settlement_outcome WHERE import_id = ?", id);
    tx.update("DELETE FROM settled_standing WHERE import_id = ?", id);
  }

  /**
   * Keeps some breaks.
   *
   * @param from the number of the first one; numbers are unique within the settlement
   */
  public void add(Tx tx, Settlement settlement, long from, List<Finding> findings) {
    long id = settlement.importId();
    List<Object[]> rows = new ArrayList<>();
    for (Finding f : findings) {
      rows.add(
          new Object[] {
            id,
            from + rows.size(),
            f.outcome(),
            f.cause(),
            f.order(),
            f.sku(),
            f.expected(),
            f.found(),
            f.lines()
          });
    }
    tx.insert(
        "settlement_finding",
        List.of(
            "import_id bigint",
            "number bigint",
            "outcome varchar",
            "cause varchar",
            "order_ref varchar",
            "sku varchar",
            "expected numeric",
            "found numeric",
            "lines bigint"),
        rows,
        row -> row);
  }

  /** Keeps how many came out how. */
  public void count(Tx tx, Settlement settlement, List<Count> counts) {
    long id = settlement.importId();
    tx.batch(
        """
        INSERT INTO settlement_outcome (import_id, outcome, orders, lines, expected, found)
        VALUES (?, ?, ?, ?, ?, ?)""",
        counts,
        c -> new Object[] {id, c.outcome(), c.orders(), c.lines(), c.expected(), c.found()});
  }

  /** Keeps the orders that stand otherwise. */
  public void stand(Tx tx, Settlement settlement, List<Standing> standings) {
    long id = settlement.importId();
    tx.insert(
        "settled_standing",
        List.of(
            "import_id bigint", "order_ref varchar", "order_state varchar", "facilitated boolean"),
        standings,
        e ->
            new Object[] {
              id, e.order(), e.state().name().toLowerCase(Locale.ROOT), e.facilitated()
            });
  }

  /**
   * Forgets what other settlements found of orders that a settlement names: its own finding is the
   * newer one.
   *
   * @param others the imports of the channel's other settlements
   * @param ofSales the outcome of which a settlement that pays nothing for an order finds nothing
   * @return how many there were
   */
  public int supersede(Tx tx, Settlement settlement, Collection<Long> others, String ofSales) {
    if (others.isEmpty()) {
      return 0;
    }
    List<Object> parameters = new ArrayList<>();
    parameters.addAll(others);
    parameters.add(settlement.importId());
    parameters.add(ofSales);
    return tx.update(
        """
        DELETE FROM settlement_finding WHERE sku = '' AND import_id IN (%s)
          AND EXISTS (SELECT 1 FROM settled_order i
            WHERE i.import_id = ? AND i.order_ref = settlement_finding.order_ref
              AND (i.sales <> 0 OR settlement_finding.outcome <> ?))"""
            .formatted(others.stream().map(o -> "?").collect(Collectors.joining(", "))),
        parameters.toArray());
  }

  /** Forgets what settlements found of one outcome. */
  public void forget(Tx tx, Collection<Long> imports, String outcome) {
    tx.batch(
        "DELETE FROM settlement_finding WHERE import_id = ? AND outcome = ?",
        List.copyOf(imports),
        id -> new Object[] {id, outcome});
  }

  /** Breaks of a settlement, added up by outcome and cause. */
  public List<Group> groups(Tx tx, Settlement settlement) {
    return tx.query(
        """
        SELECT outcome, cause, COUNT(*) AS count, SUM(expected) AS expected, SUM(found) AS found
        FROM settlement_finding WHERE import_id = ? GROUP BY outcome, cause
        ORDER BY outcome, cause""",
        row ->
            new Group(
                row.getString("outcome"),
                row.getString("cause"),
                row.getLong("count"),
                row.getBigDecimal("expected"),
                row.getBigDecimal("found")),
        settlement.importId());
  }

  /** Breaks of one outcome and cause, the largest variance first. */
  public List<Finding> list(Tx tx, Settlement settlement, String outcome, String cause, int limit) {
    return tx.query(
        """
        SELECT * FROM settlement_finding WHERE import_id = ? AND outcome = ? AND cause = ?
        ORDER BY ABS(found - expected) DESC, order_ref, sku LIMIT ?""",
        Findings::finding,
        settlement.importId(),
        outcome,
        cause,
        limit);
  }

  /** Breaks of a settlement, the largest variance first. */
  public List<Finding> list(Tx tx, Settlement settlement, int limit) {
    return tx.query(
        """
        SELECT * FROM settlement_finding WHERE import_id = ?
        ORDER BY ABS(found - expected) DESC, order_ref, sku LIMIT ?""",
        Findings::finding,
        settlement.importId(),
        limit);
  }

  /** How many orders of a settlement came out how. */
  public List<Count> counts(Tx tx, Settlement settlement) {
    return tx.query(
        "SELECT * FROM settlement_outcome WHERE import_id = ? ORDER BY outcome",
        row ->
            new Count(
                row.getString("outcome"),
                row.getLong("orders"),
                row.getLong("lines"),
                row.getBigDecimal("expected"),
                row.getBigDecimal("found")),
        settlement.importId());
  }

  private static Finding finding(ResultSet row) throws SQLException {
    return new Finding(
        row.getString("outcome"),
        row.getString("cause"),
        row.getString("order_ref"),
        row.getString("sku"),
        row.getBigDecimal("expected"),
        row.getBigDecimal("found"),
        row.getLong("lines"));
  }
}
