package io.kontor.store;

import io.kontor.ledger.Balances;
import io.kontor.ledger.JournalEntry;
import io.kontor.sales.OrderKey;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The append-only journal: entries are added and read, never changed. Thread-safe. */
public final class Journal {

  /** An entry to append, and whose position it changes. */
  public record NewEntry(JournalEntry entry, OrderKey subject) {}

  /**
   * What {@link #verifyChain} found.
   *
   * @param checked how many sealed entries were looked at
   * @param broken the first entry that does not agree with its seal, and how; empty if none
   */
  public record ChainCheck(long checked, Optional<String> broken) {}

  /** The entries that no batch has taken, by what a batch is made of. */
  public record Unbatched(String entity, String channel, LocalDate date, long entries) {}

  /** Appends entries in the order given. */
  public void append(Tx tx, List<NewEntry> entries) {
    tx.pending();
  }

  /** What is posted for these orders, by the name of the fact. */
  public Map<String, Balances> postedByFact(Tx tx, Collection<OrderKey> subjects) {
    return tx.pending();
  }

  /**
   * Numbers the entity's committed entries that have no number yet, in the order of their ids and
   * without gaps, and chains each to the one before by a hash over its content. Waits for another
   * node that seals the same entity.
   *
   * @param limit the most entries to seal in this transaction
   * @return how many were sealed
   */
  public int seal(Tx tx, String entity, int limit) {
    return tx.pending();
  }

  /** Computes the whole chain of an entity again. */
  public ChainCheck verifyChain(Tx tx, String entity) {
    return tx.pending();
  }

  public long unsealed(Tx tx, String entity) {
    return tx.pending();
  }

  /** Hands on entries in the order of their ids; memory does not grow with their number. */
  public void stream(Tx tx, JournalFilter filter, Consumer<StoredEntry> consumer) {
    tx.pending();
  }

  /** The balances of an entity at the end of a day. */
  public Balances balances(Tx tx, String entity, LocalDate upTo) {
    return tx.pending();
  }

  /** The balances of what a filter selects. */
  public Balances balances(Tx tx, JournalFilter filter) {
    return tx.pending();
  }

  /** How many entries up to a day are in no batch yet, by channel and posting date. */
  public List<Unbatched> unbatched(Tx tx, String entity, LocalDate upTo) {
    return tx.pending();
  }
}
