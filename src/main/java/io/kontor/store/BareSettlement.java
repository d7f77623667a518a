package io.kontor.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a settlement is measured against: its lines inserted in batches into a table of the same
 * shape, and one join of them with the ledger, order by order. Used by the benchmark only.
 */
public final class BareSettlement {

  private static final int CHUNK = 5_000;
  private static final String TABLE = "bare_line";

  private BareSettlement() {}

  /** Makes the table, empty. */
  public static void prepare(Database database) {
    database.run(
        tx -> {
          tx.update("CREATE TABLE bare_line AS SELECT * FROM settlement_line WHERE 1 = 0");
          tx.update("ALTER TABLE bare_line ALTER COLUMN import_id SET NOT NULL");
          tx.update("ALTER TABLE bare_line ALTER COLUMN line SET NOT NULL");
          tx.update("ALTER TABLE bare_line ADD PRIMARY KEY (import_id, line)");
        });
  }

  /**
   * Inserts and joins.
   *
   * @return seconds, without the reading of the rows
   */
  public static double seconds(
      Database database, DatabaseSettings settings, Settlement settlement, SettlementLines lines)
      throws SQLException {
    long[] nanos = new long[1];
    List<StagedLine> chunk = new ArrayList<>(CHUNK);
    LineKinds kinds = database.inTransaction(tx -> LineKinds.read(tx, settlement.importId()));
    database.run(
        tx ->
            lines.each(
                tx,
                settlement,
                line -> {
                  chunk.add(line);
                  if (chunk.size() == CHUNK) {
                    nanos[0] += insert(database, settlement, kinds, chunk);
                  }
                }));
    nanos[0] += insert(database, settlement, kinds, chunk);
    long began = System.nanoTime();
    database.sync();
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT COUNT(*) FROM (
                  SELECT order_ref, SUM(amount) AS settled FROM bare_line
                  WHERE order_ref <> '' GROUP BY order_ref) l
                JOIN (
                  SELECT e.subject, SUM(p.amount) AS charged
                  FROM journal_entry e JOIN posting p ON p.entry_id = e.id
                  WHERE p.account LIKE 'clearing:%%' GROUP BY e.subject) o
                ON o.subject = '%s/%s/' || l.order_ref
                WHERE o.charged <> l.settled"""
                    .formatted(settlement.entity(), settlement.channel()))) {
      rows.next();
    }
    return (nanos[0] + System.nanoTime() - began) / 1e9;
  }

  private static long insert(
      Database database, Settlement settlement, LineKinds kinds, List<StagedLine> lines) {
    long id = settlement.importId();
    long began = System.nanoTime();
    database.run(tx -> StagedLines.insert(tx, TABLE, id, kinds, lines));
    lines.clear();
    return System.nanoTime() - began;
  }
}
