package io.kontor.store;

import static io.kontor.store.Columns.instant;

import io.kontor.ledger.OpenDays;
import io.kontor.mapping.Entity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Posting batches. Who may approve what is the business of work; the rows are here. */
public final class Batches {

  private final BatchContents contents = new BatchContents();
  private final BatchForms forms = new BatchForms();

  /**
   * Keeps others from proposing, deciding, sealing and closing periods in an entity until the
   * transaction ends: whatever a batch is made by is to be read after this.
   */
  public void lockEntity(Tx tx, String entity) {
    Chain.lock(tx, entity);
  }

  /**
   * Takes every entry of the channel up to a day that is in no batch, and freezes them as a batch,
   * with how the entity's books have them. An entry of a locked period is booked on the first open
   * day, and waits for it if that is still to come.
   *
   * @param mappings the version that the entity was read from
   * @param makers everyone whose work is in it; no line breaks in a name
   * @return empty if there is no such entry
   */
  public Optional<PostingBatch> propose(
      Tx tx,
      Entity owner,
      String mappings,
      String channel,
      LocalDate date,
      Set<String> makers,
      OpenDays open) {
    String entity = owner.id();
    // One at a time: the numbers of a day's batches, and against the sealer of the same rows.
    Chain.lock(tx, entity);
    String day = entity + "/" + channel + "/" + date;
    long before =
        tx.count(
            """
            SELECT COUNT(*) FROM posting_batch
            WHERE entity = ? AND channel = ? AND batch_date = ?""",
            entity,
            channel,
            date);
    String id = day + "/" + (before + 1);
    int entries = contents.take(tx, id, entity, channel, date, open);
    if (entries == 0) {
      return Optional.empty();
    }
    forms.freeze(tx, id, owner);
    tx.update(
        """
        INSERT INTO posting_batch (id, entity, channel, batch_date, hash, form, state, entries,
          reasons, makers, proposed_at, note)
        VALUES (?, ?, ?, ?, ?, ?, 'proposed', ?, '', ?, ?, '')""",
        id,
        entity,
        channel,
        date,
        contents.currentHash(tx, id),
        mappings,
        entries,
        String.join("\n", new TreeSet<>(makers)),
        tx.now());
    return find(tx, id);
  }

  /**
   * Finds a batch, and keeps others from proposing, deciding and closing periods in its entity
   * until the transaction ends.
   */
  public Optional<PostingBatch> findLockingEntity(Tx tx, String id) {
    Optional<PostingBatch> found = find(tx, id);
    if (found.isEmpty()) {
      return found;
    }
    Chain.lock(tx, found.get().entity());
    return find(tx, id);
  }

  /** Sets down who has work in a batch. */
  public void makers(Tx tx, String id, Set<String> makers) {
    tx.update(
        "UPDATE posting_batch SET makers = ? WHERE id = ?",
        String.join("\n", new TreeSet<>(makers)),
        id);
  }

  /** The newest date of a channel's approved batches. */
  public Optional<LocalDate> lastApproved(Tx tx, String entity, String channel) {
    return tx.first(
        """
        SELECT batch_date FROM posting_batch
        WHERE entity = ? AND channel = ? AND state IN ('approved', 'posted')
        ORDER BY batch_date DESC LIMIT 1""",
        row -> Columns.date(row, "batch_date"),
        entity,
        channel);
  }

  /** The batch of a channel that somebody decided about last. */
  public Optional<PostingBatch> lastDecided(Tx tx, String entity, String channel) {
    return tx.first(
        """
        SELECT * FROM posting_batch
        WHERE entity = ? AND channel = ? AND decided_at IS NOT NULL
        ORDER BY decided_at DESC, proposed_at DESC LIMIT 1""",
        Batches::read,
        entity,
        channel);
  }

  /** Says why a proposed batch waits; false if it is not proposed or waiting. */
  public boolean waiting(Tx tx, String id, List<String> reasons) {
    return tx.update(
            """
            UPDATE posting_batch SET state = 'waiting', reasons = ?
            WHERE id = ? AND state IN ('proposed', 'waiting')""",
            reasons.stream().map(r -> r.replace('\n', ' ')).collect(Collectors.joining("\n")),
            id)
        == 1;
  }

