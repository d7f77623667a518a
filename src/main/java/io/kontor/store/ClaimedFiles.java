package io.kontor.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Files in pieces, each under the hash of its whole content. A file that is being written is a
 * draft, which nobody else can see.
 */
public final class ClaimedFiles {

  /** The most bytes of a piece: within what both databases take as a plain value. */
  public static final int PIECE = 512 * 1024;

  /** Begins a file; returns the number of its draft. */
  public long begin(Tx tx) {
    long file = tx.count("SELECT nextval('claim_check_file')");
    tx.update("INSERT INTO claim_check_draft (file, begun_at) VALUES (?, ?)", file, tx.now());
    return file;
  }

  /**
   * Adds a piece to a draft.
   *
   * @param number from 0, without gaps
   * @param bytes at most {@link #PIECE}
   */
  public void add(Tx tx, long file, long number, byte[] bytes) {
    tx.update(
        "INSERT INTO claim_check_chunk (file, number, bytes) VALUES (?, ?, ?)",
        file,
        number,
        bytes);
  }

  /** Ends a draft: from now on it is found by its hash. The same content is kept once. */
  public void complete(Tx tx, long file, String sha256) {
    boolean ours = false;
    boolean known = false;
    // Neither happens only if the same content is removed in this very moment.
    while (!ours && !known) {
      ours =
          tx.update(
                  """
                  INSERT INTO claim_check (sha256, file, stored_at) VALUES (?, ?, ?)
                  ON CONFLICT DO NOTHING""",
                  sha256,
                  file,
                  tx.now())
              == 1;
      known =
          !ours
              && tx.update(
                      "UPDATE claim_check SET stored_at = ? WHERE sha256 = ?", tx.now(), sha256)
                  == 1;
    }
    if (!ours) {
      tx.update("DELETE FROM claim_check_chunk WHERE file = ?", file);
    }
    tx.update("DELETE FROM claim_check_draft WHERE file = ?", file);
  }

  /** A piece of the file with this hash; empty behind its end, or if there is no such file. */
  public Optional<byte[]> piece(Tx tx, String sha256, long number) {
    return tx.first(
        """
        SELECT c.bytes FROM claim_check k JOIN claim_check_chunk c ON c.file = k.file
        WHERE k.sha256 = ? AND c.number = ?""",
        row -> row.getBytes(1),
        sha256,
        number);
  }

  /** Hashes of the files that were last handed in before. */
  public List<String> storedBefore(Tx tx, Instant before) {
    return tx.query(
        "SELECT sha256 FROM claim_check WHERE stored_at < ? ORDER BY sha256",
        row -> row.getString(1),
        before);
  }

  /** Removes files, but for those handed in again in the meantime; returns how many. */
  public int remove(Tx tx, Collection<String> hashes, Instant storedBefore) {
    List<String> sorted = hashes.stream().sorted().toList();
    tx.update(
        """
        DELETE FROM claim_check_chunk WHERE file IN
          (SELECT file FROM claim_check WHERE sha256 = ANY(?) AND stored_at < ?)""",
        sorted,
        storedBefore);
    return tx.update(
        "DELETE FROM claim_check WHERE sha256 = ANY(?) AND stored_at < ?", sorted, storedBefore);
  }

  /** Removes drafts begun before, which nobody writes any more; returns how many. */
  public int discardDrafts(Tx tx, Instant begunBefore) {
    tx.update(
        """
        DELETE FROM claim_check_chunk WHERE file IN
          (SELECT file FROM claim_check_draft WHERE begun_at < ?)""",
        begunBefore);
    return tx.update("DELETE FROM claim_check_draft WHERE begun_at < ?", begunBefore);
  }
}
