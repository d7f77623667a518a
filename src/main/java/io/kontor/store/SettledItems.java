package io.kontor.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each order and SKU comes to in a settlement, beside what facts, ledger and other settlements
 * know of the order.
 */
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

  /** One item of an order: what its lines come to. */
  public record Item(String sku, Map<Measure, BigDecimal> sums, long lines) {

    public BigDecimal sum(Measure measure) {
      return sums.getOrDefault(measure, BigDecimal.ZERO);
    }
  }

  /**
   * An order of a settlement.
   *
   * @param recorded whether any fact of it is recorded
   * @param booked whether any entry was made for it
   * @param charged what entries put on its clearing account
   * @param chargedThen the part of it until the last day of the span
   * @param chargedDue the part of it until the day up to which everything should be settled
   * @param refunded what entries took off it; not negative
   * @param refundedThen likewise
   * @param refundedDue likewise
   * @param salesElsewhere what other settlements paid of its sale
   * @param refundsElsewhere what other settlements took for its refunds
   */
  public record Order(
      String order,
      List<Item> items,
      boolean recorded,
      boolean booked,
      BigDecimal charged,
      BigDecimal chargedThen,
      BigDecimal chargedDue,
      BigDecimal refunded,
      BigDecimal refundedThen,
      BigDecimal refundedDue,
      BigDecimal salesElsewhere,
      BigDecimal refundsElsewhere) {

    public BigDecimal sum(Measure measure) {
      return items.stream().map(item -> item.sum(measure)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public long lines() {
      return items.stream().mapToLong(Item::lines).sum();
    }
  }

  /**
   * Which days of the ledger are looked at by themselves, and which accounts.
   *
   * @param due the day up to which everything should be settled
   * @param last the last day of the newest settlement
   * @param clearing the beginning of the paths of the channel's clearing accounts
   */
  public record LedgerSpan(String clearing, LocalDate due, LocalDate last) {}

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

  /**
   * Every order of a settlement, in their order; some thousands are in memory at a time.
   *
   * @param others the imports of the channel's other settlements
   */
  public void orders(
      Tx tx,
      Settlement settlement,
      LedgerSpan span,
      Collection<String> others,
      Consumer<Order> consumer) {
    joinByIndex(tx, "off");
    Map<String, List<Item>> chunk = items(tx, settlement, "");
    while (!chunk.isEmpty()) {
      new Chunk(tx, settlement, chunk).read(span, others).forEach(consumer);
      chunk = items(tx, settlement, lastOf(chunk));
    }
    joinByIndex(tx, "DEFAULT");
  }

  /**
   * Says whether PostgreSQL may join otherwise than by an index: left to itself it scans the whole
   * ledger for each page.
   */
  private static void joinByIndex(Tx tx, String otherJoins) {
    if (!tx.embedded()) {
      tx.update("SET LOCAL enable_hashjoin = " + otherJoins);
      tx.update("SET LOCAL enable_mergejoin = " + otherJoins);
    }
  }

  private static String lastOf(Map<String, List<Item>> chunk) {
    String last = "";
    for (String order : chunk.keySet()) {
      last = order;
    }
    return last;
  }

  /** The next orders with all their items: the last order of a full page may go on, and waits. */
  private static Map<String, List<Item>> items(Tx tx, Settlement settlement, String after) {
    Map<String, List<Item>> items = new LinkedHashMap<>();
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

  private static void add(Map<String, List<Item>> items, ResultSet row) throws SQLException {
    items.computeIfAbsent(row.getString(1), o -> new ArrayList<>()).add(item(row));
  }

  private static Item item(ResultSet row) throws SQLException {
    Map<Measure, BigDecimal> sums = new EnumMap<>(Measure.class);
    int column = 4;
    for (Measure measure : Measure.values()) {
      BigDecimal sum = row.getBigDecimal(column++);
      if (sum.signum() != 0) {
        sums.put(measure, sum);
      }
    }
    return new Item(row.getString(2), sums, row.getLong(3));
  }

  /** Some orders that stand in a row, read together with what the other sides know of them. */
  private static final class Chunk {
    private final Tx tx;
    private final Map<String, List<Item>> items;
    private final String prefix;
    private final String first;
    private final String last;

    Chunk(Tx tx, Settlement settlement, Map<String, List<Item>> items) {
      this.tx = tx;
      this.items = items;
      this.prefix = settlement.entity() + "/" + settlement.channel() + "/";
      this.first = items.keySet().iterator().next();
      this.last = lastOf(items);
    }

    private record Ledger(
        BigDecimal charged,
        BigDecimal chargedThen,
        BigDecimal chargedDue,
        BigDecimal refunded,
        BigDecimal refundedThen,
        BigDecimal refundedDue) {}

    private record Elsewhere(BigDecimal sales, BigDecimal refunds) {}

    private static final Ledger NO_LEDGER =
        new Ledger(
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO);
    private static final Elsewhere NOWHERE = new Elsewhere(BigDecimal.ZERO, BigDecimal.ZERO);

    List<Order> read(LedgerSpan span, Collection<String> others) {
      Map<String, Ledger> ledger = ledger(span);
      // Entries come of facts: only where there is none it is worth asking.
      Set<String> recorded =
          ledger.keySet().containsAll(items.keySet()) ? ledger.keySet() : recorded();
      Map<String, Elsewhere> elsewhere = elsewhere(others);
      return items.entrySet().stream()
          .map(
              entry -> {
                String order = entry.getKey();
                Ledger booked = ledger.getOrDefault(order, NO_LEDGER);
                Elsewhere other = elsewhere.getOrDefault(order, NOWHERE);
                return new Order(
                    order,
                    entry.getValue(),
                    recorded.contains(order),
                    ledger.containsKey(order),
                    booked.charged,
                    booked.chargedThen,
                    booked.chargedDue,
                    booked.refunded,
                    booked.refundedThen,
                    booked.refundedDue,
                    other.sales,
                    other.refunds);
              })
          .toList();
    }

    private String orderOf(String key) {
      return key.substring(prefix.length());
    }

    private Set<String> recorded() {
      return Set.copyOf(
          tx.query(
              "SELECT DISTINCT order_key FROM fact WHERE order_key >= ? AND order_key <= ?",
              row -> orderOf(row.getString(1)),
              prefix + first,
              prefix + last));
    }

    private Map<String, Ledger> ledger(LedgerSpan span) {
      Map<String, Ledger> ledger = new TreeMap<>();
      tx.each(
          """
          SELECT e.subject,
            SUM(CASE WHEN p.amount > 0 THEN p.amount ELSE 0 END) AS charged,
            SUM(CASE WHEN p.amount > 0 AND p.posting_date <= ? THEN p.amount ELSE 0 END) AS charged_then,
            SUM(CASE WHEN p.amount > 0 AND p.posting_date <= ? THEN p.amount ELSE 0 END) AS charged_due,
            SUM(CASE WHEN p.amount < 0 THEN -p.amount ELSE 0 END) AS refunded,
            SUM(CASE WHEN p.amount < 0 AND p.posting_date <= ? THEN -p.amount ELSE 0 END) AS refunded_then,
            SUM(CASE WHEN p.amount < 0 AND p.posting_date <= ? THEN -p.amount ELSE 0 END) AS refunded_due
          FROM journal_entry e
          LEFT JOIN posting p ON p.entry_id = e.id AND %s
          WHERE e.subject >= ? AND e.subject <= ? GROUP BY e.subject"""
              .formatted(Conditions.beginsWith(tx, "p.account")),
          row ->
              ledger.put(
                  orderOf(row.getString("subject")),
                  new Ledger(
                      row.getBigDecimal("charged"),
                      row.getBigDecimal("charged_then"),
                      row.getBigDecimal("charged_due"),
                      row.getBigDecimal("refunded"),
                      row.getBigDecimal("refunded_then"),
                      row.getBigDecimal("refunded_due"))),
          span.last(),
          span.due(),
          span.last(),
          span.due(),
          span.clearing(),
          prefix + first,
          prefix + last);
      return ledger;
    }

    private Map<String, Elsewhere> elsewhere(Collection<String> others) {
      Map<String, Elsewhere> elsewhere = new TreeMap<>();
      if (others.isEmpty()) {
        return elsewhere;
      }
      List<Object> parameters = new ArrayList<>(List.of(first, last));
      others.forEach(id -> parameters.add(Long.parseLong(id)));
      tx.each(
          """
          SELECT order_ref, SUM(sales) AS sales, SUM(refunds) AS refunds FROM settled_item
          WHERE order_ref >= ? AND order_ref <= ? AND import_id IN (%s) GROUP BY order_ref"""
              .formatted(others.stream().map(id -> "?").collect(Collectors.joining(", "))),
          row ->
              elsewhere.put(
                  row.getString("order_ref"),
                  new Elsewhere(row.getBigDecimal("sales"), row.getBigDecimal("refunds"))),
          parameters.toArray());
      return elsewhere;
    }
  }
}
