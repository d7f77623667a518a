package io.kontor.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

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
    Map<Measure, String> sums = sums(codes, LineKinds.read(tx, id));
    List<Measure> measures = List.copyOf(sums.keySet());
    sortInMemory(tx);
    tx.each(
        """
        SELECT order_ref, sku, COUNT(*)%s FROM settlement_line
        WHERE import_id = ? AND order_ref <> '' GROUP BY order_ref, sku ORDER BY order_ref, sku"""
            .formatted(sums.values().stream().map(", "::concat).collect(Collectors.joining())),
        row -> consumer.accept(row.getString(1), item(row, measures)),
        id);
  }

  /** What adds up each measure that any line counts into: a column less is time less. */
  private static Map<Measure, String> sums(Map<Measure, Set<CodeAt>> codes, LineKinds kinds) {
    Map<Measure, String> sums = new EnumMap<>(Measure.class);
    codes.forEach(
        (measure, counted) ->
            sums.put(
                measure,
                "COALESCE(SUM(%s) FILTER (WHERE %s), 0)"
                    .formatted(
                        measure.added(),
                        kinds.among(
                            kind ->
                                counted.contains(new CodeAt(kind.code(), kind.marketplace()))))));
    return sums;
  }

  /** A million lines are sorted on disk otherwise; until the transaction ends. */
  private static void sortInMemory(Tx tx) {
    if (!tx.embedded()) {
      tx.update("SET LOCAL work_mem = '%s'".formatted(SORT_MEMORY));
    }
  }

  private static SettledOrder.Item item(ResultSet row, List<Measure> measures) throws SQLException {
    Map<Measure, BigDecimal> sums = new EnumMap<>(Measure.class);
    int column = 4;
    for (Measure measure : measures) {
      BigDecimal sum = row.getBigDecimal(column++);
      if (sum.signum() != 0) {
        sums.put(measure, sum);
      }
    }
    return new SettledOrder.Item(row.getString(2), sums, row.getLong(3));
  }
}
