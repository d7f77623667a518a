package io.kontor.store;

import io.kontor.sales.OrderKey;
import io.kontor.store.SettledItems.CodeAt;
import io.kontor.store.SettledItems.Measure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The orders of a settlement, read page by page together with what facts, ledger and other
 * settlements know of them.
 */
public final class SettledOrders {

  /** Items that are read at once: what is kept in memory of a settlement of any size. */
  private static final int CHUNK = 10_000;

  /**
   * Which days of the ledger are looked at by themselves, and which accounts.
   *
   * @param due the day up to which everything should be settled
   * @param last the last day of the newest settlement
   * @param cutOver orders placed before this moment are in somebody else's ledger
   * @param clearing the beginning of the paths of the channel's clearing accounts
   */
  public record LedgerSpan(String clearing, LocalDate due, LocalDate last, Instant cutOver) {}

  /**
   * Every order of a settlement, in their order, in place of what was kept of them before; some
   * thousands are in memory at a time.
   *
   * @param codes which codes go into which measure
   * @param others the imports of the channel's other settlements, the oldest first
   * @param newer how many of them, the last ones, are newer than this one
   */
  public void each(
      Tx tx,
      Settlement settlement,
      Map<Measure, Set<CodeAt>> codes,
      LedgerSpan span,
      List<Long> others,
      int newer,
      Consumer<SettledOrder> consumer) {
    tx.update("DELETE FROM settled_order WHERE import_id = ?", settlement.importId());
    joinByIndex(tx, "off");
    Pages pages =
        new Pages(
            items -> {
              List<SettledOrder> orders =
                  new Chunk(tx, settlement, items).read(span, others, newer);
              keep(tx, settlement, orders);
              orders.forEach(consumer);
            });
    SettledItems.each(tx, settlement, codes, pages::add);
    pages.finish();
    joinByIndex(tx, "DEFAULT");
    refreshStatistics(tx);
  }

  /** The settlements of a channel that name an order, or found that none does. */
  public List<Settlement> about(Tx tx, OrderKey order) {
    return tx.query(
        """
        SELECT * FROM settlement s WHERE s.entity = ? AND s.channel = ? AND s.import_id IN (
          SELECT import_id FROM settled_order WHERE order_ref = ?
          UNION SELECT import_id FROM settlement_finding WHERE order_ref = ?)""",
        Settlements::read,
        order.entity(),
        order.channel(),
        order.order(),
        order.order());
  }

  /** The other settlements of the channel that name orders which this one names. */
  public List<Settlement> sharing(Tx tx, Settlement settlement) {
    return tx.query(
        """
        SELECT * FROM settlement s WHERE s.entity = ? AND s.channel = ? AND s.import_id <> ?
          AND EXISTS (SELECT 1 FROM settled_order own
            JOIN settled_order other ON other.order_ref = own.order_ref
            WHERE own.import_id = ? AND other.import_id = s.import_id)
        ORDER BY s.period_from, s.settlement_id""",
        Settlements::read,
        settlement.entity(),
        settlement.channel(),
        settlement.importId(),
        settlement.importId());
  }

  /**
   * The orders that a settlement was paid for and that nothing is known of in its channel, but in
   * another one.
   *
   * @param other the id of another channel of its entity
   */
  public List<String> ofAnotherChannel(Tx tx, Settlement settlement, String other, int limit) {
    return tx.query(
        """
        SELECT DISTINCT s.order_ref FROM settled_order s
          JOIN fact f ON f.order_key = ? || s.order_ref
        WHERE s.import_id = ? AND s.sales <> 0
          AND NOT EXISTS (SELECT 1 FROM fact own WHERE own.order_key = ? || s.order_ref)
        ORDER BY s.order_ref LIMIT ?""",
        row -> row.getString(1),
        settlement.entity() + "/" + other + "/",
        settlement.importId(),
        settlement.entity() + "/" + settlement.channel() + "/",
        limit);
  }

  /** What the matching of other settlements asks for. */
  private static void keep(Tx tx, Settlement settlement, List<SettledOrder> orders) {
    tx.load(
        "settled_order",
        List.of("import_id", "order_ref", "sales", "refunds"),
        orders,
        order ->
            new Object[] {
              settlement.importId(),
              order.order(),
              order.sum(Measure.SALES),
              order.sum(Measure.REFUNDS)
            });
  }

