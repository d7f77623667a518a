package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.ledger.OpenDays;
import io.kontor.mapping.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class BatchesTest {

  private final Batches batches = new Batches();
  private final BatchContents contents = new BatchContents();
  private final Journal journal = new Journal();

  private void append(TestDatabase db, Journal.NewEntry... entries) {
    db.run(tx -> journal.append(tx, List.of(entries)));
  }

  private Optional<PostingBatch> propose(TestDatabase db) {
    return db.in(
        tx ->
            batches.propose(
                tx,
                Samples.entity(),
                "3f2a9c",
                "shopify",
                Samples.DAY,
                Set.of("mapping:olga", "erik"),
                OpenDays.ALL));
  }

  private PostingBatch find(TestDatabase db, String id) {
    return db.in(tx -> batches.find(tx, id)).orElseThrow();
  }

  @OnBothDatabases
  void a_batch_freezes_what_is_there_and_leaves_what_comes_later(TestDatabase db) {
    append(
        db,
        Samples.entry("1", Samples.DAY.minusDays(3), "120.00"),
        Samples.entry("2", Samples.DAY, "60.00"),
        Samples.entry("3", Samples.DAY.plusDays(1), "30.00"));

    PostingBatch batch = propose(db).orElseThrow();
    Optional<PostingBatch> nothing = propose(db);
    append(db, Samples.entry("1", Samples.DAY, "1.00"));

    assertThat(batch.id()).isEqualTo("nordwind/shopify/2026-11-20/1");
    assertThat(batch.entries()).isEqualTo(2);
    assertThat(batch.makers()).containsExactlyInAnyOrder("mapping:olga", "erik");
    assertThat(batch.state()).isEqualTo(PostingBatch.State.PROPOSED);
    assertThat(nothing).isEmpty();
    String current = db.in(tx -> contents.currentHash(tx, batch.id()));
    assertThat(current).isEqualTo(batch.hash());
    List<String> subjects = new ArrayList<>();
    db.run(
        tx ->
            journal.stream(
                tx, JournalFilter.all().batch(batch.id()), e -> subjects.add(e.subject().order())));
    assertThat(subjects).containsExactly("1", "2");
    List<JournalSums.Unbatched> left =
        db.in(tx -> new JournalSums().unbatched(tx, "nordwind", Samples.DAY.plusDays(9)));
    assertThat(left).extracting(JournalSums.Unbatched::entries).containsExactly(1L, 1L);
    assertThat(propose(db).orElseThrow().id()).isEqualTo("nordwind/shopify/2026-11-20/2");
  }

  @OnBothDatabases
  void approval_binds_to_the_hash_and_happens_once(TestDatabase db) {
    append(db, Samples.entry("1", Samples.DAY, "120.00"));
    PostingBatch batch = propose(db).orElseThrow();
    db.in(tx -> batches.waiting(tx, batch.id(), List.of("suspense 3.00 EUR", "first\nof it")));

    boolean changed = db.in(tx -> batches.approve(tx, batch.id(), "other", "anna", ""));
    boolean approved = db.in(tx -> batches.approve(tx, batch.id(), batch.hash(), "anna", "ok"));
    boolean twice = db.in(tx -> batches.approve(tx, batch.id(), batch.hash(), "anna", "ok"));

    assertThat(List.of(changed, approved, twice)).containsExactly(false, true, false);
    assertThat(find(db, batch.id()))
        .returns(PostingBatch.State.APPROVED, PostingBatch::state)
        .returns(Optional.of("anna"), PostingBatch::checker)
        .returns(List.of("suspense 3.00 EUR", "first of it"), PostingBatch::reasons);

    db.run(tx -> batches.markPosted(tx, batch.id(), "file", "books/1.journal", false));
    assertThat(find(db, batch.id()).state()).isEqualTo(PostingBatch.State.APPROVED);
    boolean rejected = db.in(tx -> batches.reject(tx, batch.id(), "anna", "no"));
    assertThat(rejected).as("a set of books has it").isFalse();
    db.run(tx -> batches.markPosted(tx, batch.id(), "odoo", "MISC/1", true));
    db.run(tx -> batches.markPosted(tx, batch.id(), "odoo", "MISC/1", true));
    assertThat(find(db, batch.id()).state()).isEqualTo(PostingBatch.State.POSTED);
    List<PostingBatch.Posted> posted = db.in(tx -> batches.posted(tx, batch.id()));
    assertThat(posted).extracting(PostingBatch.Posted::target).containsExactly("file", "odoo");
  }

  /** Neither would be the last to have it if each read what the other has not yet committed. */
  @OnBothDatabases
  void of_two_sets_of_books_that_have_a_batch_at_once_the_second_sees_the_first(TestDatabase db)
      throws Exception {
    append(db, Samples.entry("1", Samples.DAY, "120.00"));
    PostingBatch batch = propose(db).orElseThrow();
    db.in(tx -> batches.approve(tx, batch.id(), batch.hash(), "anna", "ok"));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<List<PostingBatch.Posted>> second =
          db.in(
              tx -> {
                assertThat(batches.findLockingRow(tx, batch.id())).isPresent();
                CountDownLatch begun = new CountDownLatch(1);
                Future<List<PostingBatch.Posted>> seen =
                    other.submit(
                        () ->
                            db.in(
                                both -> {
                                  begun.countDown();
                                  assertThat(batches.findLockingRow(both, batch.id())).isPresent();
                                  return batches.posted(both, batch.id());
                                }));
                assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
                batches.markPosted(tx, batch.id(), "file", "books/1.journal", false);
                return seen;
              });

      assertThat(second.get(1, TimeUnit.MINUTES))
          .extracting(PostingBatch.Posted::target)
          .containsExactly("file");
    } finally {
      other.shutdownNow();
    }
  }

  @OnBothDatabases
  void a_rejected_batch_frees_its_entries(TestDatabase db) {
    append(db, Samples.entry("1", Samples.DAY, "120.00"));
    PostingBatch first = propose(db).orElseThrow();

    boolean rejected = db.in(tx -> batches.reject(tx, first.id(), "anna", "wrong rate"));
    PostingBatch second = propose(db).orElseThrow();

    assertThat(rejected).isTrue();
    assertThat(second.id()).endsWith("/2");
    assertThat(second.hash()).isEqualTo(first.hash());
    List<PostingBatch> open =
        db.in(tx -> batches.list(tx, "nordwind", Set.of(PostingBatch.State.PROPOSED)));
    assertThat(open).extracting(PostingBatch::id).containsExactly(second.id());
  }

  @OnBothDatabases
  void a_batch_is_written_as_the_entity_was_when_it_was_proposed(TestDatabase db) {
    append(db, Samples.entry("1", Samples.DAY, "120.00"));
    PostingBatch batch = propose(db).orElseThrow();

    BatchForm form = db.in(tx -> new BatchForms().of(tx, batch.id())).orElseThrow();

    assertThat(form.books()).containsOnlyKeys(Entity.Target.FILE);
    assertThat(form.chart().rows())
        .extracting(row -> row.account() + " " + row.code())
        .containsExactly(
            "clearing:shopify:EUR 1400", "revenue.goods:shopify 8400", "vat:de:20 1776");
  }

  @OnBothDatabases
  void the_hash_covers_how_a_batch_is_written(TestDatabase db) {
    append(db, Samples.entry("1", Samples.DAY, "120.00"));
    PostingBatch first = propose(db).orElseThrow();
    db.in(tx -> batches.reject(tx, first.id(), "anna", "no"));
    PostingBatch same = propose(db).orElseThrow();
    db.in(tx -> batches.reject(tx, same.id(), "anna", "no"));
    PostingBatch other =
        db.in(
                tx ->
                    batches.propose(
                        tx,
                        Samples.entity("1410"),
                        "3f2a9c",
                        "shopify",
                        Samples.DAY,
                        Set.of("erik"),
                        OpenDays.ALL))
            .orElseThrow();

    assertThat(same.hash()).isEqualTo(first.hash());
    assertThat(other.hash()).isNotEqualTo(first.hash());
  }

  @OnBothDatabases
  void books_that_an_entity_has_only_since_are_frozen_and_change_no_hash(TestDatabase db) {
    append(db, Samples.entry("1", Samples.DAY, "120.00"));
    PostingBatch batch = propose(db).orElseThrow();
    BatchForms forms = new BatchForms();

    db.run(
        tx -> {
          forms.addBook(
              tx, batch.id(), new Entity.Book(Entity.Target.ODOO, Entity.Granularity.ENTRY));
          forms.addBook(
              tx, batch.id(), new Entity.Book(Entity.Target.ODOO, Entity.Granularity.SUMMARY));
          forms.addBook(
              tx, "none", new Entity.Book(Entity.Target.ODOO, Entity.Granularity.SUMMARY));
        });

    assertThat(db.in(tx -> forms.of(tx, batch.id())).orElseThrow().books())
        .containsEntry(Entity.Target.ODOO, Entity.Granularity.ENTRY);
    Optional<BatchForm> none = db.in(tx -> forms.of(tx, "none"));
    assertThat(none).isEmpty();
    String hash = db.in(tx -> contents.currentHash(tx, batch.id()));
    assertThat(hash).isEqualTo(batch.hash());
  }

  @OnBothDatabases
  void what_was_approved_and_is_rejected_all_the_same_is_new_again(TestDatabase db) {
    append(db, Samples.entry("1", Samples.DAY.minusDays(1), "120.00"));
    PostingBatch first =
        db.in(
                tx ->
                    batches.propose(
                        tx,
                        Samples.entity(),
                        "older",
                        "shopify",
                        Samples.DAY.minusDays(1),
                        Set.of("erik"),
                        OpenDays.ALL))
            .orElseThrow();
    db.in(tx -> batches.approve(tx, first.id(), first.hash(), "anna", ""));
    append(db, Samples.entry("2", Samples.DAY, "60.00"));
    PostingBatch batch = propose(db).orElseThrow();
    db.in(tx -> batches.approve(tx, batch.id(), batch.hash(), "anna", ""));
    db.in(tx -> batches.reject(tx, batch.id(), "anna", "not yet"));

    PostingBatch again = propose(db).orElseThrow();
    List<String> unseen = db.in(tx -> contents.newAccounts(tx, again));
    assertThat(unseen).as("the first batch has them, and is approved").isEmpty();
    db.in(tx -> batches.reject(tx, again.id(), "anna", "not yet"));
    db.in(tx -> batches.reject(tx, first.id(), "anna", "nor this"));
    PostingBatch all = propose(db).orElseThrow();
    List<String> mappings = db.in(tx -> contents.newMappings(tx, all));
    List<String> accounts = db.in(tx -> contents.newAccounts(tx, all));
    assertThat(mappings).containsExactly("3f2a9c");
    assertThat(accounts).hasSize(3);
  }
}
