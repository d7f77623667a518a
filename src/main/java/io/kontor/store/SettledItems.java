package io.kontor.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the lines of a settlement come to by order and SKU. */
public final class SettledItems {

  /** Items that are read at once: what is kept in memory of a settlement of any size. */
  private static final int CHUNK = 10_000;

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

  /**
   * The index then grows at its end, in half the time. H2 groups in this order anyway, and inserts
   * without keeping the rows first unless it is told to sort them.
   */
  private static final String IN_ORDER_OF_THE_INDEX = " ORDER BY order_ref, sku";

  /** Their columns, in their order. */
  private static final String MEASURES =
      Stream.of(Measure.values())
          .map(measure -> measure.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", "));

  /** A code as one marketplace uses it. */
  public record CodeAt(String code, String marketplace) {}

  /**
   * Adds the lines of a settlement up by order and SKU, in place of what was added up before.
   *
   * @param codes which codes go into which measure
   */
  public void addUp(Tx tx, Settlement settlement, Map<Measure, Set<CodeAt>> codes) {
    long id = Long.parseLong(settlement.importId());
    tx.update("DELETE FROM settled_item WHERE import_id = ?", id);
    LineKinds kinds = LineKinds.read(tx, id);
    String sums =
        Stream.of(Measure.values())
            .map(
                measure -> {
                  Set<CodeAt> among = codes.getOrDefault(measure, Set.of());
                  return "COALESCE(SUM(%s) FILTER (WHERE %s), 0)"
                      .formatted(
                          measure.added(),
                          kinds.among(
                              kind -> among.contains(new CodeAt(kind.code(), kind.marketplace()))));
                })
            .collect(Collectors.joining(", "));
    sortInMemory(tx);
    tx.update(
        """
        INSERT INTO settled_item (import_id, order_ref, sku, %s, lines)%s
        SELECT CAST(? AS BIGINT), order_ref, sku, %s, COUNT(*) FROM settlement_line
        WHERE import_id = ? AND order_ref <> '' GROUP BY order_ref, sku%s"""
            .formatted(
                MEASURES,
                tx.embedded() ? " DIRECT" : "",
                sums,
                tx.embedded() ? "" : IN_ORDER_OF_THE_INDEX),
        id,
        id);
    refreshStatistics(tx);
  }

  /** A million lines are sorted on disk otherwise; until the transaction ends. */
  private static void sortInMemory(Tx tx) {
    if (!tx.embedded()) {
      tx.update("SET LOCAL work_mem = '%s'".formatted(SORT_MEMORY));
    }
  }

  /**
   * Tells the planner how many there are now: taking them for a handful, PostgreSQL sorts all that
   * are left for each page that is read, and compares every order of the ledger with each of them.
   */
  private static void refreshStatistics(Tx tx) {
    if (!tx.embedded()) {
      tx.update("ANALYZE settled_item (import_id, order_ref)");
    }
  }

  /** The next orders with all their items: the last order of a full page may go on, and waits. */
  static Map<String, List<SettledOrder.Item>> page(Tx tx, Settlement settlement, String after) {
    Map<String, List<SettledOrder.Item>> items = new LinkedHashMap<>();
    long id = Long.parseLong(settlement.importId());
    int[] rows = new int[1];
    tx.each(
        """
        SELECT order_ref, sku, lines, %s FROM settled_item
        WHERE import_id = ? AND order_ref > ? ORDER BY import_id, order_ref, sku LIMIT ?"""
            .formatted(MEASURES),
        row -> {
          add(items, row);
          rows[0]++;
        },
        id,
        after,
        CHUNK);
    if (rows[0] == CHUNK) {
      String last = lastOf(items);
      items.remove(last);
      if (items.isEmpty()) {
        tx.each(
            """
            SELECT order_ref, sku, lines, %s FROM settled_item
            WHERE import_id = ? AND order_ref = ? ORDER BY sku"""
                .formatted(MEASURES),
            row -> add(items, row),
            id,
            last);
      }
    }
    return items;
  }

  /** The last of some orders that stand in a row; empty if there is none. */
  static String lastOf(Map<String, List<SettledOrder.Item>> orders) {
    String last = "";
    for (String order : orders.keySet()) {
      last = order;
    }
    return last;
  }

  private static void add(Map<String, List<SettledOrder.Item>> items, ResultSet row)
      throws SQLException {
    items.computeIfAbsent(row.getString(1), o -> new ArrayList<>()).add(item(row));
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
