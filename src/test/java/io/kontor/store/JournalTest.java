package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kontor.ledger.Account;
import io.kontor.ledger.Balances;
import io.kontor.ledger.DailyBalances;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.money.Currencies;
import io.kontor.money.Money;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JournalTest {

  private static final Account CLEARING = new Account("clearing:shopify:EUR");

  private final Journal journal = new Journal();
  private final JournalSums sums = new JournalSums();

  private void append(TestDatabase db, int first, int count) {
    db.run(
        tx ->
            journal.append(
                tx,
                IntStream.range(first, first + count)
                    .mapToObj(i -> Samples.entry(String.valueOf(i), Samples.DAY, "12.00"))
                    .toList()));
  }

  @OnBothDatabases
  void what_is_posted_is_known_by_fact(TestDatabase db) {
    db.run(
        tx ->
            journal.append(
                tx,
                List.of(
                    Samples.entry("1", Samples.DAY, "120.00"),
                    Samples.entry("1", Samples.DAY, "-20.00"),
                    Samples.entry("1", Samples.DAY.plusDays(1), "5.00"),
                    Samples.entry("2", Samples.DAY, "7.00"))));

    Map<String, DailyBalances> posted =
        db.in(tx -> sums.postedByFact(tx, List.of(Samples.order("1"), Samples.order("9"))));

    assertThat(posted).containsOnlyKeys(Samples.placed("1").toString());
    DailyBalances first = posted.get(Samples.placed("1").toString());
    assertThat(first.days()).containsOnlyKeys(Samples.DAY, Samples.DAY.plusDays(1));
    assertThat(first.days().get(Samples.DAY).of(CLEARING, Currencies.of("EUR")))
        .isEqualTo(Money.of("100.00", "EUR"));
    assertThat(first.sum().of(CLEARING, Currencies.of("EUR"))).isEqualTo(Money.of("105.00", "EUR"));
  }

  @OnBothDatabases
  void entries_come_back_as_they_were_appended(TestDatabase db) {
    Journal.NewEntry entry = Samples.entry("1", Samples.DAY, "120.00");
    db.run(tx -> journal.append(tx, List.of(entry)));

    List<StoredEntry> read = new ArrayList<>();
    db.run(tx -> journal.stream(tx, JournalFilter.all().entity("nordwind"), read::add));

    assertThat(read).hasSize(1);
    assertThat(read.get(0).entry()).isEqualTo(entry.entry());
    assertThat(read.get(0).subject()).isEqualTo(entry.subject());
    assertThat(read.get(0).number()).isEmpty();
  }

  @OnBothDatabases
  void a_posting_in_another_currency_keeps_both_amounts(TestDatabase db) {
    Money dollars = Money.of("120.00", "USD");
    Money euros = Money.of("111.60", "EUR");
    JournalEntry entry =
        new JournalEntry(
            "nordwind",
            "shopify",
            Samples.DAY,
            "capture",
            Samples.placed("1").toString(),
            "captured/payment-captured",
            "3f2a9c",
            List.of(
                new Posting(CLEARING, dollars, euros),
                new Posting(new Account("deposits:shopify"), dollars.negated(), euros.negated())));
    db.run(tx -> journal.append(tx, List.of(new Journal.NewEntry(entry, Samples.order("1")))));
    db.run(tx -> journal.seal(tx, "nordwind", 10));

    List<StoredEntry> read = new ArrayList<>();
    db.run(tx -> journal.stream(tx, JournalFilter.all().entity("nordwind"), read::add));
    Balances posted =
        db.in(tx -> sums.postedByFact(tx, List.of(Samples.order("1"))))
            .get(Samples.placed("1").toString())
            .sum();

    assertThat(read.get(0).entry()).isEqualTo(entry);
    assertThat(posted.postings()).containsExactlyElementsOf(entry.postings());
    Balances balances = db.in(tx -> sums.balances(tx, "nordwind", Samples.DAY));
    assertThat(balances.postings()).containsExactlyElementsOf(entry.postings());
    Journal.ChainCheck check = db.in(tx -> journal.verifyChain(tx, "nordwind"));
    assertThat(check.broken()).isEmpty();
  }

  @OnBothDatabases
  void balances_end_with_the_day(TestDatabase db) {
    db.run(
        tx ->
            journal.append(
                tx,
                List.of(
                    Samples.entry("1", Samples.DAY, "120.00"),
                    Samples.entry("2", Samples.DAY.plusDays(1), "60.00"))));

    Balances today = db.in(tx -> sums.balances(tx, "nordwind", Samples.DAY));
    Balances tomorrow =
        db.in(tx -> sums.balances(tx, JournalFilter.all().from(Samples.DAY.plusDays(1))));

    assertThat(today.of(CLEARING, Currencies.of("EUR"))).isEqualTo(Money.of("120.00", "EUR"));
    assertThat(tomorrow.of(CLEARING, Currencies.of("EUR"))).isEqualTo(Money.of("60.00", "EUR"));
  }

  @OnBothDatabases
  void sealing_numbers_entries_without_gaps_and_the_chain_holds(TestDatabase db) {
    append(db, 0, 1_500);
    int first = db.in(tx -> journal.seal(tx, "nordwind", 1_100));
    append(db, 1_500, 10);
    int second = db.in(tx -> journal.seal(tx, "nordwind", 10_000));
    int third = db.in(tx -> journal.seal(tx, "nordwind", 10_000));

    List<Long> numbers = new ArrayList<>();
    db.run(
        tx ->
            journal.stream(
                tx, JournalFilter.all(), entry -> numbers.add(entry.number().orElseThrow())));
    Journal.ChainCheck check = db.in(tx -> journal.verifyChain(tx, "nordwind"));

    assertThat(List.of(first, second, third)).containsExactly(1_100, 410, 0);
    assertThat(numbers)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_510).boxed().toList());
    assertThat(check.broken()).isEmpty();
    assertThat(check.checked()).isEqualTo(1_510);
    assertThat(
            db.<Long, RuntimeException>in(
                tx -> journal.unsealed(tx, "nordwind", Instant.parse("2100-01-01T00:00:00Z"))))
        .isZero();
  }

  @OnBothDatabases
  void several_sealers_at_once_leave_one_chain(TestDatabase db) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> done = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int first = t * 100;
      done.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  append(db, first + i * 10, 10);
                  db.run(tx -> journal.seal(tx, "nordwind", 7));
                }
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> one : done) {
      one.get();
    }
    db.run(tx -> journal.seal(tx, "nordwind", 10_000));

    Journal.ChainCheck check = db.in(tx -> journal.verifyChain(tx, "nordwind"));

    assertThat(check.broken()).isEmpty();
    assertThat(check.checked()).isEqualTo(400);
  }

  @OnBothDatabases
  void an_amount_that_was_changed_afterwards_breaks_the_chain(TestDatabase db) {
    append(db, 0, 5);
    db.run(tx -> journal.seal(tx, "nordwind", 10));
    db.run(
        tx -> {
          if (db.kind == TestDatabase.Kind.POSTGRESQL) {
            tx.update("ALTER TABLE posting DISABLE TRIGGER append_only");
          }
          tx.update(
              """
              UPDATE posting SET amount = CASE line WHEN 2 THEN amount - 1 ELSE amount + 1 END
              WHERE line IN (2, 3) AND entry_id = (SELECT entry_id FROM journal_progress
                WHERE number = 3)""");
        });

    Journal.ChainCheck check = db.in(tx -> journal.verifyChain(tx, "nordwind"));

    assertThat(check.broken().orElseThrow()).contains("number 3").contains("not what was sealed");
  }

  @OnBothDatabases
  void an_entry_that_is_put_beside_the_chain_breaks_it(TestDatabase db) {
    append(db, 0, 3);
    db.run(tx -> journal.seal(tx, "nordwind", 10));
    String[] numbers = {"0", "4", "3", "-1"};
    for (String number : numbers) {
      forge(db);
      db.run(
          tx ->
              tx.update(
                  "INSERT INTO journal_progress (entry_id, entity, channel, posting_date, number)"
                      + " SELECT id, entity, channel, posting_date, CAST(? AS BIGINT)"
                      + " FROM journal_entry WHERE id = 99999",
                  Long.parseLong(number)));

      assertThat(db.in(tx -> journal.verifyChain(tx, "nordwind")).broken()).as(number).isPresent();
      unforge(db);
      assertThat(db.in(tx -> journal.verifyChain(tx, "nordwind")).broken()).isEmpty();
    }
    forge(db);
    assertThat(db.in(tx -> journal.verifyChain(tx, "nordwind")).broken().orElseThrow())
        .isEqualTo("1 entries are neither sealed nor about to be");
  }

  /** An entry like the first, by the back door. */
  private static void forge(TestDatabase db) {
    db.run(
        tx -> {
          tx.update(
              """
              INSERT INTO journal_entry SELECT 99999, entity, channel, posting_date, narration, fact,
                rule, mappings, subject, recorded_at FROM journal_entry
              WHERE id = (SELECT MIN(id) FROM journal_entry)""");
          tx.update(
              """
              INSERT INTO posting SELECT 99999, line, entity, posting_date, account, currency, amount,
                functional, functional_currency FROM posting
              WHERE entry_id = (SELECT MIN(id) FROM journal_entry)""");
        });
  }

  private static void unforge(TestDatabase db) {
    db.run(
        tx -> {
          disarm(db, tx);
          tx.update("DELETE FROM journal_progress WHERE entry_id = 99999");
          tx.update("DELETE FROM posting WHERE entry_id = 99999");
          tx.update("DELETE FROM journal_entry WHERE id = 99999");
        });
  }

  private static void disarm(TestDatabase db, Tx tx) {
    if (db.kind == TestDatabase.Kind.POSTGRESQL) {
      tx.update("ALTER TABLE posting DISABLE TRIGGER append_only");
      tx.update("ALTER TABLE journal_entry DISABLE TRIGGER append_only");
    }
  }

  @OnBothDatabases
  void what_stands_beside_an_entry_says_the_same_as_the_entry(TestDatabase db) {
    append(db, 0, 3);
    db.run(tx -> journal.seal(tx, "nordwind", 10));
    String first = " WHERE entry_id = (SELECT MIN(id) FROM journal_entry)";
    for (String change :
        new String[] {
          "UPDATE posting SET posting_date = posting_date %s 31",
          "UPDATE posting SET entity = CASE entity WHEN 'nordwind' THEN 'x' ELSE 'nordwind' END",
          "UPDATE journal_progress SET posting_date = posting_date %s 31",
          "UPDATE journal_progress SET channel = CASE channel WHEN 'shopify' THEN 'x' ELSE 'shopify' END"
        }) {
      db.run(
          tx -> {
            disarm(db, tx);
            tx.update(change.formatted("+") + first);
          });
      assertThat(db.in(tx -> journal.verifyChain(tx, "nordwind")).broken()).as(change).isPresent();
      db.run(tx -> tx.update(change.formatted("-") + first));
      assertThat(db.in(tx -> journal.verifyChain(tx, "nordwind")).broken()).as(change).isEmpty();
    }
  }

  @OnBothDatabases
  void postgresql_itself_refuses_to_change_the_journal(TestDatabase db) {
    assumeTrue(db.kind == TestDatabase.Kind.POSTGRESQL);
    append(db, 0, 1);

    for (String table :
        Set.of("journal_entry", "posting", "audit_log", "batch_account", "batch_book")) {
      assertThatThrownBy(() -> db.run(tx -> tx.update("DELETE FROM " + table)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void no_statement_of_ours_changes_what_is_append_only() throws Exception {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/kontor/store"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        sources.append(Files.readString(file));
      }
    }

    assertThat(sources.toString())
        .doesNotContainPattern(
            "(?i)(UPDATE|DELETE\\s+FROM|TRUNCATE)\\s+(journal_entry|posting|audit_log|batch_account|batch_book)\\b");
  }
}
