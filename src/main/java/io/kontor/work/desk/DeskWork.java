package io.kontor.work.desk;

import io.kontor.document.RawDocument;
import io.kontor.document.Sha256;
import io.kontor.failure.RejectedFailure;
import io.kontor.store.Archive;
import io.kontor.store.AuditLog;
import io.kontor.store.Database;
import io.kontor.store.Deliveries;
import io.kontor.store.Desk;
import io.kontor.store.Makers;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.store.WorkItem;
import io.kontor.work.Actor;
import io.kontor.work.Tickets;
import io.kontor.work.intake.ClaimChecks;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What people do to the items of the work desk; every act is in the item's history and in the audit
 * log, and makes them makers of the batches that it is in.
 */
public final class DeskWork {

  /** In the name of a document that a person corrected: what it is of, and its own content. */
  private static final String EDITED = "+edited-";

  private final Store store;
  private final Database database;
  private final Desk desk;
  private final DeskItems items;
  private final Archive archive;
  private final Deliveries deliveries;
  private final AuditLog audit;
  private final Makers makers;
  private final DeskDeliveries onDelivery;
  private final Rereading reading;
  private final Tickets tickets;

  public DeskWork(Store store, DeskItems items, Rereading reading, Tickets tickets) {
    this.store = store;
    this.database = store.database();
    this.desk = store.desk();
    this.items = items;
    this.archive = store.archive();
    this.deliveries = store.deliveries();
    this.audit = store.audit();
    this.makers = store.makers();
    this.onDelivery = new DeskDeliveries(store);
    this.reading = reading;
    this.tickets = tickets;
  }

  /** What an act came to. */
  public record Done(WorkItem.State state, String message) {}

  /** Tries again: reads the document again, or makes the delivery again. */
  public Done retry(long id, Actor who) {
    WorkItem item = items.open(id);
    if (item.deliveryId().isPresent()) {
      return retryDelivery(item, who);
    }
    if (item.rawId().isPresent()) {
      return read(item, items.raw(item), DocumentReading.Act.RETRY, who, "");
    }
    throw new RejectedFailure(
        "nothing-to-retry",
        String.valueOf(id),
        "item %d is about neither a document nor a delivery: resolve it with a note".formatted(id));
  }

  /**
   * Puts a corrected document in the place of the one that could not be read, and reads it. The
   * original stays in the archive.
   */
  public Done edit(long id, byte[] corrected, Actor who) {
    WorkItem item = items.open(id);
    RawDocument original = items.raw(item);
    RawDocument edited =
        new RawDocument(
            original.channel(),
            original.document(),
            unedited(original.externalId()) + EDITED + Sha256.brief(corrected),
            original.receivedAt(),
            ClaimChecks.holds(original) ? "" : original.contentType(),
            corrected);
    return read(item, edited, DocumentReading.Act.EDIT, who, "as " + edited.id());
  }

  /** However often a document is edited, its name tells the last time only. */
  private static String unedited(String externalId) {
    int edited = externalId.lastIndexOf(EDITED);
    return edited < 0 ? externalId : externalId.substring(0, edited);
  }

  /**
   * Has the statement of an item count in the place of the one of its name that counts: of what was
   * booked the difference is booked.
   *
   * @throws RejectedFailure {@code nothing-to-replace} if the item is not about such a statement
   */
  public Done replace(long id, Actor who, String note) {
    WorkItem item = items.open(id);
    if (!item.code().equals(DeskKeys.SETTLEMENT_CHANGED)) {
      throw new RejectedFailure(
          "nothing-to-replace",
          String.valueOf(id),
          "item %d is %s: only a settlement that came again with other content (%s) replaces one"
              .formatted(id, item.code(), DeskKeys.SETTLEMENT_CHANGED));
    }
    return read(item, items.raw(item), DocumentReading.Act.REPLACE, who, note);
  }

  /**
   * Decides that nothing is done: the document counts for nothing, the delivery is not made.
   *
   * @throws RejectedFailure {@code nothing-to-skip} if the item is about neither; {@code
   *     delivery-under-way} if the target may have it by now, {@code batch-not-posted} if it is an
   *     approved batch
   */
  public Done skip(long id, Actor who, String note) {
    WorkItem item = items.open(id);
    if (item.rawId().isEmpty() && item.deliveryId().isEmpty()) {
      throw new RejectedFailure(
          "nothing-to-skip",
          String.valueOf(id),
          "item %d is about neither a document nor a delivery: resolve it with a note"
              .formatted(id));
    }
    database.run(
        tx -> {
          hold(tx, item);
          item.deliveryId().ifPresent(delivery -> onDelivery.skip(tx, id, delivery));
          close(tx, id, WorkItem.State.SKIPPED, who, note);
          item.rawId().ifPresent(raw -> archive.settle(tx, raw));
          makers.soFar(tx, subjects(tx, item), who.name(), "skip");
          audit.append(tx, who.name(), "desk-skip", "item " + id, note);
        });
    database.sync();
    return new Done(WorkItem.State.SKIPPED, "skipped");
  }

