package io.kontor.store;

import static io.kontor.store.Columns.instant;

import io.kontor.ledger.Account;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.money.Money;
import io.kontor.sales.OrderKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads journal entries with their postings, some at a time. */
final class EntryReader {

  private static final int CHUNK = 1_000;

  private EntryReader() {}

  /** Over {@code journal_entry e} and, if the filter names a batch, {@code journal_progress g}. */
  static Conditions conditions(JournalFilter filter) {
    return new Conditions()
        .and("e.entity = ?", filter.entity())
        .and("e.channel = ?", filter.channel())
        .and("e.posting_date >= ?", filter.from())
        .and("e.posting_date <= ?", filter.upTo())
        .and("e.subject = ?", filter.subject())
        .and("g.batch = ?", filter.batch());
  }

  /** In the order of ids; memory does not grow with the number of entries. */
  static void stream(Tx tx, JournalFilter filter, Consumer<StoredEntry> consumer) {
    // Each chunk begins where the last ended, in the index that the order is read from: nothing is
    // sorted, and nothing is read twice.
    String sql =
        filter.batch().isPresent()
            ? "SELECT g.entry_id FROM journal_progress g JOIN journal_entry e ON e.id = g.entry_id"
                + conditions(filter).and("g.entry_id > ?").where()
                + " ORDER BY g.batch, g.entry_id LIMIT ?"
            : "SELECT e.id FROM journal_entry e"
                + conditions(filter).and("e.id > ?").where()
                + " ORDER BY e.id LIMIT ?";
    long last = 0;
    List<Long> ids;
    do {
      ids = tx.query(sql, row -> row.getLong(1), conditions(filter).parameters(last, CHUNK));
      read(tx, ids).forEach(consumer);
      last = ids.isEmpty() ? last : ids.get(ids.size() - 1);
    } while (ids.size() == CHUNK);
  }

  /** These entries, in the order of ids. */
  static List<StoredEntry> read(Tx tx, List<Long> ids) {
    List<StoredEntry> entries = new ArrayList<>(ids.size());
    if (ids.isEmpty()) {
      return entries;
    }
    Assembly assembly = new Assembly(entries);
    tx.each(
        """
        SELECT e.*, g.number, g.batch, g.booked_on, p.account, p.currency, p.amount,
          COALESCE(p.functional, p.amount) AS functional,
          COALESCE(p.functional_currency, p.currency) AS functional_currency
        FROM journal_entry e JOIN journal_progress g ON g.entry_id = e.id
          JOIN posting p ON p.entry_id = e.id
        WHERE e.id = ANY(?) ORDER BY e.id, p.line""",
        assembly::take,
        ids);
    assembly.finish();
    return entries;
  }

  /** In the entity's own currency the amount is the one figure that counts, and is sealed. */
  static Posting posting(ResultSet row) throws SQLException {
    Account account = new Account(row.getString("account"));
    Money amount = Columns.money(row, "amount", "currency");
    Money functional = Columns.money(row, "functional", "functional_currency");
    return amount.currency().equals(functional.currency())
        ? new Posting(account, amount)
        : new Posting(account, amount, functional);
  }

  /** An entry without its postings. */
  private record Head(
      long id,
      String entity,
      String channel,
      LocalDate date,
      String narration,
      String fact,
      String rule,
      String mappings,
      OrderKey subject,
      Instant recordedAt,
      OptionalLong number,
      Optional<String> batch,
      Optional<LocalDate> movedTo) {

    static Head read(ResultSet row) throws SQLException {
      long number = row.getLong("number");
      OptionalLong sealed = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
      return new Head(
          row.getLong("id"),
          row.getString("entity"),
          row.getString("channel"),
          Columns.date(row, "posting_date"),
          row.getString("narration"),
          row.getString("fact"),
          row.getString("rule"),
          row.getString("mappings"),
          Columns.orderKey(row, "subject"),
          instant(row, "recorded_at"),
          sealed,
          Columns.optional(row, "batch"),
          Optional.ofNullable(Columns.date(row, "booked_on")));
    }

    StoredEntry with(List<Posting> postings) {
      JournalEntry entry =
          new JournalEntry(
              entity, channel, date, narration, fact, rule, mappings, List.copyOf(postings));
      return new StoredEntry(id, entry, subject, recordedAt, number, batch, movedTo);
    }
  }

  /** Puts together rows of one posting each. */
  private static final class Assembly {

    private final List<StoredEntry> entries;
    private final List<Posting> postings = new ArrayList<>();
    private Head head;

    Assembly(List<StoredEntry> entries) {
      this.entries = entries;
    }

    void take(ResultSet row) throws SQLException {
      if (head == null || head.id() != row.getLong("id")) {
        finish();
        head = Head.read(row);
      }
      postings.add(posting(row));
    }

    void finish() {
      if (head != null) {
        entries.add(head.with(postings));
        postings.clear();
        head = null;
      }
    }
  }
}
