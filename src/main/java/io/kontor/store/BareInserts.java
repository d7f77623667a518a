package io.kontor.store;

import io.kontor.sales.OrderKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What recording is measured against: a loop of plain JDBC that inserts the rows which recording
 * wrote into tables of the same shape, with as many commits and syncs, and asks and thinks nothing.
 * Used by the benchmark only.
 */
public final class BareInserts implements AutoCloseable {

  /** The rows of some documents, by table, in the order of their orders. */
  public record Rows(Map<String, List<Object[]>> byTable) {

    public long count(String table) {
      return byTable.get(table).size();
    }

    public long total() {
      return byTable.values().stream().mapToLong(List::size).sum();
    }
  }

  private static final Map<String, String> BY_ORDER = new LinkedHashMap<>();

  static {
    BY_ORDER.put(
        "raw_document",
        "SELECT * FROM raw_document WHERE external_id >= ? AND external_id < ?"
            + " ORDER BY external_id");
    BY_ORDER.put(
        "sales_order",
        "SELECT * FROM sales_order WHERE order_key >= ? AND order_key < ? ORDER BY order_key");
    BY_ORDER.put(
        "fact",
        "SELECT * FROM fact WHERE order_key >= ? AND order_key < ? ORDER BY order_key, name");
    BY_ORDER.put(
        "journal_entry",
        "SELECT * FROM journal_entry WHERE subject >= ? AND subject < ? ORDER BY subject, id");
    BY_ORDER.put(
        "posting",
        "SELECT p.* FROM posting p JOIN journal_entry e ON e.id = p.entry_id"
            + " WHERE e.subject >= ? AND e.subject < ? ORDER BY e.subject, p.entry_id, p.line");
    BY_ORDER.put(
        "journal_progress",
        "SELECT g.* FROM journal_progress g JOIN journal_entry e ON e.id = g.entry_id"
            + " WHERE e.subject >= ? AND e.subject < ? ORDER BY e.subject, g.entry_id");
    BY_ORDER.put(
        "delivery",
        "SELECT * FROM delivery WHERE subject >= ? AND subject < ? ORDER BY subject, id");
  }

  private final Connection connection;
  private final boolean embedded;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();

  private BareInserts(Connection connection, boolean embedded) {
    this.connection = connection;
    this.embedded = embedded;
  }

  /** A connection of its own to a database that {@link Database#open} has given its tables. */
  public static BareInserts open(DatabaseSettings settings) {
    try {
      Connection connection =
          DriverManager.getConnection(settings.url(), settings.user(), settings.password());
      connection.setAutoCommit(false);
      return new BareInserts(connection, EmbeddedUrl.is(settings.url()));
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }

  /**
   * Reads the rows of the orders from one (inclusive) to another (exclusive), whose documents are
   * named by the orders' own ids.
   */
  public static Rows rows(Tx tx, OrderKey from, OrderKey to) {
    Map<String, List<Object[]>> rows = new LinkedHashMap<>();
    BY_ORDER.forEach(
        (table, sql) -> {
          boolean raw = table.equals("raw_document");
          rows.put(
              table,
              tx.query(
                  sql,
                  BareInserts::row,
                  raw ? from.order() : from.toString(),
                  raw ? to.order() : to.toString()));
        });
    return new Rows(rows);
  }

  private static Object[] row(ResultSet row) throws SQLException {
    Object[] values = new Object[row.getMetaData().getColumnCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.getObject(i + 1);
    }
    return values;
  }

  /** Prepares the statements, so that this is not measured. */
  public void prepare(Rows rows) {
    rows.byTable()
        .forEach(
            (table, some) -> {
              if (!some.isEmpty() && !statements.containsKey(table)) {
                statements.put(table, insert(table, some.get(0).length));
              }
            });
  }

  private PreparedStatement insert(String table, int columns) {
    try {
      return connection.prepareStatement(
          Collections.nCopies(columns, "?").stream()
              .collect(Collectors.joining(", ", "INSERT INTO " + table + " VALUES (", ")")));
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }

  /** Inserts one of {@code of} equal parts in one transaction, and syncs it. */
  public void insert(Rows rows, int part, int of) {
    try {
      for (Map.Entry<String, List<Object[]>> table : rows.byTable().entrySet()) {
        int size = table.getValue().size();
        int from = (int) ((long) size * part / of);
        int to = (int) ((long) size * (part + 1) / of);
        if (from < to) {
          insert(statements.get(table.getKey()), table.getValue().subList(from, to));
        }
      }
      connection.commit();
      if (embedded) {
        try (Statement sync = connection.createStatement()) {
          sync.execute("CHECKPOINT SYNC");
        }
        connection.commit();
      }
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }

  private static void insert(PreparedStatement statement, List<Object[]> rows) throws SQLException {
    for (Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        statement.setObject(i + 1, row[i]);
      }
      statement.addBatch();
    }
    statement.executeBatch();
  }

  /** How many rows each table has, of those that recording writes. */
  public static Map<String, Long> counts(Tx tx) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String table : new ArrayList<>(BY_ORDER.keySet())) {
      counts.put(table, tx.count("SELECT COUNT(*) FROM " + table));
    }
    return counts;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }
}