  /**
   * Tells the planner how many there are now: taking them for a handful, PostgreSQL compares every
   * order of the ledger with each of them.
   */
  private static void refreshStatistics(Tx tx) {
    if (!tx.embedded()) {
      tx.update("ANALYZE (SKIP_LOCKED) settled_order (import_id, order_ref)");
    }
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

  /** Items of orders that stand in a row, some thousands at once and of whole orders. */
  private static final class Pages {
    private final Consumer<Map<String, List<SettledOrder.Item>>> consumer;
    private Map<String, List<SettledOrder.Item>> items = new LinkedHashMap<>();
    private int size;

    Pages(Consumer<Map<String, List<SettledOrder.Item>>> consumer) {
      this.consumer = consumer;
    }

    void add(String order, SettledOrder.Item item) {
      if (size >= CHUNK && !items.containsKey(order)) {
        finish();
      }
      items.computeIfAbsent(order, o -> new ArrayList<>()).add(item);
      size++;
    }

    void finish() {
      if (!items.isEmpty()) {
        consumer.accept(items);
      }
      items = new LinkedHashMap<>();
      size = 0;
    }
  }

  /** Some orders that stand in a row, read together with what the other sides know of them. */
  private static final class Chunk {
    /**
     * Names that are joined are each looked up once; H2 compares what {@code ANY} found with all.
     */
    private static final String WANTED = "UNNEST(CAST(? AS VARCHAR ARRAY)) AS wanted (name)";

    private final Tx tx;
    private final Map<String, List<SettledOrder.Item>> items;
    private final String prefix;
    private final List<String> keys;

    Chunk(Tx tx, Settlement settlement, Map<String, List<SettledOrder.Item>> items) {
      this.tx = tx;
      this.items = items;
      this.prefix = settlement.entity() + "/" + settlement.channel() + "/";
      this.keys = items.keySet().stream().map(prefix::concat).toList();
    }

    List<SettledOrder> read(LedgerSpan span, List<Long> others, int newer) {
      Map<String, SettledOrder.Ledger> ledger = ledger(span);
      // Entries come of facts: only where there is none it is worth asking.
      Map<String, Boolean> recorded =
          ledger.keySet().containsAll(items.keySet()) ? Map.of() : recorded(span.cutOver());
      Map<String, SettledOrder.Elsewhere> elsewhere = elsewhere(others, newer);
      return items.entrySet().stream()
          .map(
              entry -> {
                String order = entry.getKey();
                return new SettledOrder(
                    order,
                    entry.getValue(),
                    ledger.containsKey(order) || recorded.containsKey(order),
                    recorded.getOrDefault(order, false),
                    ledger.containsKey(order),
                    ledger.getOrDefault(order, SettledOrder.Ledger.NOTHING),
                    elsewhere.getOrDefault(order, SettledOrder.Elsewhere.NOTHING));
              })
          .toList();
    }

    private String orderOf(String key) {
      return key.substring(prefix.length());
    }

    /** The orders that facts are recorded of, and whether they were placed before the cut-over. */
    private Map<String, Boolean> recorded(Instant cutOver) {
      Map<String, Boolean> recorded = new TreeMap<>();
      tx.each(
          """
          SELECT order_key,
            MAX(CASE WHEN kind = 'order-placed' AND occurred_at < ? THEN 1 ELSE 0 END)
          FROM %s JOIN fact ON order_key = wanted.name GROUP BY order_key"""
              .formatted(WANTED),
          row -> recorded.put(orderOf(row.getString(1)), row.getInt(2) == 1),
          cutOver,
          keys);
      return recorded;
    }

    /** The place of an import among the newer ones; -1 for an older one. */
    private static String age(List<Long> others, int newer) {
      if (newer == 0) {
        return "-1";
      }
      StringBuilder age = new StringBuilder("CASE import_id");
      for (int i = others.size() - newer; i < others.size(); i++) {
        age.append(" WHEN ").append(others.get(i)).append(" THEN ").append(i);
      }
      return age.append(" ELSE -1 END").toString();
    }

    private Map<String, SettledOrder.Ledger> ledger(LedgerSpan span) {
      Map<String, SettledOrder.Ledger> ledger = new TreeMap<>();
      tx.each(
          """
          SELECT e.subject,
            COALESCE(SUM(CASE WHEN %1$s THEN 0 ELSE p.amount END), 0) AS charged,
            SUM(CASE WHEN NOT %1$s AND (p.posting_date <= ? OR %4$s) THEN p.amount ELSE 0 END)
              AS charged_then,
            SUM(CASE WHEN NOT %1$s AND (p.posting_date <= ? OR %4$s) THEN p.amount ELSE 0 END)
              AS charged_due,
            COALESCE(SUM(CASE WHEN %1$s THEN -p.amount ELSE 0 END), 0) AS refunded,
            SUM(CASE WHEN %1$s AND p.posting_date <= ? THEN -p.amount ELSE 0 END) AS refunded_then,
            SUM(CASE WHEN %1$s AND p.posting_date <= ? THEN -p.amount ELSE 0 END) AS refunded_due
          FROM %2$s JOIN journal_entry e ON e.subject = wanted.name
          LEFT JOIN posting p ON p.entry_id = e.id AND %3$s
          GROUP BY e.subject"""
              .formatted(
                  Conditions.OF_REFUND,
                  WANTED,
                  Conditions.beginsWith(tx, "p.account"),
                  Conditions.OF_WRITE_OFF),
          row ->
              ledger.put(
                  orderOf(row.getString("subject")),
                  SettledOrder.Ledger.of(
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
          keys,
          span.clearing());
      return ledger;
    }

    private static Optional<Long> newer(List<Long> others, int age) {
      return age < 0 ? Optional.empty() : Optional.of(others.get(age));
    }

    private Map<String, SettledOrder.Elsewhere> elsewhere(List<Long> others, int newer) {
      Map<String, SettledOrder.Elsewhere> elsewhere = new TreeMap<>();
      if (others.isEmpty()) {
        return elsewhere;
      }
      List<Object> parameters = new ArrayList<>(List.of(items.keySet()));
      parameters.addAll(others);
      tx.each(
          """
          SELECT order_ref, SUM(sales) AS sales, SUM(refunds) AS refunds, MAX(%1$s) AS newest,
            MAX(CASE WHEN sales = 0 THEN -1 ELSE %1$s END) AS newest_sale
          FROM %2$s JOIN settled_order ON order_ref = wanted.name
          WHERE import_id IN (%3$s) GROUP BY order_ref"""
              .formatted(
                  age(others, newer),
                  WANTED,
                  others.stream().map(id -> "?").collect(Collectors.joining(", "))),
          row ->
              elsewhere.put(
                  row.getString("order_ref"),
                  new SettledOrder.Elsewhere(
                      row.getBigDecimal("sales"),
                      row.getBigDecimal("refunds"),
                      newer(others, row.getInt("newest")),
                      newer(others, row.getInt("newest_sale")))),
          parameters.toArray());
      return elsewhere;
    }
  }
}
