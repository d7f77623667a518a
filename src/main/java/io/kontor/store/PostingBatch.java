package io.kontor.store;

import io.kontor.words.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A posting batch: entries of one entity and channel, frozen when it was proposed.
 *
 * @param id {@code entity/channel/date/number}
 * @param hash over the content of its entries, which approval binds to
 * @param reasons why it waits for a person
 * @param makers everyone whose work is in it
 */
public record PostingBatch(
    String id,
    String entity,
    String channel,
    LocalDate date,
    String hash,
    State state,
    long entries,
    List<String> reasons,
    Set<String> makers,
    Optional<String> checker,
    Instant proposedAt,
    Optional<Instant> decidedAt,
    String note) {

  public PostingBatch {
    reasons = List.copyOf(reasons);
    makers = Set.copyOf(makers);
  }

  /** Where it stands. */
  public enum State {
    PROPOSED,
    /** It has reasons to be looked at: never approved by itself. */
    WAITING,
    APPROVED,
    /** Every target has it. */
    POSTED,
    REJECTED;

    public String word() {
      return Words.of(this);
    }

    public static State of(String word) {
      return Words.constant(State.class, "state of a batch", word);
    }
  }

  /** What one set of books has of a batch. */
  public record Posted(String target, String reference, Instant at) {}
}
