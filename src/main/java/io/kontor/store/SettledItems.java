package io.kontor.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the lines of a settlement come to by order and SKU. */
public final class SettledItems {

  /** In which PostgreSQL sorts the lines of a settlement: those of a million fit. */
  private static final String SORT_MEMORY = "96MB";

  /** What amounts, or units, are added up into. */
  public enum Measure {
    UNITS,
    GOODS,
    SHIPPING,
    SALES,
    TAX,
    REFUNDS,
    FACILITATED,
    /** Facilitated amounts without their signs: not zero where the channel keeps tax at all. */
    MIRRORED,
    FEES,
    FEE_BASE,
    COMMISSION,
    FULFILMENT;

    private String added() {
      return switch (this) {
        case UNITS -> "quantity";
        case MIRRORED -> "ABS(amount)";
        default -> "amount";
      };
    }
  }

  /** A code as one marketplace uses it. */
  public record CodeAt(String code, String marketplace) {}

  /**
   * Adds the lines of a settlement up, and hands on what comes out row by row: the items of an
   * order one after the other, orders in the order of their names.
   *
   * @param codes which codes go into which measure
   */
  static void each(
      Tx tx,
      Settlement settlement,
      Map<Measure, Set<CodeAt>> codes,
      BiConsumer<String, SettledOrder.Item> consumer) {
    long id = settlement.importId();
    LineKinds kinds = LineKinds.read(tx, id);
    sortInMemory(tx);
    tx.each(
        """
        SELECT order_ref, sku, COUNT(*), %s FROM settlement_line
        WHERE import_id = ? AND order_ref <> '' GROUP BY order_ref, sku ORDER BY order_ref, sku"""
            .formatted(
                Stream.of(Measure.values())
                    .map(measure -> sum(measure, codes.getOrDefault(measure, Set.of()), kinds))
                    .collect(Collectors.joining(", "))),
        row -> consumer.accept(row.getString(1), item(row)),
        id);
  }

  private static String sum(Measure measure, Set<CodeAt> codes, LineKinds kinds) {
    return "COALESCE(SUM(%s) FILTER (WHERE %s), 0)"
        .formatted(
            measure.added(),
            kinds.among(kind -> codes.contains(new CodeAt(kind.code(), kind.marketplace()))));
  }

  /** A million lines are sorted on disk otherwise; until the transaction ends. */
  private static void sortInMemory(Tx tx) {
    if (!tx.embedded()) {
      tx.update("SET LOCAL work_mem = '%s'".formatted(SORT_MEMORY));
    }
  }

  private static SettledOrder.Item item(ResultSet row) throws SQLException {
    Map<Measure, BigDecimal> sums = new EnumMap<>(Measure.class);
    int column = 4;
    for (Measure measure : Measure.values()) {
      BigDecimal sum = row.getBigDecimal(column++);
      if (sum.signum() != 0) {
        sums.put(measure, sum);
      }
    }
    return new SettledOrder.Item(row.getString(2), sums, row.getLong(3));
  }
}
