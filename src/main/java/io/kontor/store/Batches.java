package io.kontor.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Posting batches. Who may approve what is the business of work; the rows are here. */
public final class Batches {

  /**
   * Takes every entry of the channel up to a day that is in no batch, and freezes them as a batch.
   *
   * @return empty if there is no such entry
   */
  public Optional<PostingBatch> propose(
      Tx tx, String entity, String channel, LocalDate date, Set<String> makers) {
    return tx.pending();
  }

  /** Says why a proposed batch waits. */
  public void waiting(Tx tx, String id, List<String> reasons) {
    tx.pending();
  }

  /** Approves a proposed or waiting batch of this hash; false if it is not such a one. */
  public boolean approve(Tx tx, String id, String hash, String checker, String note) {
    return tx.pending();
  }

  /** Rejects a proposed or waiting batch and frees its entries; false if it is not such a one. */
  public boolean reject(Tx tx, String id, String checker, String note) {
    return tx.pending();
  }

  /** A set of books has the approved batch; {@code last} says that it was the last to have it. */
  public void posted(Tx tx, String id, String target, String reference, boolean last) {
    tx.pending();
  }

  /** What each set of books has of the batch. */
  public List<PostingBatch.Posted> posted(Tx tx, String id) {
    return tx.pending();
  }

  /** The hash over the entries as they stand now: other than the batch's if something changed. */
  public String currentHash(Tx tx, String id) {
    return tx.pending();
  }

  public Optional<PostingBatch> find(Tx tx, String id) {
    return tx.pending();
  }

  /** Batches of an entity in a state, oldest first. */
  public List<PostingBatch> list(Tx tx, String entity, Set<PostingBatch.State> states) {
    return tx.pending();
  }
}
