package io.kontor.work.batch;

import io.kontor.failure.Failure;
import io.kontor.failure.RejectedFailure;
import io.kontor.ledger.OpenDays;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.store.AuditLog;
import io.kontor.store.Database;
import io.kontor.store.Periods;
import io.kontor.store.PostingBatch;
import io.kontor.store.Tx;
import io.kontor.work.Actor;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes and opens accounting periods, and knows which ones the books outside have closed. What
 * comes late for a closed period is booked on the first open day, with its own date in the text;
 * the journal's entry keeps its date. Every attempt is in the audit log. Thread-safe.
 */
public final class PeriodLocks {

  private static final Logger LOG = LoggerFactory.getLogger(PeriodLocks.class);

  private final Database database;
  private final Periods periods;
  private final AuditLog audit;
  private final Mappings mappings;
  private final List<Books> books;
  private final Clock clock;

  /**
   * @param books which are asked what they have closed themselves
   */
  public PeriodLocks(
      Database database,
      Periods periods,
      AuditLog audit,
      Mappings mappings,
      List<Books> books,
      Clock clock) {
    this.database = database;
    this.periods = periods;
    this.audit = audit;
    this.mappings = mappings;
    this.books = List.copyOf(books);
    this.clock = clock;
  }

  /**
   * What locking came to.
   *
   * @param unposted how many entries of the month no approved batch has: they are booked later
   * @param openBefore earlier months with entries that are still open, so that what comes late for
   *     them is booked before this one
   */
  public record Locked(String entity, YearMonth month, long unposted, List<YearMonth> openBefore) {}

  /** What is closed in an entity's books: by us, and by the books themselves. */
  public record Closed(String entity, List<Periods.Lock> locks, List<Periods.BookLock> bookLocks) {}

  /** The closed periods of all entities. */
  public List<Closed> list() {
    List<Closed> all = new ArrayList<>();
    database.run(
        tx -> {
          for (String entity : mappings.entities().keySet().stream().sorted().toList()) {
            all.add(new Closed(entity, periods.locks(tx, entity), periods.bookLocks(tx, entity)));
          }
        });
    return all;
  }

  /**
   * Closes a month.
   *
   * @throws RejectedFailure if it is closed, if it is not over, or while an approved batch with
   *     entries in it is still on its way to a set of books
   */
  public Locked lock(String entity, YearMonth month, Actor who, String note) {
    mappings.requireEntity(entity);
    Optional<RejectedFailure> refusal =
        database.inTransaction(tx -> tryToLock(tx, entity, month, who, note));
    database.sync();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return database.inTransaction(
        tx ->
            new Locked(
                entity, month, periods.unposted(tx, entity, month), openBefore(tx, entity, month)));
  }

  private List<YearMonth> openBefore(Tx tx, String entity, YearMonth month) {
    OpenDays open = periods.open(tx, entity);
    return periods.usedBefore(tx, entity, month).stream()
        .filter(before -> open.firstClosed(List.of(before.atEndOfMonth())).isEmpty())
        .toList();
  }

  private Optional<RejectedFailure> tryToLock(
      Tx tx, String entity, YearMonth month, Actor who, String note) {
    String id = id(entity, month);
    YearMonth current =
        YearMonth.from(
            LocalDate.ofInstant(clock.instant(), mappings.entities().get(entity).zone()));
    Optional<RejectedFailure> refusal = Optional.empty();
    if (!month.isBefore(current)) {
      refusal =
          refused("period-not-over", id, "%s is not over: only a past month is locked", month);
    } else if (!periods.lock(tx, entity, month, who.name(), note)) {
      refusal = refused("period-locked-already", id, "%s is locked already", month);
    } else {
      // The lock holds the entity's row, so nothing is approved meanwhile.
      List<String> underWay = periods.underWay(tx, entity, month);
      if (!underWay.isEmpty()) {
        periods.unlock(tx, entity, month);
        refusal =
            refused(
                "period-in-use",
                id,
                "%s cannot be locked yet: approved and not posted everywhere: "
                    + String.join(", ", underWay),
                month);
      }
    }
    audit.append(
        tx,
        who.name(),
        refusal.isPresent() ? "lock-refused" : "lock",
        id,
        refusal.map(Throwable::getMessage).orElse(note));
    return refusal;
  }

