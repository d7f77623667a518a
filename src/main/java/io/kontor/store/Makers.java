package io.kontor.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose hand was in what orders and settlements came to: whoever it was does not approve the
 * batches that it is in.
 */
public final class Makers {

  /** Whoever handed in what is recorded, or what was until something newer came. */
  private static final List<String> OF_DOCUMENTS =
      List.of(
          """
          SELECT DISTINCT m.who FROM journal_progress g JOIN journal_entry e ON e.id = g.entry_id
            JOIN fact f ON f.order_key = e.subject
            JOIN maker m ON m.subject = f.raw_id AND m.at <= e.recorded_at
          WHERE g.batch = ?""",
          """
          SELECT DISTINCT m.who FROM journal_progress g JOIN journal_entry e ON e.id = g.entry_id
            JOIN fact f ON f.order_key = e.subject JOIN fact_superseded s ON s.name = f.name
            JOIN maker m ON m.subject = s.raw_id AND m.at <= e.recorded_at
          WHERE g.batch = ?""");

  /**
   * Somebody changed what is recorded of these from a moment on: edited or replayed a document,
   * matched a settlement.
   */
  public void onward(Tx tx, Collection<String> subjects, String who, String what, Instant from) {
    add(tx, subjects, who, what, from, true);
  }

  /** Somebody decided about what is recorded of these so far: resolved an item, wrote it off. */
  public void soFar(Tx tx, Collection<String> subjects, String who, String what) {
    add(tx, subjects, who, what, tx.now(), false);
  }

  /** Somebody hands in a document, which nothing is known of yet. */
  public void handedIn(Tx tx, String rawId, String who) {
    add(tx, List.of(rawId), who, "import", tx.now(), true);
  }

  private static void add(
      Tx tx, Collection<String> subjects, String who, String what, Instant at, boolean onward) {
    tx.batch(
        """
        INSERT INTO maker (subject, who, what, at, onward) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING""",
        new TreeSet<>(subjects),
        subject -> new Object[] {subject, who, what, at, onward});
  }

  /** What documents are about: the orders and settlements of their facts. */
  public List<String> subjects(Tx tx, Collection<String> rawIds) {
    return tx.query(
        "SELECT DISTINCT order_key FROM fact WHERE raw_id = ANY(?)",
        row -> row.getString(1),
        List.copyOf(rawIds));
  }

  /** The orders and settlements of facts. */
  public List<String> subjectsOfFacts(Tx tx, Collection<String> facts) {
    return tx.query(
        "SELECT DISTINCT order_key FROM fact WHERE name = ANY(?)",
        row -> row.getString(1),
        List.copyOf(facts));
  }

  /** Keeps who wrote the mappings of a version. */
  public void authors(Tx tx, String mappings, Collection<String> authors) {
    tx.batch(
        "INSERT INTO mapping_author (mappings, who) VALUES (?, ?) ON CONFLICT DO NOTHING",
        new TreeSet<>(authors),
        who -> new Object[] {mappings, who});
  }

  /**
   * Everyone whose work is in a batch by what they did, handed in or replayed, and who wrote
   * mappings in it that no approved batch of the channel had before.
   */
  public Set<String> of(Tx tx, PostingBatch batch) {
    Set<String> makers =
        new TreeSet<>(
            tx.query(
                """
                SELECT DISTINCT m.who FROM maker m JOIN journal_entry e ON e.subject = m.subject
                  JOIN journal_progress g ON g.entry_id = e.id
                WHERE g.batch = ? AND (m.onward AND e.recorded_at >= m.at
                  OR NOT m.onward AND e.recorded_at <= m.at)""",
                row -> row.getString(1),
                batch.id()));
    for (String documents : OF_DOCUMENTS) {
      makers.addAll(tx.query(documents, row -> row.getString(1), batch.id()));
    }
    makers.addAll(
        tx.query(
            """
            SELECT DISTINCT p.who FROM replayed p JOIN journal_entry e
              ON e.subject = p.subject AND e.recorded_at >= p.at
              JOIN journal_progress g ON g.entry_id = e.id
            WHERE g.batch = ?""",
            row -> row.getString(1),
            batch.id()));
    makers.addAll(
        tx.query(
            """
            SELECT DISTINCT a.who FROM mapping_author a
            WHERE (a.mappings IN (SELECT e.mappings FROM journal_entry e
                  JOIN journal_progress g ON g.entry_id = e.id WHERE g.batch = ?)
                OR a.mappings = (SELECT b.form FROM posting_batch b WHERE b.id = ?))
              AND NOT EXISTS (SELECT 1 FROM batch_seen s
                WHERE s.entity = ? AND s.channel = ? AND s.kind = 'mappings'
                  AND s.word = a.mappings)""",
            row -> row.getString(1),
            batch.id(),
            batch.id(),
            batch.entity(),
            batch.channel()));
    return makers;
  }
}
