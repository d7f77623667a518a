package io.kontor.store;

import io.kontor.ledger.Balances;
import io.kontor.ledger.DailyBalances;
import io.kontor.ledger.Posting;
import io.kontor.sales.OrderKey;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the entries of the {@link Journal} come to. Thread-safe. */
public final class JournalSums {

  /** The entries that no batch has taken, by what a batch is made of. */
  public record Unbatched(String entity, String channel, LocalDate date, long entries) {}

  /** What is posted for these orders, by the name of the fact. */
  public Map<String, DailyBalances> postedByFact(Tx tx, Collection<OrderKey> subjects) {
    Map<String, DailyBalances> posted = new HashMap<>();
    if (!subjects.isEmpty()) {
      tx.each(
          """
          SELECT e.fact, e.posting_date, p.account, p.currency, SUM(p.amount) AS amount,
            SUM(COALESCE(p.functional, p.amount)) AS functional,
            COALESCE(p.functional_currency, p.currency) AS functional_currency
          FROM journal_entry e JOIN posting p ON p.entry_id = e.id
          WHERE e.subject = ANY(?)
          GROUP BY e.fact, e.posting_date, p.account, p.currency,
            COALESCE(p.functional_currency, p.currency)""",
          row ->
              posted
                  .computeIfAbsent(row.getString("fact"), f -> new DailyBalances())
                  .add(Columns.date(row, "posting_date"), EntryReader.posting(row)),
          subjects.stream().map(OrderKey::toString).distinct().toList());
    }
    return posted;
  }

  /** The balances of an entity at the end of a day. */
  public Balances balances(Tx tx, String entity, LocalDate upTo) {
    return sum(
        tx,
        """
        SELECT account, currency, SUM(amount) AS amount,
          SUM(COALESCE(functional, amount)) AS functional,
          COALESCE(functional_currency, currency) AS functional_currency
        FROM posting WHERE entity = ? AND posting_date <= ?
        GROUP BY account, currency, COALESCE(functional_currency, currency)""",
        entity,
        upTo);
  }

  /** The balances of what a filter selects. */
  public Balances balances(Tx tx, JournalFilter filter) {
    Conditions conditions = EntryReader.conditions(filter);
    return sum(
        tx,
        "SELECT p.account, p.currency, SUM(p.amount) AS amount,"
            + " SUM(COALESCE(p.functional, p.amount)) AS functional,"
            + " COALESCE(p.functional_currency, p.currency) AS functional_currency"
            + " FROM journal_progress g JOIN journal_entry e ON e.id = g.entry_id"
            + " JOIN posting p ON p.entry_id = g.entry_id"
            + conditions.where()
            + " GROUP BY p.account, p.currency, COALESCE(p.functional_currency, p.currency)",
        conditions.parameters());
  }

  private static Balances sum(Tx tx, String sql, Object... parameters) {
    Balances balances = new Balances();
    tx.each(sql, row -> balances.add(EntryReader.posting(row)), parameters);
    return balances;
  }

  /**
   * What one set of books should hold of an account in a month, or is to get.
   *
   * @param month of the day that it is booked on there
   * @param held whether the books have it, as far as we know
   * @param code of the account in the books, where it is in a batch that was frozen with its codes
   * @param name of that account
   */
  public record Booked(
      YearMonth month, boolean held, Optional<String> code, Optional<String> name, Posting sum) {}

  /** The whole journal of an entity by account and month, as a set of books sees it. */
  public List<Booked> booked(Tx tx, String entity, String target) {
    return tx.query(
        """
        SELECT EXTRACT(YEAR FROM x.booked) AS y, EXTRACT(MONTH FROM x.booked) AS m, x.held,
          x.code, x.name, x.account, x.currency, SUM(x.amount) AS amount,
          SUM(x.functional) AS functional, x.functional_currency
        FROM (SELECT COALESCE(g.booked_on, p.posting_date) AS booked, p.account, p.currency,
            p.amount, COALESCE(p.functional, p.amount) AS functional,
            COALESCE(p.functional_currency, p.currency) AS functional_currency,
            CASE WHEN t.batch IS NULL THEN 0 ELSE 1 END AS held, a.code, a.name
          FROM posting p JOIN journal_progress g ON g.entry_id = p.entry_id
            LEFT JOIN posting_batch_target t ON t.batch = g.batch AND t.target = ?
            LEFT JOIN batch_account a ON a.batch = g.batch AND a.account = p.account
          WHERE p.entity = ?) x
        GROUP BY EXTRACT(YEAR FROM x.booked), EXTRACT(MONTH FROM x.booked), x.held, x.code,
          x.name, x.account, x.currency, x.functional_currency
        ORDER BY y, m, x.account, x.currency, x.held""",
        row ->
            new Booked(
                YearMonth.of(row.getInt("y"), row.getInt("m")),
                row.getInt("held") == 1,
                Columns.optional(row, "code"),
                Columns.optional(row, "name"),
                EntryReader.posting(row)),
        target,
        entity);
  }

  /** How many entries up to a day are in no batch yet, by channel and posting date. */
  public List<Unbatched> unbatched(Tx tx, String entity, LocalDate upTo) {
    return tx.query(
        """
        SELECT channel, posting_date, COUNT(*) AS entries FROM journal_progress
        WHERE batch IS NULL AND entity = ? AND posting_date <= ?
        GROUP BY channel, posting_date ORDER BY channel, posting_date""",
        row ->
            new Unbatched(
                entity,
                row.getString("channel"),
                Columns.date(row, "posting_date"),
                row.getLong("entries")),
        entity,
        upTo);
  }
}
