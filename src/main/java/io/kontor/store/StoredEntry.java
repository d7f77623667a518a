package io.kontor.store;

import io.kontor.ledger.JournalEntry;
import io.kontor.sales.OrderKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A journal entry as it is kept.
 *
 * @param subject whose position it changed
 * @param number its number in the entity's sealed journal; empty until it is sealed
 * @param batch the id of the posting batch that took it
 * @param movedTo the day that its batch books it on, where its own period was locked
 */
public record StoredEntry(
    long id,
    JournalEntry entry,
    OrderKey subject,
    Instant recordedAt,
    OptionalLong number,
    Optional<String> batch,
    Optional<LocalDate> movedTo) {

  /** The day that it is booked on outside. */
  public LocalDate bookedOn() {
    return movedTo.orElse(entry.date());
  }
}
