package io.kontor.work.batch;

import io.kontor.failure.FaultPoint;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.money.Money;
import io.kontor.store.AuditLog;
import io.kontor.store.BatchContents;
import io.kontor.store.Batches;
import io.kontor.store.Database;
import io.kontor.store.Deliveries;
import io.kontor.store.Makers;
import io.kontor.store.PostingBatch;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.Actor;
import io.kontor.work.Tickets;
import io.kontor.work.delivery.BatchDeliveries;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Maker and checker: whoever has work in a batch does not approve it, and an approval is for the
 * content that was shown, not for whatever the batch holds by now. Every attempt is in the audit
 * log. Thread-safe.
 */
public final class Approvals {

  private final Database database;
  private final Batches batches;
  private final BatchContents contents;
  private final BatchWriting writing;
  private final Makers makers;
  private final PeriodLocks periods;
  private final UnknownBatches unknown;
  private final Deliveries deliveries;
  private final AuditLog audit;
  private final Mappings mappings;
  private final Tickets tickets;

  public Approvals(
      Store store,
      PeriodLocks periods,
      UnknownBatches unknown,
      Mappings mappings,
      Tickets tickets) {
    this.database = store.database();
    this.batches = store.batches();
    this.contents = store.contents();
    this.writing = new BatchWriting(store.forms(), mappings);
    this.makers = store.makers();
    this.periods = periods;
    this.unknown = unknown;
    this.deliveries = store.deliveries();
    this.audit = store.audit();
    this.mappings = mappings;
    this.tickets = tickets;
  }

  /** The batches of every entity in these states. */
  public List<PostingBatch> list(Set<PostingBatch.State> states) {
    return database.inTransaction(
        tx -> {
          List<PostingBatch> all = new ArrayList<>();
          for (String entity : mappings.entities().keySet().stream().sorted().toList()) {
            all.addAll(batches.list(tx, entity, states));
          }
          return all;
        });
  }

  /** The batches that wait for somebody. */
  public List<PostingBatch> pending() {
    return list(EnumSet.of(PostingBatch.State.PROPOSED, PostingBatch.State.WAITING));
  }

  public Optional<PostingBatch> find(String id) {
    return database.inTransaction(tx -> batches.find(tx, id));
  }

  /**
   * Approves a batch; it is posted to every set of books of its entity from then on.
   *
   * @param hash of the content that the checker looked at
   * @throws RejectedFailure with the reason, if there is no such batch, if it is decided already,
   *     if the checker is one of its makers, if its content is not what the checker saw, if it
   *     books into a locked period, or if the books hold what this hub does not know
   */
  public PostingBatch approve(String id, String hash, Actor checker, String note) {
    // What the books have closed since the night can still be proposed for another day.
    Optional<PostingBatch> undecided = find(id).filter(Approvals::isUndecided);
    undecided.map(PostingBatch::entity).ifPresent(periods::refresh);
    Optional<RejectedFailure> ahead = undecided.flatMap(unknown::objection);
    Optional<RejectedFailure> refusal =
        database.inTransaction(tx -> decide(tx, id, hash, checker, note, ahead));
    database.sync();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    FaultPoint.AFTER_APPROVAL.reached();
    wake();
    return find(id).orElseThrow();
  }

  /** Has approved batches posted at once instead of with the next sweep. */
  public void wake() {
    tickets.wake(Consequence.POST_TO_ODOO);
    tickets.wake(Consequence.POST_TO_FILE);
  }

  /**
   * Approves a batch by itself, where its entity allows that and nobody has to look at it: it has
   * no reason to wait, no person has work in it, and its debits come to no more than the limit.
   *
   * @return whether it did
   */
  public boolean approveByItself(Tx tx, PostingBatch batch) {
    Optional<Money> limit = mappings.entities().get(batch.entity()).autoApprove();
    if (limit.isEmpty() || !batch.reasons().isEmpty()) {
      return false;
    }
    Set<String> people = makers(tx, batch);
    people.remove(Actor.HUB.name());
    List<Money> debits = contents.debits(tx, batch.id());
    boolean within =
        debits.stream()
            .allMatch(
                sum ->
                    sum.currency().equals(limit.get().currency())
                        && sum.compareTo(limit.get()) <= 0);
    if (!people.isEmpty() || !within) {
      return false;
    }
    String note =
        "approved by itself: debits of %s, the limit is %s".formatted(debits, limit.get());
    if (!batches.approve(tx, batch.id(), batch.hash(), Actor.HUB.name(), note)) {
      return false;
    }
    approved(tx, batch.id(), batch.hash(), Actor.HUB, note);
    return true;
  }

  /** Everyone who has work in a batch, as of now. */
  private Set<String> makers(Tx tx, PostingBatch batch) {
    Set<String> all = new TreeSet<>(batch.makers());
    all.addAll(makers.of(tx, batch));
    return all;
  }

  private Optional<RejectedFailure> decide(
      Tx tx, String id, String hash, Actor checker, String note, Optional<RejectedFailure> ahead) {
    Optional<RejectedFailure> refusal = objection(tx, id, hash, checker).or(() -> ahead);
    if (refusal.isEmpty() && !batches.approve(tx, id, hash, checker.name(), note)) {
      refusal = Optional.of(new RejectedFailure("batch-decided", id, "it was decided meanwhile"));
    }
    if (refusal.isPresent()) {
      audit.append(tx, checker.name(), "approve-refused", id, refusal.get().getMessage());
      return refusal;
    }
    approved(tx, id, hash, checker, note);
    return Optional.empty();
  }

  private void approved(Tx tx, String id, String hash, Actor checker, String note) {
    audit.append(tx, checker.name(), "approve", id, "hash %s. %s".formatted(hash, note).strip());
    batches
        .find(tx, id)
        .ifPresent(
            batch ->
                deliveries.want(
                    tx, BatchDeliveries.of(mappings.entities().get(batch.entity()), batch)));
  }

  private Optional<RejectedFailure> objection(Tx tx, String id, String hash, Actor checker) {
    Optional<PostingBatch> found = batches.findLockingEntity(tx, id);
    if (found.isEmpty()) {
      return Optional.of(new RejectedFailure("unknown-batch", id, "there is no batch " + id));
    }
    PostingBatch batch = found.get();
    if (!isUndecided(batch)) {
      return Optional.of(
          new RejectedFailure(
              "batch-decided",
              id,
              "batch %s is %s already, by %s: nothing is posted twice"
                  .formatted(id, batch.state().word(), batch.checker().orElse("nobody"))));
    }
    Set<String> all = makers(tx, batch);
    if (!all.equals(batch.makers())) {
      batches.makers(tx, id, all);
    }
    if (all.contains(checker.name())) {
      return Optional.of(
          new RejectedFailure(
              "own-batch",
              id,
              "%s has work in batch %s: somebody else has to approve it".formatted(checker, id)));
    }
    String now = contents.currentHash(tx, id);
    if (!batch.hash().equals(hash) || !now.equals(hash)) {
      return Optional.of(
          new RejectedFailure(
              "batch-changed",
              id,
              "the content of batch %s is %s, the approval is for %s: look at it again"
                  .formatted(id, now, hash)));
    }
    return writing
        .objection(tx, batch)
        .or(() -> periods.objection(tx, batch, contents.bookedDays(tx, id)));
  }

  private static boolean isUndecided(PostingBatch batch) {
    return batch.state() == PostingBatch.State.PROPOSED
        || batch.state() == PostingBatch.State.WAITING;
  }
}
