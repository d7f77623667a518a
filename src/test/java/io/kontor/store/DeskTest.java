package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class DeskTest {

  private static final WorkItems.Filter ALL =
      new WorkItems.Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private final Desk desk = new Desk();
  private final WorkItems items = new WorkItems();

  static Desk.NewItem item(String key, String message) {
    return new Desk.NewItem(
        WorkItem.Team.OPERATIONS,
        "unknown-sku",
        "nordwind",
        "shopify",
        "order 1001",
        message,
        Optional.of("shopify/orders/1"),
        Optional.of("nordwind/shopify/order-placed/1"),
        Optional.empty(),
        key);
  }

  private List<WorkItem> list(TestDatabase db, WorkItems.Filter filter) {
    return db.in(tx -> items.list(tx, filter, 0, 100));
  }

  @OnBothDatabases
  void the_same_trouble_counts_on_one_item_while_it_is_open(TestDatabase db) {
    db.run(tx -> desk.open(tx, List.of(item("b", "SKU X is unknown"), item("a", "…"))));
    db.clock.goOn(Duration.ofMinutes(1));
    db.run(tx -> desk.open(tx, List.of(item("b", "SKU X\0 is still unknown"))));

    assertThat(list(db, WorkItems.Filter.open()))
        .extracting(WorkItem::dedupeKey, WorkItem::occurrences, WorkItem::message)
        .containsExactly(tuple("a", 1L, "…"), tuple("b", 2L, "SKU X? is still unknown"));
  }

  @OnBothDatabases
  void a_closed_item_stays_closed_and_new_trouble_opens_another(TestDatabase db) {
    db.run(tx -> desk.open(tx, List.of(item("a", "first"))));
    long id = list(db, WorkItems.Filter.open()).get(0).id();
    boolean assigned = db.in(tx -> desk.assign(tx, id, WorkItem.Team.FINANCE, "erik"));
    db.run(tx -> desk.event(tx, id, "olga", "edited", "SKU corrected"));
    boolean closed = db.in(tx -> desk.close(tx, id, WorkItem.State.SKIPPED, "olga", "a test"));
    boolean again = db.in(tx -> desk.close(tx, id, WorkItem.State.RESOLVED, "erik", ""));
    db.run(tx -> desk.open(tx, List.of(item("a", "second"))));

    assertThat(List.of(assigned, closed, again)).containsExactly(true, true, false);
    assertThat(list(db, WorkItems.Filter.open()))
        .extracting(WorkItem::message)
        .containsExactly("second");
    assertThat(list(db, ALL)).hasSize(2);
    WorkItem first = db.in(tx -> items.find(tx, id)).orElseThrow();
    assertThat(first.state()).isEqualTo(WorkItem.State.SKIPPED);
    assertThat(first.team()).isEqualTo(WorkItem.Team.FINANCE);
    assertThat(first.closedAt()).contains(TestDatabase.START);
    List<WorkItem.Event> history = db.in(tx -> items.history(tx, id));
    assertThat(history)
        .extracting(WorkItem.Event::who, WorkItem.Event::action)
        .containsExactly(
            tuple("erik", "assigned"), tuple("olga", "edited"), tuple("olga", "skipped"));
  }

  @OnBothDatabases
  void a_later_success_resolves_what_is_open_for_it(TestDatabase db) {
    db.run(tx -> desk.open(tx, List.of(item("a", "x"), item("b", "y"))));

    int byKey = db.in(tx -> desk.resolveKeys(tx, List.of("a", "unknown"), "recorded"));
    int byDocument = db.in(tx -> desk.resolveDocuments(tx, List.of("shopify/orders/1"), "again"));
    int again = db.in(tx -> desk.resolveDocuments(tx, List.of("shopify/orders/1"), "again"));

    assertThat(List.of(byKey, byDocument, again)).containsExactly(1, 1, 0);
    assertThat(list(db, WorkItems.Filter.open())).isEmpty();
    List<WorkItems.Count> counts = db.in(items::openCounts);
    assertThat(counts).isEmpty();
  }

  @OnBothDatabases
  void many_at_once_leave_one_open_item(TestDatabase db) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> done = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      done.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  db.run(tx -> desk.open(tx, List.of(item("b", "m"), item("a", "m"))));
                }
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> one : done) {
      one.get();
    }

    assertThat(list(db, ALL)).extracting(WorkItem::occurrences).containsExactly(40L, 40L);
  }
}
