package io.kontor.work.recording;

import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Consequence;
import io.kontor.sales.OrderKey;
import io.kontor.store.Archive;
import io.kontor.store.AuditLog;
import io.kontor.store.Database;
import io.kontor.store.RawOutcome;
import io.kontor.store.Replayable;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.Actor;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Reads recorded documents again with today's mappings: what differs only because a mapping changed
 * becomes the new truth, the difference is posted, and what is to stand otherwise in Odoo is
 * brought there. A dry run does the same and takes it back. Thread-safe.
 *
 * <p>It goes page by page, so that no transaction is long and memory does not grow: first the
 * orders whose present facts were read from the documents, then the documents themselves, for facts
 * that nobody read from them before. Run twice, it changes nothing the second time.
 */
public final class Replay {

  private static final int MOST_ORDERS = 100;
  private static final int MOST_DOCUMENTS = 50;
  private static final String ORDERS = "orders:";
  private static final String DOCUMENTS = "documents:";

  /** The cursor of a replay that is at its end. */
  public static final String END = "end";

  private final Store store;
  private final Database database;
  private final Recorder recorder;

  public Replay(Store store, Recorder recorder) {
    this.store = store;
    this.database = store.database();
    this.recorder = recorder;
  }

  /**
   * What a page came to.
   *
   * @param next the cursor of the next page, or {@link #END}
   * @param documents that were looked at; each is counted on one page
   * @param refused those of them that cannot be translated any more
   * @param statements those whose settlements are matched again
   * @param orders that were looked at
   * @param journal what the entries come to, by account and currency
   */
  public record Page(
      String next,
      long documents,
      long refused,
      long statements,
      long orders,
      Replayed facts,
      List<Posting> journal) {}

  /** Takes a dry run back. */
  private static final class TakenBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** How much a replay would look at. */
  public Replayable.Size size(Replayable.Selection selection) {
    return database.inTransaction(tx -> store.replayable().size(tx, selection));
  }

  /**
   * Replays the next page.
   *
   * @param after the cursor of the page before; empty for the first page
   * @param apply whether it is to stay
   * @param who answers for it, and so is a maker of the entries
   * @throws RejectedFailure {@code unknown-cursor} if the cursor is none of ours
   */
  public Page page(Replayable.Selection selection, String after, boolean apply, Actor who) {
    if (after.isEmpty()) {
      return orders(selection, "", apply, who);
    } else if (after.startsWith(ORDERS)) {
      return orders(selection, after.substring(ORDERS.length()), apply, who);
    } else if (after.startsWith(DOCUMENTS)) {
      return documents(selection, after.substring(DOCUMENTS.length()), apply, who);
    }
    throw new RejectedFailure("unknown-cursor", after, "'%s' is no cursor".formatted(after));
  }

  private Page orders(Replayable.Selection selection, String after, boolean apply, Actor who) {
    List<OrderKey> keys =
        database.inTransaction(tx -> store.replayable().orders(tx, selection, after, MOST_ORDERS));
    if (keys.isEmpty()) {
      return documents(selection, "", apply, who);
    }
    List<Translated> documents =
        translated(database.inTransaction(tx -> store.replayable().ofOrders(tx, selection, keys)));
    Set<OrderKey> orders = new TreeSet<>(OrderKeys.BY_NAME);
    orders.addAll(keys);
    ReplayedBatch.Replaying done =
        in(apply, tx -> kept(tx, recorder.replay(tx).replayOrders(documents, orders), apply, who));
    announce(apply, done);
    String next = keys.size() == MOST_ORDERS ? ORDERS + keys.get(keys.size() - 1) : DOCUMENTS;
    return new Page(next, 0, 0, 0, keys.size(), done.replayed(), done.journal());
  }

  private Page documents(Replayable.Selection selection, String after, boolean apply, Actor who) {
    List<Archive.Archived> page =
        database.inTransaction(
            tx -> store.replayable().documents(tx, selection, after, MOST_DOCUMENTS));
    List<RawDocument> documents = page.stream().map(Archive.Archived::document).toList();
    List<Translated> translated = translated(documents);
    Set<String> waiting = new TreeSet<>();
    page.stream()
        .filter(archived -> archived.outcome() == RawOutcome.WAITING)
        .forEach(archived -> waiting.add(archived.document().id()));
    ReplayedBatch.Replaying done =
        in(
            apply,
            tx -> {
              // What a person has decided about since the page was read is decided.
              Set<String> still = store.archive().holdWaiting(tx, waiting);
              List<Translated> undecided =
                  translated.stream()
                      .filter(d -> !waiting.contains(d.raw().id()) || still.contains(d.raw().id()))
                      .toList();
              settlements(tx, documents, who);
              return kept(tx, recorder.replay(tx).replayDocuments(undecided, still), apply, who);
            });
    announce(apply, done);
    if (apply) {
      recorder.wake(EnumSet.of(Consequence.RECONCILE));
    }
    String next =
        page.size() == MOST_DOCUMENTS ? DOCUMENTS + documents.get(documents.size() - 1).id() : END;
    long refused = translated.stream().filter(d -> !d.translation().faults().isEmpty()).count();
    return new Page(
        next,
        documents.size(),
        refused,
        documents.size() - translated.size(),
        0,
        done.replayed(),
        done.journal());
  }

  private List<Translated> translated(List<RawDocument> documents) {
    return documents.stream()
        .filter(raw -> !recorder.isStatement(raw))
        .map(recorder::read)
        .toList();
  }

  /** Statements are not translated: their settlements are matched, and booked by the difference. */
  private void settlements(Tx tx, List<RawDocument> documents, Actor who) {
    Set<OrderKey> again = recorder.matchAgain(tx, documents);
    store.replayable().replayed(tx, again, who.name());
    for (OrderKey settlement : again) {
      store.audit().append(tx, who.name(), "replay", settlement.toString(), "matched again");
    }
  }

  /** Who replayed what is in the audit log, in the transaction that it is about. */
  private ReplayedBatch.Replaying kept(
      Tx tx, ReplayedBatch.Replaying done, boolean apply, Actor who) {
    if (apply && done.replayed().changesSomething()) {
      store.replayable().replayed(tx, done.subjects(), who.name());
      AuditLog audit = store.audit();
      for (OrderKey order : done.subjects()) {
        audit.append(tx, who.name(), "replay", order.toString(), "read again, and posted anew");
      }
      for (String delivery : done.brought()) {
        audit.append(tx, who.name(), "replay", delivery, "brought to Odoo anew");
      }
    }
    return done;
  }

  private ReplayedBatch.Replaying in(boolean apply, Function<Tx, ReplayedBatch.Replaying> work) {
    if (apply) {
      return database.inTransaction(work::apply);
    }
    AtomicReference<ReplayedBatch.Replaying> done = new AtomicReference<>();
    try {
      database.run(
          tx -> {
            done.set(work.apply(tx));
            throw new TakenBackException();
          });
    } catch (TakenBackException e) {
      return done.get();
    }
    throw new IllegalStateException("a dry run is taken back");
  }

  private void announce(boolean apply, ReplayedBatch.Replaying done) {
    if (apply) {
      database.sync();
      recorder.wake(done.woken());
    }
  }
}