  /** Approves a proposed or waiting batch of this hash; false if it is not such a one. */
  public boolean approve(Tx tx, String id, String hash, String checker, String note) {
    int approved =
        tx.update(
            """
            UPDATE posting_batch SET state = 'approved', checker = ?, decided_at = ?, note = ?
            WHERE id = ? AND hash = ? AND state IN ('proposed', 'waiting')""",
            checker,
            tx.now(),
            note,
            id,
            hash);
    if (approved == 1) {
      contents.remember(tx, id);
    }
    return approved == 1;
  }

  /**
   * Rejects a batch that no set of books is known to have, and frees its entries; false if it is
   * not such a one.
   */
  public boolean reject(Tx tx, String id, String checker, String note) {
    Optional<PostingBatch> batch = find(tx, id);
    if (batch.isEmpty()) {
      return false;
    }
    Chain.lock(tx, batch.get().entity());
    int count =
        tx.update(
            """
            UPDATE posting_batch b SET state = 'rejected', checker = ?, decided_at = ?, note = ?
            WHERE id = ? AND state IN ('proposed', 'waiting', 'approved')
              AND NOT EXISTS (SELECT 1 FROM posting_batch_target t WHERE t.batch = b.id)""",
            checker,
            tx.now(),
            note,
            id);
    if (count == 1) {
      if (batch.get().state() == PostingBatch.State.APPROVED) {
        contents.forget(tx, batch.get());
      }
      contents.free(tx, id);
    }
    return count == 1;
  }

  /** A set of books has the approved batch; {@code last} says that it was the last to have it. */
  public void markPosted(Tx tx, String id, String target, String reference, boolean last) {
    tx.update(
        """
        INSERT INTO posting_batch_target (batch, target, reference, posted_at)
        VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        id,
        target,
        reference,
        tx.now());
    if (last) {
      tx.update(
          "UPDATE posting_batch SET state = 'posted' WHERE id = ? AND state = 'approved'", id);
    }
  }

  /** A set of books does not have the batch any more: as approved as it was, it is posted again. */
  public void lost(Tx tx, String id, String target) {
    tx.update("DELETE FROM posting_batch_target WHERE batch = ? AND target = ?", id, target);
    tx.update("UPDATE posting_batch SET state = 'approved' WHERE id = ? AND state = 'posted'", id);
  }

  /** What each set of books has of the batch. */
  public List<PostingBatch.Posted> posted(Tx tx, String id) {
    return tx.query(
        """
        SELECT target, reference, posted_at FROM posting_batch_target WHERE batch = ?
        ORDER BY target""",
        row ->
            new PostingBatch.Posted(
                row.getString("target"), row.getString("reference"), instant(row, "posted_at")),
        id);
  }

  public Optional<PostingBatch> find(Tx tx, String id) {
    return tx.first("SELECT * FROM posting_batch WHERE id = ?", Batches::read, id);
  }

  /**
   * Finds a batch, and nobody else may lock its row until the transaction ends: for whoever decides
   * by what is known of the batch, so that two of them do not both miss what the other writes.
   */
  public Optional<PostingBatch> findLockingRow(Tx tx, String id) {
    return tx.first("SELECT * FROM posting_batch WHERE id = ? FOR UPDATE", Batches::read, id);
  }

  /** Batches of an entity in one of these states, oldest first. */
  public List<PostingBatch> list(Tx tx, String entity, Set<PostingBatch.State> states) {
    return tx.query(
        """
        SELECT * FROM posting_batch WHERE entity = ? AND state = ANY(?)
        ORDER BY proposed_at, id""",
        Batches::read,
        entity,
        states.stream().map(PostingBatch.State::word).toList());
  }

  private static PostingBatch read(ResultSet row) throws SQLException {
    return new PostingBatch(
        row.getString("id"),
        row.getString("entity"),
        row.getString("channel"),
        Columns.date(row, "batch_date"),
        row.getString("hash"),
        PostingBatch.State.of(row.getString("state")),
        row.getLong("entries"),
        row.getString("reasons").lines().toList(),
        Set.copyOf(row.getString("makers").lines().toList()),
        Columns.optional(row, "checker"),
        instant(row, "proposed_at"),
        Columns.optionalInstant(row, "decided_at"),
        row.getString("note"));
  }
}
