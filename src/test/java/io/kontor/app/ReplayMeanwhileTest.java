package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.document.RawDocument;
import io.kontor.sandbox.day.SampleDocument;
import io.kontor.store.Archive;
import io.kontor.store.ControlTotals;
import io.kontor.store.Desk;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.RawOutcome;
import io.kontor.store.TestDatabase;
import io.kontor.store.WorkItem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** What people decide at the desk while documents are read again. */
class ReplayMeanwhileTest {

  @TempDir private Path directory;

  @OnBothDatabases
  void a_document_that_is_skipped_meanwhile_is_not_recorded(TestDatabase db) throws Exception {
    RawDocument order = order();
    long item = waiting(db, order);
    ExecutorService another = Executors.newSingleThreadExecutor();
    try (QuietHub hub = hub(db)) {
      Future<?> replay =
          db.in(
              tx -> {
                db.store.desk().close(tx, item, WorkItem.State.SKIPPED, "mona", "a test order");
                db.store.archive().settle(tx, order.id());
                Future<?> reading = another.submit(() -> hub.replay(true));
                db.awaitBlocked();
                return reading;
              });
      replay.get(1, TimeUnit.MINUTES);

      assertThat(outcome(db, order)).isEqualTo(RawOutcome.REFUSED);
      List<ControlTotals.FactCount> facts = db.in(db.store.totals()::facts);
      assertThat(facts).isEmpty();
    } finally {
      another.shutdownNow();
    }
  }

  @OnBothDatabases
  void a_document_that_waits_is_recorded_at_last(TestDatabase db) throws IOException {
    RawDocument order = order();
    long item = waiting(db, order);
    try (QuietHub hub = hub(db)) {
      hub.replay(true);
    }

    assertThat(outcome(db, order)).isEqualTo(RawOutcome.RECORDED);
    assertThat(open(db)).as("item %d", item).isEmpty();
  }

  private QuietHub hub(TestDatabase db) throws IOException {
    return new QuietHub(
        directory.resolve("data"),
        QuietHub.mappings(directory.resolve("mappings")),
        TestDatabase.START,
        db.settings);
  }

  /** As a document waits that a mapping, mended since, did not understand. */
  private static long waiting(TestDatabase db, RawDocument document) {
    db.run(
        tx -> {
          db.store
              .archive()
              .addNew(tx, List.of(new Archive.NewDocument(document, RawOutcome.WAITING)));
          db.store
              .desk()
              .open(
                  tx,
                  List.of(
                      new Desk.NewItem(
                          WorkItem.Team.OPERATIONS,
                          "unmapped",
                          "nordwind",
                          document.channel(),
                          document.id(),
                          "its mapping does not know it",
                          Optional.of(document.id()),
                          Optional.empty(),
                          Optional.empty(),
                          "document:" + document.id())));
        });
    return open(db).get(0).id();
  }

  private static List<WorkItem> open(TestDatabase db) {
    return db.in(tx -> db.store.desk().list(tx, Desk.Filter.open(), 10));
  }

  private static RawOutcome outcome(TestDatabase db, RawDocument document) {
    return db.in(tx -> db.store.archive().find(tx, document.id())).orElseThrow().outcome();
  }

  private static RawDocument order() {
    for (SampleDocument document : PartOfADay.documents()) {
      if (document.channel().equals("shopify")
          && document.document().equals("orders")
          && document.note().isEmpty()) {
        return new RawDocument(
            "shopify", "orders", "test-1", TestDatabase.START, "", document.body());
      }
    }
    throw new AssertionError("a day has orders");
  }
}
