package io.kontor.store;

import io.kontor.ledger.Account;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import io.kontor.words.Words;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How batches are written in the books. */
public final class BatchForms {

  private static final String ACCOUNTS =
      """
      SELECT DISTINCT p.account FROM journal_progress g JOIN posting p ON p.entry_id = g.entry_id
      WHERE g.batch = ?""";

  /** Freezes it as the entity is now. */
  void freeze(Tx tx, String batch, Entity entity) {
    List<Chart.Row> rows =
        tx.query(ACCOUNTS, row -> row.getString(1), batch).stream()
            .flatMap(
                account ->
                    entity
                        .chart()
                        .row(new Account(account))
                        .map(
                            row ->
                                new Chart.Row(
                                    account, row.code(), row.name(), row.type(), row.file()))
                        .stream())
            .toList();
    tx.batch(
        """
        INSERT INTO batch_account (batch, account, code, name, type, file)
        VALUES (?, ?, ?, ?, ?, ?)""",
        rows,
        row -> new Object[] {batch, row.account(), row.code(), row.name(), row.type(), row.file()});
    tx.batch(
        """
        INSERT INTO batch_book (batch, target, granularity, added) VALUES (?, ?, ?, FALSE)""",
        entity.books(),
        book -> new Object[] {batch, book.target().word(), book.granularity().word()});
  }

  /** The entity has got books that a batch is brought to only now: nothing if none was frozen. */
  public void addBook(Tx tx, String batch, Entity.Book book) {
    if (of(tx, batch).isPresent()) {
      tx.update(
          """
          INSERT INTO batch_book (batch, target, granularity, added) VALUES (?, ?, ?, TRUE)
          ON CONFLICT DO NOTHING""",
          batch,
          book.target().word(),
          book.granularity().word());
    }
  }

  /** How a batch is written; empty if nothing of it was frozen. */
  public Optional<BatchForm> of(Tx tx, String batch) {
    Map<Entity.Target, Entity.Granularity> books = books(tx, batch, "");
    return books.isEmpty()
        ? Optional.empty()
        : Optional.of(new BatchForm(new Chart(rows(tx, batch)), books));
  }

  /** The accounts of a batch that the chart had no row for: it cannot be written. */
  public List<String> missing(Tx tx, String batch) {
    return tx.query(
        """
        SELECT a.account FROM (%s) a
        WHERE EXISTS (SELECT 1 FROM batch_book b WHERE b.batch = ?)
          AND NOT EXISTS (SELECT 1 FROM batch_account c WHERE c.batch = ? AND c.account = a.account)
        ORDER BY a.account"""
            .formatted(ACCOUNTS),
        row -> row.getString(1),
        batch,
        batch,
        batch);
  }

  /** Adds how a batch is written to its hash; nothing if nothing of it was frozen. */
  void hash(Tx tx, String batch, FieldHash sha) {
    for (Chart.Row row : rows(tx, batch)) {
      sha.field(row.account()).field(row.code()).field(row.name());
      sha.field(row.type()).field(row.file());
    }
    books(tx, batch, " AND NOT added")
        .forEach((target, granularity) -> sha.field(target.word()).field(granularity.word()));
  }

  private static Map<Entity.Target, Entity.Granularity> books(Tx tx, String batch, String which) {
    Map<Entity.Target, Entity.Granularity> books = new EnumMap<>(Entity.Target.class);
    tx.each(
        "SELECT target, granularity FROM batch_book WHERE batch = ?" + which,
        row ->
            books.put(
                Words.constant(Entity.Target.class, row.getString("target")),
                Words.constant(Entity.Granularity.class, row.getString("granularity"))),
        batch);
    return books;
  }

  private static List<Chart.Row> rows(Tx tx, String batch) {
    return tx
        .query(
            "SELECT account, code, name, type, file FROM batch_account WHERE batch = ?",
            row ->
                new Chart.Row(
                    row.getString("account"),
                    row.getString("code"),
                    row.getString("name"),
                    row.getString("type"),
                    row.getString("file")),
            batch)
        .stream()
        // Not by the database, which may sort otherwise after it has moved: the hash would change.
        .sorted(Comparator.comparing(Chart.Row::account))
        .toList();
  }
}
