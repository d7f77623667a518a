package io.kontor.store;

/** Numbers for rows, taken from a sequence a block at a time: one question for a thousand rows. */
final class EntryIds {

  private static final long BLOCK = 1_000;

  private long next;
  private long end;

  /** A number that nobody else has; of two from one caller the later is the greater. */
  synchronized long next(Tx tx) {
    if (next == end) {
      // Not undone by a rollback, so the block stays ours whatever becomes of the transaction.
      long block = tx.count("SELECT nextval('journal_entry_block')");
      next = (block - 1) * BLOCK + 1;
      end = next + BLOCK;
    }
    return next++;
  }
}
