package io.kontor.work.night;

import io.kontor.ledger.OpenDays;
import io.kontor.mapping.Mappings;
import io.kontor.store.Database;
import io.kontor.store.JournalSums;
import io.kontor.store.PostingBatch;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.Actor;
import io.kontor.work.batch.Approvals;
import io.kontor.work.batch.BatchReview;
import io.kontor.work.batch.PeriodLocks;
import io.kontor.work.settlement.Reconciliation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The work of a night: looks at open settlements again, seals the journal, and proposes a posting
 * batch for every channel of an entity. What was done is not done again. Thread-safe.
 */
public final class BatchProposals {

  /** Matching, asking the books, sealing; then a step for each channel. */
  private static final int STEPS_BEFORE = 3;

  private final Store store;
  private final Mappings mappings;
  private final Database database;
  private final BatchReview review;
  private final Approvals approvals;
  private final PeriodLocks periods;
  private final BiConsumer<String, Actor> matching;
  private final Sealer sealer;
  private final NightProgress progress;

  public BatchProposals(
      Store store,
      Mappings mappings,
      BatchReview review,
      Approvals approvals,
      PeriodLocks periods,
      Reconciliation reconciliation,
      Sealer sealer,
      NightProgress progress) {
    this(store, mappings, review, approvals, periods, reconciliation::again, sealer, progress);
  }

  /**
   * @param matching looks again at an entity's open settlements, for somebody
   */
  public BatchProposals(
      Store store,
      Mappings mappings,
      BatchReview review,
      Approvals approvals,
      PeriodLocks periods,
      BiConsumer<String, Actor> matching,
      Sealer sealer,
      NightProgress progress) {
    this.store = store;
    this.mappings = mappings;
    this.database = store.database();
    this.review = review;
    this.approvals = approvals;
    this.periods = periods;
    this.matching = matching;
    this.sealer = sealer;
    this.progress = progress;
    database.run(tx -> store.makers().authors(tx, mappings.version(), mappings.authors()));
  }

  /**
   * Proposes what has come since the last time.
   *
   * @param date entries up to it are taken
   * @param maker who asked for it: a maker of all that it makes
   * @return the batches that were proposed
   */
  public List<PostingBatch> propose(String entity, LocalDate date, Actor maker) {
    try {
      return steps(entity, date, maker);
    } finally {
      progress.over(entity);
    }
  }

  private List<PostingBatch> steps(String entity, LocalDate date, Actor maker) {
    at(entity, date, "matching settlements", 0, STEPS_BEFORE + 1);
    matching.accept(entity, maker);
    at(entity, date, "asking the books for closed periods", 1, STEPS_BEFORE + 1);
    periods.refresh(entity);
    at(entity, date, "sealing the journal", 2, STEPS_BEFORE + 1);
    sealer.sealEntity(entity);
    List<PostingBatch> proposed = new ArrayList<>();
    List<String> channels = channels(entity, date);
    for (int i = 0; i < channels.size(); i++) {
      String channel = channels.get(i);
      at(entity, date, "proposing " + channel, STEPS_BEFORE + i, STEPS_BEFORE + channels.size());
      database
          .inTransaction(tx -> propose(tx, entity, channel, date, maker))
          .ifPresent(proposed::add);
    }
    database.sync();
    if (proposed.stream().anyMatch(batch -> batch.state() == PostingBatch.State.APPROVED)) {
      approvals.wake();
    }
    return proposed;
  }

  private void at(String entity, LocalDate date, String what, int done, int steps) {
    progress.at(new NightProgress.Step(entity, date, what, done, steps));
  }

  private List<String> channels(String entity, LocalDate date) {
    Set<String> channels = new TreeSet<>();
    database.inTransaction(tx -> store.journalSums().unbatched(tx, entity, date)).stream()
        .map(JournalSums.Unbatched::channel)
        .forEach(channels::add);
    return List.copyOf(channels);
  }

  private Optional<PostingBatch> propose(
      Tx tx, String entity, String channel, LocalDate date, Actor maker) {
    // A period that is closed while we wait for our turn is closed for this batch.
    store.batches().lockEntity(tx, entity);
    OpenDays open = store.periods().open(tx, entity);
    Optional<PostingBatch> taken =
        store
            .batches()
            .propose(
                tx,
                mappings.entities().get(entity),
                mappings.version(),
                channel,
                date,
                Set.of(maker.name()),
                open);
    if (taken.isEmpty()) {
      return taken;
    }
    String id = taken.get().id();
    Set<String> makers = new TreeSet<>(store.makers().of(tx, taken.get()));
    makers.add(maker.name());
    store.batches().makers(tx, id, makers);
    List<String> reasons = review.reasons(tx, taken.get());
    if (!reasons.isEmpty()) {
      store.batches().waiting(tx, id, reasons);
    }
    store
        .audit()
        .append(
            tx,
            maker.name(),
            "propose",
            id,
            "%d entries, hash %s".formatted(taken.get().entries(), taken.get().hash()));
    PostingBatch batch = store.batches().find(tx, id).orElseThrow();
    // Only what the clock proposed: a person who asked for it has a hand in it.
    if (maker.equals(Actor.HUB)) {
      approvals.approveByItself(tx, batch);
    }
    return store.batches().find(tx, id);
  }
}
