package io.kontor.store;

import io.kontor.money.Money;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Optional;

/** Reads our own types out of a row. */
final class Columns {

  private Columns() {}

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static LocalDate date(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDate.class);
  }

  static Optional<String> optional(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  /** A text whose absence is kept as an empty one. */
  static Optional<String> notEmpty(ResultSet row, String column) throws SQLException {
    return Optional.of(row.getString(column)).filter(text -> !text.isEmpty());
  }

  static Money money(ResultSet row, String amount, String currency) throws SQLException {
    return Money.of(row.getBigDecimal(amount), Currency.getInstance(row.getString(currency)));
  }

  static OrderKey orderKey(ResultSet row, String column) throws SQLException {
    return OrderKey.parse(row.getString(column));
  }

  static FactName factName(ResultSet row, String column) throws SQLException {
    return FactName.parse(row.getString(column));
  }

  /** A text that stands in {@code column}, or in {@code column_large} if it is long. */
  static String text(ResultSet row, String column) throws SQLException {
    try (Reader large = row.getCharacterStream(column + "_large")) {
      if (large == null) {
        return row.getString(column);
      }
      StringBuilder text = new StringBuilder();
      char[] buffer = new char[8192];
      for (int n = large.read(buffer); n >= 0; n = large.read(buffer)) {
        text.append(buffer, 0, n);
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes that stand in {@code column}, or in {@code column_large} if they are many. */
  static byte[] bytes(ResultSet row, String column) throws SQLException {
    try (InputStream large = row.getBinaryStream(column + "_large")) {
      return large == null ? row.getBytes(column) : large.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A month that is written as one number, 202611. */
  static YearMonth month(ResultSet row, String column) throws SQLException {
    int month = row.getInt(column);
    return YearMonth.of(month / 100, month % 100);
  }

  /** How {@link #month} is written. */
  static int number(YearMonth month) {
    return month.getYear() * 100 + month.getMonthValue();
  }
}
