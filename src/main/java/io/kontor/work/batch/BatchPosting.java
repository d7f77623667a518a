package io.kontor.work.batch;

import io.kontor.failure.Failure;
import io.kontor.failure.FaultPoint;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.store.AuditLog;
import io.kontor.store.BatchContents;
import io.kontor.store.Batches;
import io.kontor.store.Claim;
import io.kontor.store.Claiming;
import io.kontor.store.Database;
import io.kontor.store.HeldClaims;
import io.kontor.store.PostingBatch;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.Actor;
import io.kontor.work.delivery.Delivering;
import io.kontor.work.delivery.DeliveryBook;
import io.kontor.work.delivery.DeliveryPolicy;
import io.kontor.work.delivery.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries approved posting batches to one kind of books. The books themselves see to it that
 * nothing is there twice; this sees to it that what is posted is what was approved, on days that
 * are open. A refusal is in the audit log. Thread-safe.
 */
public final class BatchPosting implements Delivering {

  private static final Logger LOG = LoggerFactory.getLogger(BatchPosting.class);

  private final Database database;
  private final Claiming claiming;
  private final HeldClaims held;
  private final Batches batches;
  private final BatchContents contents;
  private final BatchEntries entries;
  private final PeriodLocks periods;
  private final AuditLog audit;
  private final Mappings mappings;
  private final UnknownBatches unknown;
  private final Books books;
  private final DeliveryPolicy policy;
  private final DeliveryBook book;

  /**
   * @param books where the entries go
   */
  public BatchPosting(
      Store store,
      BatchEntries entries,
      PeriodLocks periods,
      UnknownBatches unknown,
      Mappings mappings,
      Books books,
      DeliveryPolicy policy,
      DeliveryBook book) {
    this.database = store.database();
    this.claiming = store.claiming();
    this.held = store.held();
    this.batches = store.batches();
    this.contents = store.contents();
    this.entries = entries;
    this.periods = periods;
    this.unknown = unknown;
    this.audit = store.audit();
    this.mappings = mappings;
    this.books = books;
    this.policy = policy;
    this.book = book;
  }

  @Override
  public int deliverDue(Consequence consequence) {
    List<Claim> claims =
        database.inTransaction(
            tx -> {
              List<Claim> doubtful =
                  claiming.claimInDoubt(tx, consequence, 1, policy.owner(), policy.lease());
              return doubtful.isEmpty()
                  ? claiming.claim(tx, consequence, 1, policy.owner(), policy.lease())
                  : doubtful;
            });
    for (Claim claim : claims) {
      FaultPoint.AFTER_SENDING.reached();
      Outcome outcome = post(claim);
      FaultPoint.AFTER_TARGET_APPLIED.reached();
      database.runUntilNothingIsInTheWay(tx -> finish(tx, claim, outcome));
      database.sync();
    }
    return claims.size();
  }

  private Outcome post(Claim claim) {
    try {
      if (claim.inDoubt()) {
        Optional<Outcome> known = database.inTransaction(tx -> postedByAnother(tx, claim));
        if (known.isPresent()) {
          return known.get();
        }
      }
      Approved approved = database.inTransaction(tx -> approved(tx, claim));
      PostingBatch batch = approved.batch();
      // One in doubt may be there already, in a period that was open then: the books know.
      Optional<RejectedFailure> locked = claim.inDoubt() ? Optional.empty() : locked(batch);
      Optional<RejectedFailure> against = locked.or(() -> unknown.objection(batch, books));
      if (against.isPresent()) {
        return Outcome.failed(against.get());
      }
      String reference =
          books.post(
              approved.entity(), batch.id(), batch.hash(), approved.entries(), () -> renew(claim));
      return new Outcome.Sent(batch.hash(), reference);
    } catch (Failure e) {
      if (e.code().equals(Books.PERIOD_LOCKED)) {
        // The books have closed a period since we asked: what is proposed from now on knows.
        periods.refresh(claim.entity());
      }
      return Outcome.failed(e);
    } catch (RuntimeException e) {
      LOG.error("Batch {} could not be posted", claim.subject(), e);
      return Outcome.defect(claim, e);
    }
  }