  /**
   * Opens a month again.
   *
   * @throws RejectedFailure {@code period-open} if it is not closed
   */
  public void unlock(String entity, YearMonth month, Actor who, String note) {
    mappings.requireEntity(entity);
    String id = id(entity, month);
    boolean unlocked =
        database.inTransaction(
            tx -> {
              boolean done = periods.unlock(tx, entity, month);
              audit.append(
                  tx,
                  who.name(),
                  done ? "unlock" : "unlock-refused",
                  id,
                  done ? note : "it is not locked");
              return done;
            });
    database.sync();
    if (!unlocked) {
      throw new RejectedFailure(
          "period-open", id, "%s of %s is not locked".formatted(month, entity));
    }
  }

  /**
   * Asks the books of an entity what they have closed, and keeps it. Books that cannot be asked now
   * keep what they said last: they are asked again before anything is posted.
   */
  public void refresh(String entityId) {
    Entity entity = mappings.entities().get(entityId);
    for (Books each : books) {
      if (entity.books().stream().noneMatch(book -> book.target() == each.target())) {
        continue;
      }
      try {
        Optional<LocalDate> through = each.lockedThrough(entity);
        database.run(tx -> periods.bookLock(tx, entityId, each.target().name(), through));
      } catch (Failure e) {
        LOG.warn(
            "The {} book of {} does not say which periods it has closed: {}",
            each.target(),
            entityId,
            e.getMessage());
      }
    }
  }

  /** Refuses to approve what would be booked on a closed day. */
  Optional<RejectedFailure> objection(Tx tx, PostingBatch batch, List<LocalDate> days) {
    OpenDays open = periods.open(tx, batch.entity());
    return open.firstClosed(days)
        .map(
            day ->
                locked(
                    batch,
                    ("%s of %s is locked, and batch %s books entries on %s: reject it and run"
                            + " settle; its late facts are then booked on %s, the first open day,"
                            + " with their own date in the text")
                        .formatted(
                            YearMonth.from(day),
                            batch.entity(),
                            batch.id(),
                            day,
                            open.firstFrom(day))));
  }

  /**
   * Refuses to post on a day that was closed after the approval. Such a batch is not rejected any
   * more, since some of its books may have it: who closed the day has to open it.
   */
  Optional<RejectedFailure> objectionToPosting(Tx tx, PostingBatch batch, List<LocalDate> days) {
    return periods
        .open(tx, batch.entity())
        .firstClosed(days)
        .map(day -> closedAfterApproval(tx, batch, day));
  }

  private RejectedFailure closedAfterApproval(Tx tx, PostingBatch batch, LocalDate day) {
    YearMonth month = YearMonth.from(day);
    if (periods.locks(tx, batch.entity()).stream().anyMatch(lock -> lock.month().equals(month))) {
      return locked(
          batch,
          ("%1$s of %2$s is locked, and the approved batch %3$s books entries on %4$s: unlock it"
                  + " (periods unlock %2$s %1$s --note …), retry, and lock it again when the batch is"
                  + " posted")
              .formatted(month, batch.entity(), batch.id(), day));
    }
    String closed =
        periods.bookLocks(tx, batch.entity()).stream()
            .filter(lock -> lock.through().filter(last -> !day.isAfter(last)).isPresent())
            .map(lock -> "the %s book through %s".formatted(lock.target(), lock.through().get()))
            .collect(Collectors.joining(" and "));
    return locked(
        batch,
        ("%s has closed %s, and the approved batch %s books entries on %s: open the period there"
                + " and retry")
            .formatted(batch.entity(), closed, batch.id(), day));
  }

  private static RejectedFailure locked(PostingBatch batch, String why) {
    return new RejectedFailure(Books.PERIOD_LOCKED, batch.id(), why);
  }

  private static String id(String entity, YearMonth month) {
    return entity + "/" + month;
  }

  private static Optional<RejectedFailure> refused(
      String code, String id, String message, YearMonth month) {
    return Optional.of(new RejectedFailure(code, id, message.formatted(month)));
  }
}
