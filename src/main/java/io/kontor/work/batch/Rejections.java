package io.kontor.work.batch;

import io.kontor.failure.Failure;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.store.AuditLog;
import io.kontor.store.Batches;
import io.kontor.store.Database;
import io.kontor.store.Deliveries;
import io.kontor.store.Delivery;
import io.kontor.store.DeliveryState;
import io.kontor.store.Desk;
import io.kontor.store.PostingBatch;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.words.Words;
import io.kontor.work.Actor;
import io.kontor.work.delivery.BatchDeliveries;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rejects batches: their entries are free for the next one. An approved batch is rejected only as
 * long as no set of books has anything of it, as where a book refuses it for good. Every attempt is
 * in the audit log. Thread-safe.
 */
public final class Rejections {

  private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);

  private static final String REFUSED = "reject-refused";

  private static final int MOST_NAMED = 3;

  private final Database database;
  private final Batches batches;
  private final Deliveries deliveries;
  private final Desk desk;
  private final AuditLog audit;
  private final Mappings mappings;
  private final BatchEntries entries;
  private final List<Books> books;

  public Rejections(Store store, Mappings mappings, BatchEntries entries, List<Books> books) {
    this.database = store.database();
    this.batches = store.batches();
    this.deliveries = store.deliveries();
    this.desk = store.desk();
    this.audit = store.audit();
    this.mappings = mappings;
    this.entries = entries;
    this.books = List.copyOf(books);
  }

  /**
   * Rejects a batch.
   *
   * @throws RejectedFailure with the reason, if there is no such batch, if it is posted or rejected
   *     already, or if it is approved and a set of books has something of it or is being sent it
   * @throws Failure if it is approved and a set of books that was sent it cannot be asked
   */
  public void reject(String id, Actor checker, String note) {
    Optional<PostingBatch> approved =
        database.inTransaction(tx -> batches.find(tx, id)).filter(Rejections::isApproved);
    Map<String, Long> attempts =
        approved.map(batch -> database.inTransaction(tx -> attempts(tx, batch))).orElse(Map.of());
    Optional<RejectedFailure> held;
    try {
      held = approved.flatMap(batch -> held(batch, attempts));
    } catch (Failure e) {
      database.run(tx -> audit.append(tx, checker.name(), REFUSED, id, e.getMessage()));
      throw e;
    }
    Optional<RejectedFailure> refusal =
        database.inTransaction(
            tx -> {
              Optional<RejectedFailure> against =
                  held.or(() -> decide(tx, id, checker, note, attempts));
              audit.append(
                  tx,
                  checker.name(),
                  against.isEmpty() ? "reject" : REFUSED,
                  id,
                  against.map(RejectedFailure::getMessage).orElse(note));
              return against;
            });
    database.sync();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private Optional<RejectedFailure> decide(
      Tx tx, String id, Actor checker, String note, Map<String, Long> attempts) {
    Optional<PostingBatch> batch = batches.findLockingEntity(tx, id);
    if (batch.isEmpty()) {
      return Optional.of(new RejectedFailure("unknown-batch", id, "there is no batch " + id));
    }
    Optional<RejectedFailure> against =
        isApproved(batch.get())
            ? takenBack(tx, batch.get(), checker, note, attempts)
            : Optional.empty();
    if (against.isEmpty() && !batches.reject(tx, id, checker.name(), note)) {
      return Optional.of(
          new RejectedFailure(
              "batch-decided",
              id,
              "batch %s is %s already, by %s: it cannot be rejected any more"
                  .formatted(
                      id, batch.get().state().word(), batch.get().checker().orElse("nobody"))));
    }
    return against;
  }

  /** Sees that nobody sends an approved batch from now on; what is against it, if anything is. */
  private Optional<RejectedFailure> takenBack(
      Tx tx, PostingBatch batch, Actor checker, String note, Map<String, Long> attempts) {
    List<PostingBatch.Posted> posted = batches.posted(tx, batch.id());
    if (!posted.isEmpty()) {
      return Optional.of(
          new RejectedFailure(
              "batch-in-books",
              batch.id(),
              ("the %s book has batch %s since %s, as %s: see that the other books take it too, and"
                      + " correct it with an entry (batches reversal shows one)")
                  .formatted(
                      posted.get(0).target(),
                      batch.id(),
                      posted.get(0).at(),
                      posted.get(0).reference())));
    }
    for (String delivery : deliveries(batch)) {
      deliveries.holdState(tx, delivery);
    }
    if (!attempts(tx, batch).equals(attempts)
        || deliveries.states(tx, attempts.keySet()).values().stream()
            .anyMatch(EnumSet.of(DeliveryState.SENDING, DeliveryState.IN_DOUBT)::contains)) {
      return Optional.of(
          new RejectedFailure(
              "delivery-under-way",
              batch.id(),
              "batch %s is approved and being posted, or it is not known yet whether the books have it: look again in a while"
                  .formatted(batch.id())));
    }
    Set<String> ended = new HashSet<>();
    attempts
        .keySet()
        .forEach(id -> ended.addAll(deliveries.skip(tx, id, Deliveries.Followers.SKIP)));
    desk.resolveDeliveries(
        tx, ended, "batch %s was rejected by %s: %s".formatted(batch.id(), checker, note));
    return Optional.empty();
  }

  /** How often the deliveries of a batch were begun, by their ids; of those that there are. */
  private Map<String, Long> attempts(Tx tx, PostingBatch batch) {
    Map<String, Long> attempts = new HashMap<>();
    for (String id : deliveries(batch)) {
      deliveries.find(tx, id).map(Delivery::attempt).ifPresent(n -> attempts.put(id, n));
    }
    return attempts;
  }

  /** To every kind of books, also to those that the entity keeps no more. */
  private List<String> deliveries(PostingBatch batch) {
    List<String> ids = new ArrayList<>();
    for (Books each : books) {
      ids.add(delivery(each, batch));
    }
    return ids;
  }

  private static String delivery(Books to, PostingBatch batch) {
    return WantedDelivery.id(BatchDeliveries.to(to.target()), batch.id());
  }

  /**
   * What the books have of an approved batch that is not posted, by what they say themselves.
   *
   * @throws Failure if one that was sent it cannot be asked
   */
  private Optional<RejectedFailure> held(PostingBatch batch, Map<String, Long> attempts) {
    Entity entity = mappings.entities().get(batch.entity());
    for (Books each : books) {
      String delivery = delivery(each, batch);
      if (attempts.containsKey(delivery)) {
        List<String> there = held(entity, batch, each, attempts.get(delivery) > 0);
        if (!there.isEmpty()) {
          return Optional.of(inPart(entity, batch, each, there));
        }
      }
    }
    return Optional.empty();
  }

  /** One that nobody has begun to send it is asked too: this may be an older backup. */
  private List<String> held(Entity entity, PostingBatch batch, Books book, boolean sent) {
    try {
      return book.held(
          entity, batch.id(), database.inTransaction(tx -> entries.of(tx, batch, book.target())));
    } catch (Failure e) {
      if (sent) {
        throw e;
      }
      LOG.warn(
          "The {} book of {} does not say what it holds: {}",
          book.target().word(),
          entity.id(),
          e.getMessage());
      return List.of();
    }
  }

  private static RejectedFailure inPart(
      Entity entity, PostingBatch batch, Books book, List<String> there) {
    return new RejectedFailure(
        "batch-in-books",
        batch.id(),
        ("the %s book of %s has a part of batch %s: %s. Mend what keeps out the rest and retry, or"
                + " delete that there first (a folder: move it away)")
            .formatted(
                book.target().word(), entity.id(), batch.id(), Words.some(there, MOST_NAMED)));
  }

  private static boolean isApproved(PostingBatch batch) {
    return batch.state() == PostingBatch.State.APPROVED;
  }
}
