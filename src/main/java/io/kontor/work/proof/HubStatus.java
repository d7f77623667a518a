package io.kontor.work.proof;

import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Consequence;
import io.kontor.store.AuditLog;
import io.kontor.store.Backlog;
import io.kontor.store.ControlTotals;
import io.kontor.store.Database;
import io.kontor.store.DeliveryState;
import io.kontor.store.Journal;
import io.kontor.store.WorkItems;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** What is going on in the hub at this moment. */
public final class HubStatus {

  private static final Set<DeliveryState> UNDER_WAY =
      EnumSet.of(DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.IN_DOUBT);

  private final Database database;
  private final Backlog backlog;
  private final WorkItems items;
  private final ControlTotals totals;
  private final Journal journal;
  private final AuditLog audit;
  private final LongSupplier inbox;

  /**
   * @param inbox how many documents wait to be recorded
   */
  public HubStatus(
      Database database,
      Backlog backlog,
      WorkItems items,
      ControlTotals totals,
      Journal journal,
      AuditLog audit,
      LongSupplier inbox) {
    this.database = database;
    this.backlog = backlog;
    this.items = items;
    this.totals = totals;
    this.journal = journal;
    this.audit = audit;
    this.inbox = inbox;
  }

  /**
   * What is left to do.
   *
   * @param pendingDeliveries due now or later, under way or in doubt
   * @param dueDeliveries those of them that something is being done about now
   * @param stuckDeliveries parked or dead: a person decides
   */
  public record Waiting(
      long waitingInInbox,
      long pendingDeliveries,
      long dueDeliveries,
      long stuckDeliveries,
      long openItems) {}

  /**
   * The numbers that an operator looks at first; the last two are counted one by one.
   *
   * @param inboxUnknown why nobody says how much waits in the inbox, which then counts as nothing
   */
  public record Now(Waiting waiting, long facts, long entries, Optional<String> inboxUnknown) {}

  /** How many documents wait to be recorded. */
  public long waitingInInbox() {
    return inbox.getAsLong();
  }

  /** What is left to do: quick, however much has been done. */
  public Waiting waiting() {
    // Before the deliveries: what leaves the inbox meanwhile is counted twice, and never not at
    // all.
    return waiting(inbox.getAsLong());
  }

  private Waiting waiting(long waiting) {
    return database.inTransaction(
        tx -> {
          long pending = 0;
          long due = 0;
          long stuck = 0;
          Set<Consequence> workable = backlog.due(tx);
          for (Backlog.Count count : backlog.counts(tx)) {
            if (UNDER_WAY.contains(count.state())) {
              pending += count.count();
              boolean now =
                  count.state() != DeliveryState.PENDING || workable.contains(count.consequence());
              due += now ? count.count() : 0;
            } else {
              stuck += count.count();
            }
          }
          return new Waiting(
              waiting,
              pending,
              due,
              stuck,
              items.openCounts(tx).stream().mapToLong(WorkItems.Count::count).sum());
        });
  }

  /** What is left to do, and how much there is, also while the broker does not answer. */
  public Now now() {
    long inInbox = 0;
    Optional<String> unknown = Optional.empty();
    try {
      inInbox = inbox.getAsLong();
    } catch (TransientFailure e) {
      unknown = Optional.of(e.getMessage());
    }
    Waiting waiting = waiting(inInbox);
    Optional<String> inboxUnknown = unknown;
    return database.inTransaction(
        tx ->
            new Now(
                waiting,
                totals.facts(tx).stream().mapToLong(ControlTotals.FactCount::facts).sum(),
                journal.count(tx),
                inboxUnknown));
  }

  /** How long the longest waiting delivery has been waiting. */
  public Duration oldestPending(Instant now) {
    return database.inTransaction(backlog::counts).stream()
        .filter(count -> UNDER_WAY.contains(count.state()))
        .map(count -> Duration.between(count.oldestWantedAt(), now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  public List<Backlog.Count> backlog() {
    return database.inTransaction(backlog::counts);
  }

  public List<WorkItems.Count> openItems() {
    return database.inTransaction(items::openCounts);
  }

  public List<AuditLog.Act> acts(int limit) {
    return database.inTransaction(tx -> audit.newest(tx, limit));
  }
}
