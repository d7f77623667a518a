package io.kontor.work.desk;

import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import io.kontor.store.Archive;
import io.kontor.store.Database;
import io.kontor.store.Deliveries;
import io.kontor.store.Delivery;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import io.kontor.work.intake.ClaimChecks;
import java.util.List;
import java.util.Optional;

/** What people see of the work desk, and the items that they may act on. */
public final class DeskItems {

  private final Database database;
  private final WorkItems items;
  private final Archive archive;
  private final Deliveries deliveries;
  private final DeskDocuments documents;

  public DeskItems(Store store, ClaimChecks claims) {
    this.database = store.database();
    this.items = store.workItems();
    this.archive = store.archive();
    this.deliveries = store.deliveries();
    this.documents = new DeskDocuments(database, archive, claims);
  }

  /** An item with all that a person needs to decide. */
  public record Shown(
      WorkItem item,
      List<WorkItem.Event> history,
      Optional<Archive.Archived> document,
      Optional<Delivery> delivery) {}

  /** The items whose number is greater than {@code after}, by number. */
  public List<WorkItem> list(WorkItems.Filter filter, long after, int limit) {
    return database.inTransaction(tx -> items.list(tx, filter, after, limit));
  }

  /**
   * Shows an item.
   *
   * @throws RejectedFailure {@code unknown-item} if there is none of this number
   */
  public Shown show(long id) {
    return database.inTransaction(
        tx -> {
          WorkItem item = find(tx, id);
          return new Shown(
              item,
              items.history(tx, id),
              item.rawId().flatMap(raw -> archive.find(tx, raw)),
              item.deliveryId().flatMap(delivery -> deliveries.find(tx, delivery)));
        });
  }

  /**
   * The document that an item is about, as it came.
   *
   * @throws RejectedFailure if it has none, or not any more, or one that is too large to be edited
   */
  public byte[] document(long id) {
    return documents.bytes(database.inTransaction(tx -> find(tx, id)));
  }

  /** The document that an item is about, to be read again. */
  RawDocument raw(WorkItem item) {
    return documents.of(item);
  }

  /**
   * An item that somebody wants to act on.
   *
   * @throws RejectedFailure {@code unknown-item}, or what a closed item says
   */
  WorkItem open(long id) {
    return requireOpen(database.inTransaction(tx -> find(tx, id)));
  }

  /** Refuses an item that is closed by now. */
  void requireOpen(Tx tx, long id) {
    requireOpen(find(tx, id));
  }

  private static WorkItem requireOpen(WorkItem item) {
    if (item.state() != WorkItem.State.OPEN) {
      throw DocumentReading.closed(item);
    }
    return item;
  }

  private WorkItem find(Tx tx, long id) {
    return items
        .find(tx, id)
        .orElseThrow(
            () ->
                new RejectedFailure(
                    "unknown-item", String.valueOf(id), "there is no item %d".formatted(id)));
  }
}
