package io.kontor.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/**
 * An open transaction. Only this room can ask it anything but the time; others hand it on. Of one
 * thread, and dead after its transaction.
 */
public final class Tx {

  /** How many rows a cursor fetches at once where the driver has cursors. */
  private static final int FETCH = 1_000;

  private static final int MOST_PRINTABLE = 100_000;

  private final Connection connection;
  private final boolean embedded;
  private final Instant now;

  Tx(Connection connection, boolean embedded, Instant now) {
    this.connection = connection;
    this.embedded = embedded;
    this.now = now;
  }

  /** When the transaction began, by this node's clock, in microseconds. */
  public Instant now() {
    return now;
  }

  boolean embedded() {
    return embedded;
  }

  Connection connection() {
    return connection;
  }

  /** Makes something of the row that a result set stands on. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Takes the row that a result set stands on. */
  @FunctionalInterface
  interface RowConsumer {
    void take(ResultSet row) throws SQLException;
  }

  /** A NULL with its type: PostgreSQL prepares a statement anew for each type it is given. */
  enum Null {
    TEXT(Types.VARCHAR),
    TIME(Types.TIMESTAMP_WITH_TIMEZONE),
    DATE(Types.DATE);

    private final int type;

    Null(int type) {
      this.type = type;
    }
  }

  <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
    List<T> rows = new ArrayList<>();
    each(sql, row -> rows.add(reader.read(row)), parameters);
    return rows;
  }

  <T> Optional<T> first(String sql, RowReader<T> reader, Object... parameters) {
    List<T> rows = query(sql, reader, parameters);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
  }

  /** Reads row by row; PostgreSQL keeps only some of them in memory at once. */
  void each(String sql, RowConsumer consumer, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH);
      if (!embedded) {
        // Planned each time, for the values at hand: a plan that PostgreSQL makes once and keeps
        // stays the one of an empty table.
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      }
      bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          consumer.take(rows);
        }
      }
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }

  long count(String sql, Object... parameters) {
    return first(sql, row -> row.getLong(1), parameters).orElse(0L);
  }

  int update(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }

  /** Inserts one row; the key that the database gave it in its column {@code id}. */
  long insertForId(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql, new String[] {"id"})) {
      bind(statement, parameters);
      statement.executeUpdate();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }

  /** Executes one statement for many rows in one round trip; returns the count for each row. */
  <T> int[] batch(String sql, Collection<T> rows, Function<T, Object[]> parameters) {
    if (rows.isEmpty()) {
      return new int[0];
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T row : rows) {
        bind(statement, parameters.apply(row));
        statement.addBatch();
      }
      return statement.executeBatch();
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }

  /**
   * Inserts rows that cannot be there yet. PostgreSQL takes them as one statement over one array
   * for each column, a third of the time of a batch.
   *
   * @param columns each with its PostgreSQL type, as {@code "id bigint"}
   */
  <T> void insert(String table, List<String> columns, List<T> rows, Function<T, Object[]> row) {
    if (rows.isEmpty()) {
      return;
    }
    List<String> names = columns.stream().map(c -> c.split(" ", 2)[0]).toList();
    if (embedded) {
      insertEach(table, names, rows, row);
      return;
    }
    List<Object[]> values = rows.stream().map(row).toList();
    String arrays =
        columns.stream()
            .map(c -> "?::" + c.split(" ", 2)[1] + "[]")
            .collect(Collectors.joining(", "));
    String sql =
        "INSERT INTO %s (%s) SELECT * FROM UNNEST(%s)"
            .formatted(table, String.join(", ", names), arrays);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int c = 0; c < columns.size(); c++) {
        int column = c;
        Object[] array = values.stream().map(v -> v[column]).toArray();
        String type = columns.get(c).split(" ", 2)[1];
        statement.setArray(c + 1, connection.createArrayOf(type, array));
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }

  /**
   * Inserts many rows that cannot be there yet, thousands at once and none of their values absent.
   * PostgreSQL copies them, twice as fast as {@link #insert} does; it takes a round trip more.
   */
  <T> void load(String table, List<String> columns, List<T> rows, Function<T, Object[]> row) {
    if (rows.isEmpty()) {
      return;
    }
    if (embedded) {
      insertEach(table, columns, rows, row);
      return;
    }
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY %s (%s) FROM STDIN".formatted(table, String.join(", ", columns)),
              new StringReader(CopyText.of(rows, row)));
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> void insertEach(
      String table, List<String> columns, List<T> rows, Function<T, Object[]> row) {
    String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
    batch(
        "INSERT INTO %s (%s) VALUES (%s)".formatted(table, String.join(", ", columns), marks),
        rows,
        row);
  }

  /** A text from outside for people: bounded, and without the one character PostgreSQL refuses. */
  static String printable(String text) {
    String bounded = String.valueOf(text).replace('\0', '?');
    return bounded.length() > MOST_PRINTABLE ? bounded.substring(0, MOST_PRINTABLE) + "…" : bounded;
  }

  private void bind(PreparedStatement statement, Object[] parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      bind(statement, i + 1, parameters[i]);
    }
  }

  private void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    if (value instanceof String text) {
      statement.setString(index, text);
    } else if (value instanceof Instant instant) {
      statement.setObject(index, instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof Integer number) {
      statement.setInt(index, number);
    } else if (value instanceof BigDecimal decimal) {
      statement.setBigDecimal(index, decimal);
    } else if (value instanceof LocalDate date) {
      statement.setObject(index, date);
    } else if (value instanceof Boolean bool) {
      statement.setBoolean(index, bool);
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else if (value instanceof InputStream stream) {
      statement.setBinaryStream(index, stream);
    } else if (value instanceof Reader reader) {
      statement.setCharacterStream(index, reader);
    } else if (value instanceof Collection<?> values) {
      statement.setArray(index, connection.createArrayOf(type(values), values.toArray()));
    } else if (value instanceof Null absent) {
      statement.setNull(index, absent.type);
    } else {
      throw new IllegalArgumentException("cannot bind " + value);
    }
  }

  private static String type(Collection<?> values) {
    if (values.stream().anyMatch(Long.class::isInstance)) {
      return "bigint";
    }
    return values.stream().anyMatch(LocalDate.class::isInstance) ? "date" : "varchar";
  }
}
