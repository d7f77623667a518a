package io.kontor.app;

import io.kontor.mapping.Mappings;
import io.kontor.store.Store;
import io.kontor.work.Tickets;
import io.kontor.work.batch.Approvals;
import io.kontor.work.batch.BatchEntries;
import io.kontor.work.batch.BatchPosting;
import io.kontor.work.batch.BatchSheets;
import io.kontor.work.batch.Books;
import io.kontor.work.batch.FileBooks;
import io.kontor.work.batch.OdooBooks;
import io.kontor.work.batch.PeriodLocks;
import io.kontor.work.batch.Rejections;
import io.kontor.work.batch.Reversals;
import io.kontor.work.batch.UnknownBatches;
import io.kontor.work.delivery.Delivering;
import io.kontor.work.delivery.DeliveryBook;
import io.kontor.work.delivery.DeliveryPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * The books of a hub: which they are, and how batches are approved, posted and reversed in them.
 */
final class HubBooks {

  private final Store store;
  private final Mappings mappings;
  private final Clock clock;
  private final List<Books> targets;
  private final PeriodLocks periods;
  private final UnknownBatches unknown;
  private final BatchEntries entries;
  private final Approvals approvals;

  /**
   * @param folder where the file books are
   */
  HubBooks(
      Path folder,
      OdooConversations odoo,
      Store store,
      Mappings mappings,
      Tickets tickets,
      Clock clock) {
    this.store = store;
    this.mappings = mappings;
    this.clock = clock;
    this.targets = List.of(new OdooBooks(odoo.entries()), new FileBooks(folder));
    this.periods =
        new PeriodLocks(store.database(), store.periods(), store.audit(), mappings, targets, clock);
    this.entries = new BatchEntries(store, mappings);
    this.unknown = new UnknownBatches(store.database(), store.batches(), mappings, targets);
    this.approvals = new Approvals(store, periods, unknown, mappings, tickets);
  }

  List<Books> targets() {
    return targets;
  }

  BatchEntries entries() {
    return entries;
  }

  PeriodLocks periods() {
    return periods;
  }

  Approvals approvals() {
    return approvals;
  }

  Rejections rejections() {
    return new Rejections(store, mappings, entries, targets);
  }

  Delivering posting(Books target, DeliveryPolicy policy, DeliveryBook book) {
    return new BatchPosting(store, entries, periods, unknown, mappings, target, policy, book);
  }

  BatchSheets sheets() {
    return new BatchSheets(store.database(), store.batches(), entries);
  }

  Reversals reversals() {
    return new Reversals(
        store.database(), store.batches(), store.periods(), entries, mappings, clock);
  }
}
