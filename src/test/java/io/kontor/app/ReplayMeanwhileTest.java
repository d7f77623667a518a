package io.kontor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.document.RawDocument;
import io.kontor.sandbox.day.SampleDocument;
import io.kontor.store.Archive;
import io.kontor.store.ControlTotals;
import io.kontor.store.Desk;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.RawOutcome;
import io.kontor.store.TestDatabase;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** What people decide at the desk while documents are read again. */
class ReplayMeanwhileTest {

  @TempDir private Path directory;

  @OnBothDatabases
  void a_document_that_is_skipped_meanwhile_is_not_replayed(TestDatabase db) throws Exception {
    RawDocument order = order();
    long item = waiting(db, order);
    try (QuietHub hub = hub(db)) {
      whileSkipped(db, item, order, () -> hub.replay(true));

      assertThat(outcome(db, order)).isEqualTo(RawOutcome.REFUSED);
      assertThat(facts(db)).isEmpty();
    }
  }

  @OnBothDatabases
  void a_document_that_is_skipped_while_it_is_retried_is_not_recorded(TestDatabase db)
      throws Exception {
    RawDocument order = order();
    long item = waiting(db, order);
    try (QuietHub hub = hub(db)) {
      assertThatThrownBy(
              () -> whileSkipped(db, item, order, () -> act(hub, item, "retry", new byte[0])))
          .hasMessageContaining("item " + item + " is skipped already");

      assertThat(outcome(db, order)).isEqualTo(RawOutcome.REFUSED);
      assertThat(facts(db)).isEmpty();
    }
  }

  @OnBothDatabases
  void a_document_that_is_skipped_while_it_is_edited_is_not_recorded(TestDatabase db)
      throws Exception {
    RawDocument order = order();
    long item = waiting(db, order);
    byte[] edited = new String(order.body(), UTF_8).concat("\n").getBytes(UTF_8);
    try (QuietHub hub = hub(db)) {
      assertThatThrownBy(() -> whileSkipped(db, item, order, () -> act(hub, item, "edit", edited)))
          .hasMessageContaining("item " + item + " is skipped already");

      assertThat(facts(db)).isEmpty();
      List<ControlTotals.Documents> documents =
          db.in(tx -> db.store.totals().documents(tx, TestDatabase.START));
      assertThat(documents)
          .extracting(ControlTotals.Documents::waiting)
          .as("an edit that nobody asks about any more")
          .containsExactly(0L);
    }
  }

  @OnBothDatabases
  void a_statement_that_is_skipped_while_it_is_retried_does_not_come_back(TestDatabase db)
      throws Exception {
    RawDocument statement =
        new RawDocument(
            "amazon-eu", "settlement", "test-1", TestDatabase.START, "", "broken".getBytes(UTF_8));
    long item = waiting(db, statement);
    try (QuietHub hub = hub(db)) {
      assertThatThrownBy(
              () -> whileSkipped(db, item, statement, () -> act(hub, item, "retry", new byte[0])))
          .hasMessageContaining("item " + item + " is skipped already");

      assertThat(outcome(db, statement)).isEqualTo(RawOutcome.REFUSED);
      assertThat(open(db)).isEmpty();
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

  /** One person has skipped the item and not committed when another has its document read. */
  private static void whileSkipped(
      TestDatabase db, long item, RawDocument document, Callable<?> reading) throws Exception {
    ExecutorService another = Executors.newSingleThreadExecutor();
    try {
      Future<?> read =
          db.in(
              tx -> {
                db.store.archive().holdWaiting(tx, List.of(document.id()));
                db.store.desk().close(tx, item, WorkItem.State.SKIPPED, "mona", "a test order");
                db.store.archive().settle(tx, document.id());
                Future<?> waiting = another.submit(reading);
                db.awaitBlocked();
                return waiting;
              });
      read.get(1, TimeUnit.MINUTES);
    } finally {
      another.shutdownNow();
    }
  }

  private static JsonNode act(QuietHub hub, long item, String act, byte[] body) throws IOException {
    return hub.post("desk/" + item + "/" + act, "olga", body);
  }

  private static List<ControlTotals.FactCount> facts(TestDatabase db) {
    return db.in(db.store.totals()::facts);
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
    return db.in(tx -> db.store.workItems().list(tx, WorkItems.Filter.open(), 0, 10));
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
