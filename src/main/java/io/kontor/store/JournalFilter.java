package io.kontor.store;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Which entries to read; what is empty does not narrow.
 *
 * @param from the first posting date
 * @param upTo the last posting date
 * @param batch the id of a posting batch
 */
public record JournalFilter(
    Optional<String> entity,
    Optional<String> channel,
    Optional<LocalDate> from,
    Optional<LocalDate> upTo,
    Optional<String> subject,
    Optional<String> batch) {

  public static JournalFilter all() {
    return new JournalFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public JournalFilter entity(String wanted) {
    return new JournalFilter(Optional.of(wanted), channel, from, upTo, subject, batch);
  }

  public JournalFilter channel(String wanted) {
    return new JournalFilter(entity, Optional.of(wanted), from, upTo, subject, batch);
  }

  public JournalFilter from(LocalDate first) {
    return new JournalFilter(entity, channel, Optional.of(first), upTo, subject, batch);
  }

  public JournalFilter upTo(LocalDate last) {
    return new JournalFilter(entity, channel, from, Optional.of(last), subject, batch);
  }

  /** Entries of one order, receipt or settlement, by its key. */
  public JournalFilter subject(String wanted) {
    return new JournalFilter(entity, channel, from, upTo, Optional.of(wanted), batch);
  }

  public JournalFilter batch(String wanted) {
    return new JournalFilter(entity, channel, from, upTo, subject, Optional.of(wanted));
  }
}