  /** Whoever had the delivery before may have been slow, and not gone: then it is done. */
  private Optional<Outcome> postedByAnother(Tx tx, Claim claim) {
    PostingBatch batch = batches.find(tx, claim.subject()).orElseThrow();
    return batches.posted(tx, batch.id()).stream()
        .filter(posted -> posted.target().equals(books.target().name()))
        .<Outcome>map(posted -> new Outcome.Sent(batch.hash(), posted.reference()))
        .findFirst();
  }

  private record Approved(PostingBatch batch, Entity entity, List<BookEntry> entries) {}

  private Approved approved(Tx tx, Claim claim) {
    PostingBatch batch = batches.find(tx, claim.subject()).orElseThrow();
    if (batch.state() != PostingBatch.State.APPROVED) {
      throw new RejectedFailure(
          batch.state() == PostingBatch.State.POSTED ? "posted-already" : "not-approved",
          batch.id(),
          "batch %s is %s: only an approved one is posted, and only once"
              .formatted(batch.id(), batch.state().word()));
    }
    for (PostingBatch.Posted posted : batches.posted(tx, batch.id())) {
      if (posted.target().equals(books.target().name())) {
        throw new RejectedFailure(
            "posted-already",
            batch.id(),
            "the %s book has batch %s since %s, as %s: it is not posted twice"
                .formatted(books.target(), batch.id(), posted.at(), posted.reference()));
      }
    }
    if (!contents.currentHash(tx, batch.id()).equals(batch.hash())) {
      throw new RejectedFailure(
          "batch-changed",
          batch.id(),
          "the content of batch %s is not what %s approved"
              .formatted(batch.id(), batch.checker().orElse("nobody")));
    }
    return new Approved(
        batch, mappings.entities().get(batch.entity()), entries.of(tx, batch, books.target()));
  }

  private Optional<RejectedFailure> locked(PostingBatch batch) {
    if (objection(batch).isEmpty()) {
      return Optional.empty();
    }
    // By what the books said last, and somebody may have opened the period since.
    periods.refresh(batch.entity());
    return objection(batch);
  }

  private Optional<RejectedFailure> objection(PostingBatch batch) {
    return database.inTransaction(
        tx -> periods.objectionToPosting(tx, batch, contents.bookedDays(tx, batch.id())));
  }

  private void renew(Claim claim) {
    if (!database.inTransaction(tx -> held.renew(tx, claim, policy.lease()))) {
      throw new InDoubtFailure(
          "delivery-lost", claim.subject(), "another node took the delivery over meanwhile");
    }
  }

  private void finish(Tx tx, Claim claim, Outcome outcome) {
    if (outcome instanceof Outcome.Sent sent) {
      // Two sets of books may have it at the same moment: the one that comes second is the last.
      PostingBatch batch = batches.findLockingRow(tx, claim.subject()).orElseThrow();
      Set<String> have =
          batches.posted(tx, batch.id()).stream()
              .map(PostingBatch.Posted::target)
              .collect(Collectors.toCollection(TreeSet::new));
      boolean first = have.add(books.target().name());
      Set<String> all =
          mappings.entities().get(batch.entity()).books().stream()
              .map(target -> target.target().name())
              .collect(Collectors.toSet());
      batches.markPosted(
          tx, batch.id(), books.target().name(), sent.reference(), have.containsAll(all));
      if (first) {
        audit.append(
            tx, Actor.HUB.name(), "posted", batch.id(), books.target() + " " + sent.reference());
      }
    } else if (outcome instanceof Outcome.Failed failed
        && !(failed.failure() instanceof TransientFailure)
        && !(failed.failure() instanceof InDoubtFailure)) {
      audit.append(
          tx,
          Actor.HUB.name(),
          "post-refused",
          claim.subject(),
          "%s: %s".formatted(books.target(), failed.failure().getMessage()));
    }
    book.finish(tx, claim, outcome);
  }
}
