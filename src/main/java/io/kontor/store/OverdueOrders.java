package io.kontor.store;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.function.Consumer;

/** Orders of which the ledger holds what settlements should have paid or taken by now. */
public final class OverdueOrders {

  /** What is open on the clearing accounts, beside what settlements came to. */
  private static final String OVERDUE =
      """
      SELECT o.order_ref, o.charged - o.refunded AS expected,
        COALESCE(s.sales + s.refunds, 0) AS found, s.order_ref IS NOT NULL AS settled,
        COALESCE(s.sales, 0) >= o.charged AS paid
      FROM (
        SELECT SUBSTRING(e.subject, CAST(? AS INTEGER)) AS order_ref,
          SUM(CASE WHEN %s THEN 0 ELSE p.amount END) AS charged,
          SUM(CASE WHEN %s THEN -p.amount ELSE 0 END) AS refunded
        FROM journal_entry e JOIN posting p ON p.entry_id = e.id
        WHERE e.entity = ? AND e.channel = ? AND LEFT(e.fact, ?) <> ?
          AND %s AND p.currency = ? AND p.posting_date >= ? AND (p.posting_date <= ? OR %s)
          AND NOT EXISTS (SELECT 1 FROM settled_order c
            WHERE c.import_id = ? AND c.order_ref = SUBSTRING(e.subject, CAST(? AS INTEGER)))
        GROUP BY e.subject
        HAVING MAX(CASE WHEN p.posting_date BETWEEN ? AND ? THEN 1 ELSE 0 END) = 1) o
      LEFT JOIN (
        SELECT i.order_ref, SUM(i.sales) AS sales,
          CASE WHEN ? THEN SUM(i.refunds) ELSE 0 END AS refunds
        FROM settled_order i JOIN settlement t ON t.import_id = i.import_id
        WHERE t.entity = ? AND t.channel = ? AND t.currency = ?
        GROUP BY i.order_ref) s ON s.order_ref = o.order_ref
      WHERE ((s.order_ref IS NULL AND o.charged <> o.refunded)
          OR (? AND -s.refunds < o.refunded AND s.sales + s.refunds <> o.charged - o.refunded)
          OR (s.sales < o.charged AND s.sales + s.refunds < o.charged - o.refunded))
        AND NOT EXISTS (
          SELECT 1 FROM settlement_finding f JOIN settlement t ON t.import_id = f.import_id
          WHERE t.entity = ? AND t.channel = ? AND f.sku = '' AND f.outcome <> ?
            AND f.order_ref = o.order_ref)
      ORDER BY o.order_ref""";

  /**
   * Where and since when to look.
   *
   * @param clearing the beginning of the paths of the channel's clearing accounts
   * @param since the first day that counts
   * @param due the day up to which everything should be settled
   * @param refunds whether the ledger knows refunds otherwise than by settlements
   */
  public record Search(
      String entity,
      String channel,
      Currency currency,
      String clearing,
      LocalDate since,
      LocalDate due,
      boolean refunds) {}

  /**
   * An order.
   *
   * @param expected what the ledger expects of settlements: charges less refunds
   * @param found what settlements came to
   * @param settled whether any settlement names it
   * @param paid whether settlements paid all that was charged
   */
  public record Overdue(
      String order, BigDecimal expected, BigDecimal found, boolean settled, boolean paid) {}

  /**
   * Finds them: orders that are open and in no settlement, or of which settlements paid only a part
   * or took only a part of the refunds; what was written off is no more expected. Those of which a
   * settlement found something that it names are left out.
   *
   * @param compared a settlement whose orders were held against the whole ledger already: they are
   *     left out before anything is read of them
   * @param word the outcome under which these here are kept
   */
  public void each(
      Tx tx, Search search, Settlement compared, String word, Consumer<Overdue> consumer) {
    String prefix = search.entity() + "/" + search.channel() + "/";
    String received = prefix + "settlement-received/";
    tx.each(
        OVERDUE.formatted(
            Conditions.OF_REFUND,
            Conditions.OF_REFUND,
            Conditions.beginsWith(tx, "p.account"),
            Conditions.OF_WRITE_OFF),
        row ->
            consumer.accept(
                new Overdue(
                    row.getString("order_ref"),
                    row.getBigDecimal("expected"),
                    row.getBigDecimal("found"),
                    row.getBoolean("settled"),
                    row.getBoolean("paid"))),
        prefix.length() + 1,
        search.entity(),
        search.channel(),
        received.length(),
        received,
        search.clearing(),
        search.currency().getCurrencyCode(),
        search.since(),
        search.due(),
        compared.importId(),
        prefix.length() + 1,
        search.since(),
        search.due(),
        search.refunds(),
        search.entity(),
        search.channel(),
        search.currency().getCurrencyCode(),
        search.refunds(),
        search.entity(),
        search.channel(),
        word);
  }
}
