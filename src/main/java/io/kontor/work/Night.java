package io.kontor.work;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.store.AuditLog;
import io.kontor.store.Batches;
import io.kontor.store.Database;
import io.kontor.store.Journal;
import io.kontor.store.Nights;
import io.kontor.store.PostingBatch;
import io.kontor.store.Replayable;
import io.kontor.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The night: seals the journal and proposes a posting batch for every channel of an entity.
 *
 * <p>The row of the night is the truth: one that is done is not run again, one that was missed is
 * caught up once, and on several nodes one of them runs it.
 */
public final class Night implements Nightly {

  private static final Logger LOG = LoggerFactory.getLogger(Night.class);

  /** Longer than a night's transactions take; another node may take over after it. */
  private static final Duration LEASE = Duration.ofMinutes(15);

  /** How many missed nights are caught up; older facts are in the newest batch all the same. */
  private static final int MOST_MISSED = 31;

  private final Database database;
  private final Nights nights;
  private final Journal journal;
  private final Batches batches;
  private final Replayable replayable;
  private final AuditLog audit;
  private final BatchReview review;
  private final Reconciliation reconciliation;
  private final Sealer sealer;
  private final Mappings mappings;
  private final String owner;
  private final Clock clock;

  public Night(
      Database database,
      Nights nights,
      Journal journal,
      Batches batches,
      Replayable replayable,
      AuditLog audit,
      BatchReview review,
      Reconciliation reconciliation,
      Sealer sealer,
      Mappings mappings,
      String owner,
      Clock clock) {
    this.database = database;
    this.nights = nights;
    this.journal = journal;
    this.batches = batches;
    this.replayable = replayable;
    this.audit = audit;
    this.review = review;
    this.reconciliation = reconciliation;
    this.sealer = sealer;
    this.mappings = mappings;
    this.owner = owner;
    this.clock = clock;
  }

  @Override
  public void runMissing() {
    for (Entity entity : mappings.entities().values()) {
      LocalDate yesterday = yesterday(entity.id());
      LocalDate first =
          database
              .inTransaction(tx -> nights.lastDone(tx, entity.id()))
              .map(done -> done.plusDays(1))
              .orElse(yesterday);
      if (first.isBefore(yesterday.minusDays(MOST_MISSED))) {
        first = yesterday.minusDays(MOST_MISSED);
      }
      for (LocalDate date = first; !date.isAfter(yesterday); date = date.plusDays(1)) {
        run(entity.id(), date, Actor.HUB);
      }
    }
  }

  /**
   * Runs one night by hand. What a night has done is not done again, so a second run proposes only
   * what has come since.
   *
   * @param date the business date: entries up to it are taken
   * @return the batches that were proposed
   */
  public List<PostingBatch> settle(String entity, LocalDate date, Actor maker) {
    reconciliation.again(entity);
    sealer.sealEntity(entity);
    List<PostingBatch> proposed = new ArrayList<>();
    for (String channel : channels(entity, date)) {
      database
          .inTransaction(tx -> propose(tx, entity, channel, date, maker))
          .ifPresent(proposed::add);
    }
    database.sync();
    return proposed;
  }

  /**
   * The entities that a person names.
   *
   * @param entity an entity, or blank for all of them
   * @throws RejectedFailure {@code unknown-entity} if there is none of this name
   */
  public List<String> entities(String entity) {
    List<String> all = mappings.entities().keySet().stream().sorted().toList();
    if (entity.isBlank()) {
      return all;
    }
    if (!all.contains(entity)) {
      throw new RejectedFailure(
          "unknown-entity",
          entity,
          "there is no entity '%s'; there are: %s".formatted(entity, String.join(", ", all)));
    }
    return List.of(entity);
  }

  /** The last business day that is over, by the entity's clock. */
  public LocalDate yesterday(String entity) {
    return LocalDate.now(clock.withZone(mappings.entities().get(entity).zone())).minusDays(1);
  }

  /** The nights that were run, the newest first within each entity. */
  public List<Nights.Night> nights() {
    List<Nights.Night> all = new ArrayList<>();
    for (String entity : entities("")) {
      all.addAll(database.inTransaction(tx -> nights.list(tx, entity, MOST_MISSED)));
    }
    return all;
  }

  private void run(String entity, LocalDate date, Actor maker) {
    // Of two runs on one node only one is the owner.
    String run = runsOf(owner) + UUID.randomUUID();
    if (!database.inTransaction(tx -> nights.begin(tx, entity, date, run, LEASE))) {
      return;
    }
    try {
      List<PostingBatch> proposed = settle(entity, date, maker);
      finish(entity, date, run, Nights.State.DONE, proposed.size() + " batches proposed");
    } catch (RuntimeException e) {
      LOG.error("The night of {} for {} failed", date, entity, e);
      finish(entity, date, run, Nights.State.FAILED, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** What the names of a node's runs begin with. */
  static String runsOf(String node) {
    return node + "/";
  }

  private void finish(String entity, LocalDate date, String run, Nights.State state, String note) {
    database.inTransaction(tx -> nights.finish(tx, entity, date, run, state, note));
  }

  private Set<String> channels(String entity, LocalDate date) {
    Set<String> channels = new TreeSet<>();
    database
        .inTransaction(tx -> journal.unbatched(tx, entity, date))
        .forEach(unbatched -> channels.add(unbatched.channel()));
    return channels;
  }

  private Optional<PostingBatch> propose(
      Tx tx, String entity, String channel, LocalDate date, Actor maker) {
    Set<String> makers = replayable.makers(tx, entity, channel, date);
    makers.add(maker.name());
    Optional<PostingBatch> batch = batches.propose(tx, entity, channel, date, makers);
    batch.ifPresent(
        proposed -> {
          List<String> reasons = review.reasons(tx, proposed);
          if (!reasons.isEmpty()) {
            batches.waiting(tx, proposed.id(), reasons);
          }
          audit.append(
              tx,
              maker.name(),
              "propose",
              proposed.id(),
              "%d entries, hash %s".formatted(proposed.entries(), proposed.hash()));
        });
    return batch.flatMap(proposed -> batches.find(tx, proposed.id()));
  }
}
