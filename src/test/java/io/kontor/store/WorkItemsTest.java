package io.kontor.store;

import static io.kontor.store.DeskTest.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

class WorkItemsTest {

  private final WorkItems items = new WorkItems();

  @OnBothDatabases
  void a_list_goes_on_after_the_item_with_which_the_one_before_ended(TestDatabase db) {
    db.run(tx -> new Desk().open(tx, List.of(item("a", "1"), item("b", "2"), item("c", "3"))));
    List<WorkItem> first = db.in(tx -> items.list(tx, WorkItems.Filter.open(), 0, 2));
    long last = first.get(1).id();
    List<WorkItem> second = db.in(tx -> items.list(tx, WorkItems.Filter.open(), last, 2));

    assertThat(first).extracting(WorkItem::dedupeKey).containsExactly("a", "b");
    assertThat(second).extracting(WorkItem::dedupeKey).containsExactly("c");
  }
}
