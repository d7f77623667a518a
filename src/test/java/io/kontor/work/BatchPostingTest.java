package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.RejectedFailure;
import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.MappingsReader;
import io.kontor.money.Money;
import io.kontor.store.AuditLog;
import io.kontor.store.Delivery;
import io.kontor.store.DeliveryState;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.PostingBatch;
import io.kontor.store.TestDatabase;
import io.kontor.store.WantedDelivery;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import io.kontor.work.batch.BatchSheets;
import io.kontor.work.batch.Books;
import io.kontor.work.batch.FileBooks;
import io.kontor.work.batch.Reversals;
import io.kontor.work.delivery.Redelivery;
import io.kontor.work.desk.DeskWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class BatchPostingTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);

  @OnBothDatabases
  void what_is_posted_is_not_posted_again(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch batch = posted(finance);

    assertThatThrownBy(() -> finance.approvals.approve(batch.id(), batch.hash(), Finance.MONA, ""))
        .hasMessageContaining("is posted already, by chris: nothing is posted twice");
    wantAgain(db, batch);
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);

    assertThat(finance.ledger.calls).isEqualTo(1);
    assertThat(finance.refusals(batch.id(), "approve-refused")).hasSize(1);
    assertThat(finance.refusals(batch.id(), "post-refused"))
        .containsExactly(
            "kontor: ODOO: batch %s is posted: only an approved one is posted, and only once"
                .formatted(batch.id()));
  }

  @OnBothDatabases
  void nothing_is_approved_or_posted_beside_what_only_the_books_know(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch first = posted(finance);
    BookEntry held = finance.ledger.held.values().iterator().next();
    finance.sell("2", DAY.plusDays(1), "5.00");
    PostingBatch next = finance.propose(DAY.plusDays(1), Actor.HUB);
    // As after a restore: the books have a batch that this database has lost.
    String lost = first.id().replace("/1", "/7") + "/" + DAY;
    finance.ledger.held.put(lost, held);

    assertThatThrownBy(
            () -> finance.approvals.approve(next.id(), next.hash(), Finance.CHRIS, "looked"))
        .hasMessageContaining("what this hub does not know, as after an older backup")
        .hasMessageContaining(lost);
    assertThat(finance.refusals(next.id(), "approve-refused")).hasSize(1);

    finance.ledger.held.remove(lost);
    finance.approvals.approve(next.id(), next.hash(), Finance.CHRIS, "looked");
    finance.ledger.held.put(lost, held);
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);

    assertThat(finance.refusals(next.id(), "post-refused")).hasSize(1);
    assertThat(finance.ledger.calls).isEqualTo(1);
  }

  @OnBothDatabases
  void what_a_slow_node_posted_is_done_for_the_node_that_took_it_over(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch batch = posted(finance);
    // The other node had posted it, and came too late to say so of the delivery.
    wantAgain(db, batch);
    Duration lease = Duration.ofMinutes(5);
    db.run(tx -> db.store.claiming().claim(tx, Consequence.POST_TO_ODOO, 1, "slow", lease));
    db.clock.goOn(lease.plusSeconds(1));

    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);

    assertThat(finance.ledger.calls).isEqualTo(1);
    Optional<Delivery> after = db.in(tx -> db.store.deliveries().find(tx, posting(batch).id()));
    assertThat(after).map(Delivery::state).contains(DeliveryState.SENT);
    assertThat(finance.acts(batch.id()))
        .extracting(AuditLog.Act::what)
        .containsOnlyOnce("posted")
        .doesNotContain("post-refused");
  }

  @OnBothDatabases
  void an_approved_batch_stays_on_the_desk_until_its_books_have_it(TestDatabase db) {
    Finance finance = new Finance(db);
    DeskWork desk = finance.desk((document, within) -> true);
    finance.ledger.refusal = Optional.of("account 8400 is not in the chart");
    PostingBatch batch = posted(finance);
    long item = open(db).get(0).id();

    assertThatThrownBy(() -> desk.skip(item, Finance.MONA, "never mind"))
        .hasMessageContaining("batch " + batch.id() + " is approved")
        .hasMessageContaining("retry item " + item);
    assertThatThrownBy(() -> desk.resolve(item, Finance.MONA, "booked by hand"))
        .hasMessageContaining("take back what was booked by hand");
    assertThat(open(db)).extracting(WorkItem::id).containsExactly(item);

    finance.ledger.refusal = Optional.empty();
    desk.retry(item, Finance.MONA);
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    assertThat(finance.find(batch.id()).state()).isEqualTo(PostingBatch.State.POSTED);
    assertThat(open(db)).isEmpty();
  }

  @OnBothDatabases
  void what_is_said_of_a_batch_that_is_posted_is_put_away(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch batch = posted(finance);
    wantAgain(db, batch);
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    long item = open(db).get(0).id();

    finance.desk((document, within) -> true).skip(item, Finance.MONA, "it is there");

    assertThat(open(db)).isEmpty();
  }

  @OnBothDatabases
  void a_summary_is_one_entry_a_day_with_a_line_an_account(TestDatabase db) {
    Finance finance = new Finance(db);
    for (int i = 0; i < 500; i++) {
      finance.sell("a" + i, DAY, "1.00");
      finance.sell("b" + i, DAY.minusDays(1), "2.00");
    }
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);

    assertThat(finance.ledger.held.keySet())
        .containsExactly(batch.id() + "/2026-11-18", batch.id() + "/2026-11-19");
    assertThat(finance.ledger.held.get(batch.id() + "/2026-11-18").lines())
        .extracting(BookEntry.Line::amount)
        .containsExactly(Money.of("1000.00", "EUR"), Money.of("-1000.00", "EUR"));
  }

  @OnBothDatabases
  void a_reversal_is_shown_with_sides_swapped_on_the_first_open_day(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch batch = posted(finance);
    Reversals reversals =
        new Reversals(
            db.store.database(),
            db.store.batches(),
            db.store.periods(),
            finance.entries,
            finance.mappings,
            db.clock);

    Reversals.Preview preview = reversals.preview(batch.id(), Optional.empty(), Optional.empty());

    assertThat(preview.date()).isEqualTo(LocalDate.of(2026, 11, 20));
    assertThat(preview.entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.reference()).isEqualTo(batch.id() + "/2026-11-19/reversal");
              assertThat(entry.date()).isEqualTo(LocalDate.of(2026, 11, 20));
              assertThat(entry.lines())
                  .extracting(BookEntry.Line::amount)
                  .containsExactly(Money.of("-119.00", "EUR"), Money.of("119.00", "EUR"));
            });
    finance.periods.lock(Finance.ENTITY, YearMonth.of(2026, 10), Finance.MONA, "");
    assertThatThrownBy(
            () ->
                reversals.preview(
                    batch.id(), Optional.empty(), Optional.of(LocalDate.of(2026, 10, 5))))
        .hasMessageContaining("the first open day from then on is 2026-11-01");
    assertThatThrownBy(
            () ->
                reversals.preview(
                    batch.id(), Optional.empty(), Optional.of(LocalDate.of(2026, 11, 18))))
        .hasMessageContaining("none is taken back before it was booked");
    finance.sell("9", DAY, "1.00");
    PostingBatch open = finance.propose(DAY, Actor.HUB);
    assertThatThrownBy(() -> reversals.preview(open.id(), Optional.empty(), Optional.empty()))
        .hasMessageContaining("there is nothing to reverse");
    assertThat(db.in(db.store.journal()::count)).isEqualTo(2);
  }

  @OnBothDatabases
  void what_a_batch_is_looked_at_by_is_what_the_books_get(TestDatabase db) {
    Finance finance = new Finance(db);
    BatchSheets sheets = new BatchSheets(db.store.database(), db.store.batches(), finance.entries);
    finance.sell("1", DAY, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);

    BatchSheets.Sheet before = sheets.of(batch.id(), Optional.empty());
    assertThat(before.posted()).isEmpty();
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);

    assertThat(finance.ledger.held.values()).containsExactlyElementsOf(before.entries());
    assertThat(sheets.of(batch.id(), Optional.empty()).posted())
        .extracting(PostingBatch.Posted::target)
        .containsExactly("ODOO");
  }

  @OnBothDatabases
  void what_odoo_lost_of_a_posted_batch_is_posted_again_as_it_was_approved(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch batch = posted(finance);
    List<BookEntry> entries = List.copyOf(finance.ledger.held.values());
    finance.ledger.held.clear();

    List<String> again =
        new Redelivery(db.store, finance.mappings, one -> {}).again(batch.id(), Finance.MONA);

    assertThat(again).containsExactly("post-to-odoo:" + batch.id());
    assertThat(finance.find(batch.id()).state()).isEqualTo(PostingBatch.State.APPROVED);
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    assertThat(finance.ledger.held.values()).containsExactlyElementsOf(entries);
    assertThat(finance.find(batch.id()).state()).isEqualTo(PostingBatch.State.POSTED);
    assertThat(finance.acts(batch.id())).extracting(AuditLog.Act::what).contains("redeliver");
  }

  @OnBothDatabases
  void books_that_an_entity_got_later_get_the_batches_of_before(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch batch = posted(finance);
    List<BookEntry> entries = List.copyOf(finance.ledger.held.values());
    Mappings withFiles = MappingsReader.read(Path.of("mappings"));

    List<String> again =
        new Redelivery(db.store, withFiles, one -> {}).again(batch.id(), Finance.MONA);

    assertThat(again).containsExactly("post-to-odoo:" + batch.id(), "post-to-file:" + batch.id());
    assertThat(finance.find(batch.id()).state()).isEqualTo(PostingBatch.State.APPROVED);
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    assertThat(finance.ledger.held.values()).containsExactlyElementsOf(entries);
    Set<String> both = Set.of("post-to-odoo:" + batch.id(), "post-to-file:" + batch.id());
    Map<String, DeliveryState> states = db.in(tx -> db.store.deliveries().states(tx, both));
    assertThat(states)
        .containsEntry("post-to-odoo:" + batch.id(), DeliveryState.SENT)
        .containsEntry("post-to-file:" + batch.id(), DeliveryState.PENDING);
  }

  @OnBothDatabases
  void a_rejected_batch_has_nothing_to_look_at(TestDatabase db) {
    Finance finance = new Finance(db);
    BatchSheets sheets = new BatchSheets(db.store.database(), db.store.batches(), finance.entries);
    finance.sell("1", DAY, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.rejections.reject(batch.id(), Finance.CHRIS, "not yet");

    assertThatThrownBy(() -> sheets.of(batch.id(), Optional.empty()))
        .hasMessageContaining("was rejected, which left its entries to the next one");
    assertThatThrownBy(() -> sheets.of("no/such", Optional.empty()))
        .hasMessageContaining("there is no batch no/such");
  }

  @OnBothDatabases
  void the_file_book_is_written_once_and_what_differs_is_left_alone(
      TestDatabase db, @TempDir Path root) throws IOException {
    Finance finance = new Finance(db);
    PostingBatch batch = posted(finance);
    FileBooks files = new FileBooks(root);
    List<BookEntry> entries = List.copyOf(finance.ledger.held.values());

    String reference = files.post(finance.entity(), batch.id(), batch.hash(), entries, () -> {});
    String again = files.post(finance.entity(), batch.id(), batch.hash(), entries, () -> {});

    assertThat(again).isEqualTo(reference);
    List<String> leftOut = new ArrayList<>();
    assertThat(files.balances(finance.entity(), DAY, leftOut::add))
        .isEqualTo(finance.ledger.balances(finance.entity(), DAY, leftOut::add));
    assertThat(leftOut).isEmpty();
    assertThatThrownBy(() -> files.post(finance.entity(), batch.id(), "other", entries, () -> {}))
        .isInstanceOf(RejectedFailure.class)
        .hasMessageContaining("nothing is written over it");
    Path csv;
    try (var list = Files.walk(root)) {
      csv = list.filter(file -> file.toString().endsWith(".csv")).findFirst().orElseThrow();
    }
    Files.writeString(csv, Files.readString(csv).replace("119.00", "118.00"));
    assertThatThrownBy(
            () -> files.post(finance.entity(), batch.id(), batch.hash(), entries, () -> {}))
        .hasMessageContaining("does not vouch for its files");
  }

  @OnBothDatabases
  void a_manifest_that_cannot_be_read_is_named_and_the_other_batches_still_count(
      TestDatabase db, @TempDir Path root) throws IOException {
    Finance finance = new Finance(db);
    PostingBatch batch = posted(finance);
    FileBooks files = new FileBooks(root);
    List<BookEntry> entries = List.copyOf(finance.ledger.held.values());
    Path folder =
        root.resolve(files.post(finance.entity(), batch.id(), batch.hash(), entries, () -> {}));
    Path manifest = folder.resolve(folder.getFileName() + ".manifest.json");
    Files.writeString(manifest, "{\"batch\": ");

    List<String> leftOut = new ArrayList<>();
    assertThat(files.balances(finance.entity(), DAY, leftOut::add)).isEmpty();
    files.post(finance.entity(), "another", "its hash", entries, () -> {});
    assertThat(files.balances(finance.entity(), DAY, out -> {}))
        .isEqualTo(finance.ledger.balances(finance.entity(), DAY, out -> {}));
    assertThat(leftOut).singleElement().asString().contains(manifest.toString());
    assertThatThrownBy(
            () -> files.post(finance.entity(), batch.id(), batch.hash(), entries, () -> {}))
        .isInstanceOf(RejectedFailure.class)
        .hasMessageContaining(manifest.toString());
  }

  @OnBothDatabases
  void a_file_book_that_is_gone_is_named_and_so_is_one_that_nobody_here_wrote(
      TestDatabase db, @TempDir Path root) throws IOException {
    Finance finance = new Finance(db);
    PostingBatch batch = posted(finance);
    FileBooks files = new FileBooks(root);
    List<BookEntry> entries = List.copyOf(finance.ledger.held.values());
    String reference = files.post(finance.entity(), batch.id(), batch.hash(), entries, () -> {});
    assertThat(differences(files, finance, batch, entries)).isEmpty();

    Path elsewhere = root.resolve(Finance.ENTITY).resolve("of-another-hub");
    Files.move(root.resolve(reference), elsewhere);

    assertThat(differences(files, finance, batch, entries))
        .containsExactly(
            "batch %s was written to %s, which is not there any more"
                .formatted(batch.id(), root.resolve(reference)),
            elsewhere + " is no batch of this hub");
  }

  private static List<String> differences(
      FileBooks files, Finance finance, PostingBatch batch, List<BookEntry> entries) {
    Books.EntryComparison comparison = files.compare(finance.entity(), Set.of(YearMonth.from(DAY)));
    comparison.add(batch.id(), entries, true);
    return comparison.differences();
  }

  private static List<WorkItem> open(TestDatabase db) {
    return db.in(tx -> db.store.workItems().list(tx, WorkItems.Filter.open(), 0, 10));
  }

  /** As if it had not been noticed that the books have it. */
  private static void wantAgain(TestDatabase db, PostingBatch batch) {
    db.run(tx -> db.store.deliveries().want(tx, List.of(posting(batch))));
  }

  private static WantedDelivery posting(PostingBatch batch) {
    return new WantedDelivery(
        batch.entity(),
        batch.channel(),
        batch.id(),
        Consequence.POST_TO_ODOO,
        "nordwind/post-to-odoo",
        Optional.empty(),
        Instant.EPOCH);
  }

  private static PostingBatch posted(Finance finance) {
    finance.sell("1", DAY, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    return batch;
  }
}
