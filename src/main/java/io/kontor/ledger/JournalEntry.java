package io.kontor.ledger;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A balanced set of postings, made because of one fact. It cannot be constructed unbalanced,
 * neither in a currency nor in what the entity keeps its books in.
 *
 * @param entity the legal entity whose books it is in
 * @param channel the sales channel it comes from; posting batches are made per channel
 * @param date the posting date, a business day in the entity's time zone
 * @param fact the name of the fact it was made for
 * @param rule the posting rule that made it
 * @param mappings the version (hash) of the mappings that made it
 */
public record JournalEntry(
    String entity,
    String channel,
    LocalDate date,
    String narration,
    String fact,
    String rule,
    String mappings,
    List<Posting> postings) {

  public JournalEntry {
    postings = List.copyOf(postings);
    if (postings.size() < 2) {
      throw new IllegalArgumentException("an entry has at least two postings: " + narration);
    }
    Posting.imbalance(postings)
        .ifPresent(
            sum -> {
              throw new UnbalancedEntryException(fact, sum);
            });
  }

  @Override
  public String toString() {
    return date
        + " "
        + narration
        + postings.stream()
            .map(p -> "%n  %s  %s".formatted(p.account(), p.amount()))
            .collect(Collectors.joining());
  }
}
