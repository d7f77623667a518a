package io.kontor.work.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.MappingsReader;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.TestDatabase;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import java.nio.file.Path;
import java.util.List;

class DeskRefusalsTest {

  private static DeskRefusals refusals(TestDatabase db) {
    return new DeskRefusals(
        db.store.database(),
        db.store.archive(),
        db.store.desk(),
        MappingsReader.read(Path.of("mappings")));
  }

  private static List<WorkItem> open(TestDatabase db) {
    return db.in(tx -> db.store.workItems().list(tx, WorkItems.Filter.open(), 0, 10));
  }

  @OnBothDatabases
  void what_a_route_failed_on_is_over_once_it_gets_through(TestDatabase db) {
    DeskRefusals refusals = refusals(db);
    refusals.refuse("poll-amazon-orders", "feed-busy", "amazon/orders", "answers 429");
    refusals.refuse("poll-amazon-orders-eu", "feed-busy", "amazon-eu/orders", "answers 429");

    refusals.wentWell("poll-amazon-orders");
    assertThat(open(db)).extracting(WorkItem::subject).containsExactly("amazon-eu/orders");

    refusals.refuse("poll-amazon-orders", "feed-refused", "amazon/orders", "answers 403");
    assertThat(open(db)).hasSize(2);
    // Another node, or this one after a restart.
    refusals(db).wentWell("poll-amazon-orders");
    assertThat(open(db)).extracting(WorkItem::subject).containsExactly("amazon-eu/orders");
  }
}
