package io.kontor.work.desk;

import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import io.kontor.store.Archive;
import io.kontor.store.AuditLog;
import io.kontor.store.Desk;
import io.kontor.store.Makers;
import io.kontor.store.RawOutcome;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import io.kontor.work.Actor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the desk adds to the transaction in which a document is read again because a person retries
 * or edits an item, or has a statement count in the place of another. Before: it sees that the item
 * is still open, and writes down who does what. After: it closes what was open about the document
 * and is not any more, and finds out which item says now what is wrong.
 */
final class DocumentReading implements Rereading.Within {

  /** What a person does about a document, as the item's history and the makers name it. */
  enum Act {
    RETRY("retry", "replay"),
    EDIT("edit", "edit"),
    REPLACE("replace", "replace");

    private final String action;
    private final String making;

    Act(String action, String making) {
      this.action = action;
      this.making = making;
    }
  }

  private final Desk desk;
  private final WorkItems items;
  private final Archive archive;
  private final AuditLog audit;
  private final Makers makers;
  private final WorkItem item;
  private final RawDocument raw;
  private final Act act;
  private final Actor who;
  private final String note;

  /** How often what was open about the document had been said before it was read again. */
  private final Map<Long, Long> before = new HashMap<>();

  private Optional<Long> trouble;

  /**
   * @param raw what is read: the document of the item, or one in its place
   * @param note why; empty if the act says it
   */
  DocumentReading(Store store, WorkItem item, RawDocument raw, Act act, Actor who, String note) {
    this.desk = store.desk();
    this.items = store.workItems();
    this.archive = store.archive();
    this.audit = store.audit();
    this.makers = store.makers();
    this.item = item;
    this.raw = raw;
    this.act = act;
    this.who = who;
    this.note = note;
    this.trouble = Optional.of(item.id());
  }

  /** The item that says what is wrong now; empty if nothing is. */
  Optional<Long> trouble() {
    return trouble;
  }

  @Override
  public void before(Tx tx) {
    item.rawId().ifPresent(id -> archive.holdWaiting(tx, List.of(id)));
    WorkItem present = items.find(tx, item.id()).orElseThrow();
    if (present.state() != WorkItem.State.OPEN) {
      throw closed(present);
    }
    items.openOf(tx, raw.id()).forEach(open -> before.put(open.id(), open.occurrences()));
    before.put(present.id(), present.occurrences());
    if (act == Act.EDIT) {
      archive.addNew(tx, List.of(new Archive.NewDocument(raw, RawOutcome.WAITING)));
      // It may be understood only when somebody else has it read again.
      makers.handedIn(tx, raw.id(), who.name());
    }
    desk.event(tx, item.id(), who.name(), act.action, note);
    audit.append(tx, who.name(), "desk-" + act.action, "item " + item.id(), note);
  }

  static RejectedFailure closed(WorkItem item) {
    return new RejectedFailure(
        "item-closed",
        String.valueOf(item.id()),
        "item %d is %s already".formatted(item.id(), item.state().word()));
  }

  @Override
  public boolean replaces() {
    return act == Act.REPLACE;
  }

  @Override
  public void after(Tx tx, boolean understood) {
    // Whatever comes of it, and wherever it ends: what is recorded has its maker.
    makers.onward(tx, makers.subjects(tx, List.of(raw.id())), who.name(), act.making, tx.now());
    trouble = understood ? recorded(tx) : Optional.of(passedOn(tx));
  }

  /**
   * Closes what was open, but for what was said again. Not all that stands in the way of a document
   * that is understood is over: its facts may contradict others, or lack a rate.
   */
  private Optional<Long> recorded(Tx tx) {
    List<WorkItem> open = new ArrayList<>(items.openOf(tx, raw.id()));
    if (open.stream().noneMatch(one -> one.id() == item.id())) {
      items
          .find(tx, item.id())
          .filter(one -> one.state() == WorkItem.State.OPEN)
          .ifPresent(open::add);
    }
    Optional<Long> left = Optional.empty();
    for (WorkItem one : open) {
      if (isSaidAgain(one)) {
        left = left.or(() -> Optional.of(one.id()));
      } else if (one.id() == item.id()) {
        desk.close(tx, one.id(), WorkItem.State.RESOLVED, who.name(), "recorded at last");
      } else {
        // The document may have opened it under another subject than it now turns out to be.
        desk.resolve(tx, one.id(), "recorded at last");
      }
    }
    item.rawId().ifPresent(id -> archive.decide(tx, Map.of(id, RawOutcome.RECORDED)));
    return left;
  }

  private boolean isSaidAgain(WorkItem one) {
    return one.occurrences() > before.getOrDefault(one.id(), 0L);
  }

  /**
   * An edited document that is not understood has trouble of its own: where that is another item,
   * the one before is over.
   *
   * @return the item that says what is wrong now
   */
  private long passedOn(Tx tx) {
    List<Long> open = items.openOf(tx, raw.id()).stream().map(WorkItem::id).toList();
    if (open.isEmpty() || open.contains(item.id())) {
      return item.id();
    }
    String note = "edited as %s: item %d".formatted(raw.id(), open.get(0));
    desk.close(tx, item.id(), WorkItem.State.RESOLVED, who.name(), note);
    item.rawId().ifPresent(original -> archive.settle(tx, original));
    return open.get(0);
  }
}
