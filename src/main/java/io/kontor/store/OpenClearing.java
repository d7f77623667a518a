package io.kontor.store;

import io.kontor.ledger.Account;
import io.kontor.money.Money;
import io.kontor.sales.OrderKey;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/** Orders of which the clearing accounts hold what no settlement has paid or taken. */
public final class OpenClearing {

  /** Orders beside what settlements came to, where the two are not equal. */
  private static final String OPEN =
      """
      FROM (
        SELECT SUBSTRING(e.subject, CAST(? AS INTEGER)) AS order_ref,
          MIN(p.posting_date) AS since,
          SUM(CASE WHEN %1$s OR %3$s THEN 0 ELSE p.amount END) AS charged,
          SUM(CASE WHEN %1$s THEN -p.amount ELSE 0 END) AS refunded,
          SUM(CASE WHEN %3$s THEN -p.amount ELSE 0 END) AS written_off
        FROM journal_entry e JOIN posting p ON p.entry_id = e.id
        WHERE e.entity = ? AND e.channel = ? AND LEFT(e.fact, ?) <> ?
          AND %2$s AND p.currency = ?
        GROUP BY e.subject) o
      LEFT JOIN (
        SELECT i.order_ref, SUM(i.sales + i.refunds) AS settled,
          SUM(CASE WHEN ? THEN 0 ELSE -i.refunds END) AS given_back
        FROM settled_order i JOIN settlement t ON t.import_id = i.import_id
        WHERE t.entity = ? AND t.channel = ? AND t.currency = ?
        GROUP BY i.order_ref) s ON s.order_ref = o.order_ref
      WHERE o.charged - o.refunded - o.written_off - COALESCE(s.given_back, 0)
        <> COALESCE(s.settled, 0)""";

  /**
   * Where to look.
   *
   * @param clearing the beginning of the paths of the channel's clearing accounts
   * @param refunds whether the ledger knows refunds otherwise than by settlements
   */
  public record Search(
      String entity, String channel, Currency currency, String clearing, boolean refunds) {}

  /**
   * An order.
   *
   * @param since the first day on which something of it was booked
   * @param refunded what was refunded, as facts say it, or settlements where they alone do; zero or
   *     positive
   * @param writtenOff what finance gave up of it
   * @param settled what settlements paid of it, less what they took for refunds
   */
  public record Open(
      String order,
      LocalDate since,
      BigDecimal charged,
      BigDecimal refunded,
      BigDecimal writtenOff,
      BigDecimal settled) {

    /** Below zero what was paid too much. */
    public BigDecimal open() {
      return charged.subtract(refunded).subtract(writtenOff).subtract(settled);
    }
  }

  /** How many there are and what they are open for. */
  public record Total(long orders, BigDecimal open) {}

  /** The oldest of them. */
  public List<Open> list(Tx tx, Search search, int limit) {
    return tx.query(
        "SELECT o.order_ref, o.since, o.charged,"
            + " o.refunded + COALESCE(s.given_back, 0) AS refunded,"
            + " o.written_off, COALESCE(s.settled, 0) AS settled "
            + from(tx)
            + " ORDER BY o.since, o.order_ref LIMIT "
            + limit,
        row ->
            new Open(
                row.getString("order_ref"),
                Columns.date(row, "since"),
                row.getBigDecimal("charged"),
                row.getBigDecimal("refunded"),
                row.getBigDecimal("written_off"),
                row.getBigDecimal("settled")),
        parameters(search));
  }

  /** All of them together. */
  public Total total(Tx tx, Search search) {
    return tx.first(
            "SELECT COUNT(*) AS orders,"
                + " COALESCE(SUM(o.charged - o.refunded - o.written_off"
                + " - COALESCE(s.given_back, 0) - COALESCE(s.settled, 0)), 0) AS open "
                + from(tx),
            row -> new Total(row.getLong("orders"), row.getBigDecimal("open")),
            parameters(search))
        .orElseThrow();
  }

  /** What stands on one of the clearing accounts of an order, also if it is nothing. */
  public record Held(Account account, Money amount) {}

  /**
   * What stands on the clearing accounts of an order, without what settlements came to.
   *
   * @param clearing the beginning of their paths
   */
  public List<Held> held(Tx tx, OrderKey order, String clearing) {
    return tx.query(
        """
        SELECT p.account, p.currency, SUM(p.amount) AS amount
        FROM journal_entry e JOIN posting p ON p.entry_id = e.id
        WHERE e.subject = ? AND %s GROUP BY p.account, p.currency ORDER BY p.account, p.currency"""
            .formatted(Conditions.beginsWith(tx, "p.account")),
        row ->
            new Held(
                new Account(row.getString("account")), Columns.money(row, "amount", "currency")),
        order.toString(),
        clearing);
  }

  /**
   * What settlements in a currency paid of an order, less what they took for refunds.
   *
   * @param refunds whether the ledger knows refunds otherwise than by settlements
   */
  public Money settled(Tx tx, OrderKey order, Currency currency, boolean refunds) {
    return tx.first(
            """
            SELECT COALESCE(SUM(CASE WHEN ? THEN i.sales + i.refunds ELSE i.sales END), 0) AS settled
            FROM settled_order i JOIN settlement t ON t.import_id = i.import_id
            WHERE t.entity = ? AND t.channel = ? AND t.currency = ? AND i.order_ref = ?""",
            row -> Money.of(row.getBigDecimal("settled"), currency),
            refunds,
            order.entity(),
            order.channel(),
            currency.getCurrencyCode(),
            order.order())
        .orElseThrow();
  }

  private static String from(Tx tx) {
    return OPEN.formatted(
        Conditions.OF_REFUND, Conditions.beginsWith(tx, "p.account"), Conditions.OF_WRITE_OFF);
  }

  private static Object[] parameters(Search search) {
    String prefix = search.entity() + "/" + search.channel() + "/";
    String received = prefix + "settlement-received/";
    String currency = search.currency().getCurrencyCode();
    return new Object[] {
      prefix.length() + 1,
      search.entity(),
      search.channel(),
      received.length(),
      received,
      search.clearing(),
      currency,
      search.refunds(),
      search.entity(),
      search.channel(),
      currency
    };
  }
}
