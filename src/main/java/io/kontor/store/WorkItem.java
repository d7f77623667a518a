package io.kontor.store;

import io.kontor.words.Words;
import java.time.Instant;
import java.util.Optional;

/**
 * Something on the work desk.
 *
 * @param team who owns it: the one that its code is for, or the one that it was given to
 * @param code why, as a stable word
 * @param subject the order, settlement, file or night it is about
 * @param message the reason in words, with every fault found
 * @param dedupeKey while an item with this key is open, the same trouble counts on it
 * @param occurrences how often it happened while open
 */
public record WorkItem(
    long id,
    Team team,
    State state,
    String code,
    String entity,
    String channel,
    String subject,
    String message,
    Optional<String> rawId,
    Optional<String> factName,
    Optional<String> deliveryId,
    String dedupeKey,
    long occurrences,
    Instant openedAt,
    Instant lastAt,
    Optional<Instant> closedAt) {

  /** Who owns it. */
  public enum Team {
    OPERATIONS,
    FINANCE;

    public String word() {
      return Words.of(this);
    }

    public static Team of(String word) {
      return Words.constant(Team.class, "team", word);
    }
  }

  /** Where it stands. */
  public enum State {
    OPEN,
    RESOLVED,
    SKIPPED;

    public String word() {
      return Words.of(this);
    }

    public static State of(String word) {
      return Words.constant(State.class, "state of a work item", word);
    }
  }

  /** What somebody did about an item. */
  public record Event(long item, Instant at, String who, String action, String note) {}
}
