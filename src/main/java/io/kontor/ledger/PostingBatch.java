package io.kontor.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Journal entries that go to the books together, once somebody who did not make them has approved
 * them. Its entries are frozen when it is proposed.
 *
 * @param id unique for ever, made of what is in it
 * @param day the business day that it closes, in the entity's zone
 * @param entries the numbers of its entries in the entity's chain
 * @param hash over the content of the entries: approval binds to it
 * @param makers who had a hand in it: none of them may approve it
 * @param waiting why it may not be approved unseen; empty if nothing is remarkable
 */
public record PostingBatch(
    String id,
    String entity,
    String channel,
    LocalDate day,
    List<Long> entries,
    String hash,
    State state,
    Set<String> makers,
    List<String> waiting) {

  private static final int HASH_IN_ID = 12;

  public PostingBatch {
    entries = List.copyOf(entries);
    makers = Set.copyOf(makers);
    waiting = List.copyOf(waiting);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("batch %s has no entries".formatted(id));
    }
  }

  /** Where a batch is on its way. */
  public enum State {
    PROPOSED,
    /** It has reasons to be looked at: never approved by itself. */
    WAITING,
    APPROVED,
    /** Every set of books has it. */
    POSTED,
    REJECTED
  }

  /** Proposes a batch of entries; the same entries make the same batch. */
  public static PostingBatch propose(
      String entity,
      String channel,
      LocalDate day,
      SortedMap<Long, JournalEntry> entries,
      Set<String> makers,
      List<String> waiting) {
    String hash = hash(entries);
    return new PostingBatch(
        entity + "/" + channel + "/" + day + "/" + hash.substring(0, HASH_IN_ID),
        entity,
        channel,
        day,
        List.copyOf(entries.keySet()),
        hash,
        waiting.isEmpty() ? State.PROPOSED : State.WAITING,
        makers,
        waiting);
  }

  /** SHA-256 over everything in the entries that reaches the books. */
  public static String hash(SortedMap<Long, JournalEntry> entries) {
    MessageDigest digest = sha256();
    for (Map.Entry<Long, JournalEntry> numbered : entries.entrySet()) {
      digest.update(content(numbered.getKey(), numbered.getValue()));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] content(long number, JournalEntry entry) {
    StringBuilder text = new StringBuilder();
    for (Object part :
        List.of(
            number,
            entry.entity(),
            entry.channel(),
            entry.date(),
            entry.narration(),
            entry.fact(),
            entry.rule(),
            entry.mappings())) {
      text.append(part).append('\u001f');
    }
    for (Posting posting : entry.postings()) {
      text.append(posting.account()).append('\u001f').append(posting.amount()).append('\u001f');
    }
    return text.append('\u001e').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether this person may approve it: not somebody who had a hand in it. */
  public boolean mayBeApprovedBy(String person) {
    boolean open = state == State.PROPOSED || state == State.WAITING;
    return open && !person.isBlank() && !makers.contains(person);
  }

  public PostingBatch in(State next) {
    return new PostingBatch(id, entity, channel, day, entries, hash, next, makers, waiting);
  }
}
