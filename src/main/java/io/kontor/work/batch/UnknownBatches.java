package io.kontor.work.batch;

import io.kontor.failure.Failure;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.store.Batches;
import io.kontor.store.Database;
import io.kontor.store.PostingBatch;
import io.kontor.words.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that the books hold no batch of a channel that this hub does not know. They do after an
 * older backup was restored: what is recorded anew then is the same money, and would be posted a
 * second time under another name.
 */
public final class UnknownBatches {

  private static final Logger LOG = LoggerFactory.getLogger(UnknownBatches.class);

  private static final int MOST_NAMED = 3;

  /** Of a rejected batch the books have nothing. */
  private static final Set<PostingBatch.State> STANDING =
      EnumSet.complementOf(EnumSet.of(PostingBatch.State.REJECTED));

  private final Database database;
  private final Batches batches;
  private final Mappings mappings;
  private final List<Books> books;

  public UnknownBatches(Database database, Batches batches, Mappings mappings, List<Books> books) {
    this.database = database;
    this.batches = batches;
    this.mappings = mappings;
    this.books = List.copyOf(books);
  }

  /** What is against approving a batch; books that do not answer are asked before it is posted. */
  Optional<RejectedFailure> objection(PostingBatch batch) {
    Entity entity = mappings.entities().get(batch.entity());
    for (Books each : books) {
      if (entity.books().stream().anyMatch(book -> book.target() == each.target())) {
        try {
          Optional<RejectedFailure> objection = objection(batch, each);
          if (objection.isPresent()) {
            return objection;
          }
        } catch (Failure e) {
          LOG.warn(
              "The {} book of {} does not say what it holds: {}",
              each.target().word(),
              entity.id(),
              e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What is against posting a batch.
   *
   * @throws Failure if the books cannot be asked
   */
  Optional<RejectedFailure> objection(PostingBatch batch, Books to) {
    Entity entity = mappings.entities().get(batch.entity());
    Set<String> known =
        database.inTransaction(tx -> batches.list(tx, batch.entity(), STANDING)).stream()
            .map(PostingBatch::id)
            .collect(Collectors.toSet());
    List<String> unknown = to.unknown(entity, batch.channel(), known);
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RejectedFailure(
                "books-ahead",
                batch.id(),
                ("the %s book of %s has of channel %s what this hub does not know, as after an older"
                        + " backup was restored: %s. Batch %s may be the same money: take that"
                        + " back there (reverse or delete it; move the folder away), or restore a"
                        + " newer backup, and then approve or retry")
                    .formatted(
                        to.target().word(),
                        entity.id(),
                        batch.channel(),
                        Words.some(unknown, MOST_NAMED),
                        batch.id())));
  }
}