  /**
   * Closes an item that was settled otherwise; what waits for its delivery goes on.
   *
   * @throws RejectedFailure {@code delivery-under-way} if its delivery goes out all the same,
   *     {@code batch-not-posted} if it is an approved batch
   */
  public Done resolve(long id, Actor who, String note) {
    if (note.isBlank()) {
      throw new RejectedFailure(
          "note-missing",
          String.valueOf(id),
          "say in a note how item %d was settled".formatted(id));
    }
    WorkItem item = items.open(id);
    database.run(
        tx -> {
          hold(tx, item);
          item.deliveryId().ifPresent(delivery -> onDelivery.settle(tx, id, delivery));
          close(tx, id, WorkItem.State.RESOLVED, who, note);
          item.rawId().ifPresent(raw -> archive.settle(tx, raw));
          makers.soFar(tx, subjects(tx, item), who.name(), "resolve");
          audit.append(tx, who.name(), "desk-resolve", "item " + id, note);
        });
    database.sync();
    return new Done(WorkItem.State.RESOLVED, "resolved");
  }

  /** Gives an item to another team, which sees it and acts on it from then on. */
  public Done assign(long id, WorkItem.Team to, Actor who) {
    WorkItem item = items.open(id);
    database.run(
        tx -> {
          if (!desk.assign(tx, id, to, who.name())) {
            items.requireOpen(tx, id);
          }
          if (item.team() == WorkItem.Team.FINANCE) {
            // What finance does not have to look into does not hold up a batch.
            makers.soFar(tx, subjects(tx, item), who.name(), "assign");
          }
          audit.append(tx, who.name(), "desk-assign", "item " + id, to.word());
        });
    return new Done(WorkItem.State.OPEN, "assigned to " + to.word());
  }

  private Done retryDelivery(WorkItem item, Actor who) {
    String delivery = item.deliveryId().orElseThrow();
    boolean again =
        database.inTransaction(
            tx -> {
              boolean retried = onDelivery.retry(tx, delivery, who);
              // Whoever closed the item meanwhile has decided about the delivery.
              items.requireOpen(tx, item.id());
              desk.event(tx, item.id(), who.name(), "retry", delivery);
              audit.append(tx, who.name(), "desk-retry", "item " + item.id(), delivery);
              return retried;
            });
    database.sync();
    if (!again) {
      return new Done(WorkItem.State.OPEN, "delivery %s is under way already".formatted(delivery));
    }
    database
        .inTransaction(tx -> deliveries.find(tx, delivery))
        .ifPresent(row -> tickets.wake(row.consequence()));
    return new Done(
        WorkItem.State.OPEN,
        "delivery %s goes out again; the item closes by itself".formatted(delivery));
  }

  private Done read(
      WorkItem item, RawDocument raw, DocumentReading.Act act, Actor who, String note) {
    DocumentReading within = new DocumentReading(store, item, raw, act, who, note);
    boolean understood = reading.read(raw, within);
    database.sync();
    if (within.trouble().isEmpty()) {
      return new Done(WorkItem.State.RESOLVED, "recorded");
    }
    long trouble = within.trouble().get();
    return new Done(
        understood && trouble != item.id() ? WorkItem.State.RESOLVED : WorkItem.State.OPEN,
        (understood
                    ? "recorded, but not all is well: item %d"
                    : "it still cannot be recorded; item %d")
                .formatted(trouble)
            + " says what is wrong now");
  }

  /** What an item is about, as the journal names it. */
  private Set<String> subjects(Tx tx, WorkItem item) {
    Set<String> subjects = new TreeSet<>(Set.of(item.subject()));
    item.factName().ifPresent(fact -> subjects.addAll(makers.subjectsOfFacts(tx, List.of(fact))));
    item.rawId().ifPresent(raw -> subjects.addAll(makers.subjects(tx, List.of(raw))));
    return subjects;
  }

  /** Whoever has the document read at this moment is to be done first. */
  private void hold(Tx tx, WorkItem item) {
    item.rawId().ifPresent(raw -> archive.holdWaiting(tx, List.of(raw)));
  }

  /** Of two people who act at once the second finds it closed. */
  private void close(Tx tx, long id, WorkItem.State state, Actor who, String note) {
    if (!desk.close(tx, id, state, who.name(), note)) {
      items.requireOpen(tx, id);
    }
  }
}
