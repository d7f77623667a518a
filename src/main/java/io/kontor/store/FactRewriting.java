package io.kontor.store;

import io.kontor.sales.FactKind;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rewrites the stored texts of facts, present and superseded, once what they say of buyers is to be
 * forgotten. Name, revision and hash stay: the same fact is known when it comes again.
 */
public final class FactRewriting {

  private static final int CHUNK = 500;

  /** Where facts stand. */
  public enum Table {
    FACT,
    FACT_SUPERSEDED;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Rewritten(StoredFact fact, String text) {}

  /**
   * Writes the next facts of a kind anew that were recorded in an interval; one that is replaced
   * meanwhile is left alone.
   *
   * @param after the last one of the chunk before
   * @return the last one of this chunk; empty if there was none
   */
  public Optional<StoredFact> rewrite(
      Tx tx,
      Table table,
      FactKind kind,
      Instant from,
      Instant until,
      Optional<StoredFact> after,
      Function<StoredFact, String> rewriting) {
    String name = after.map(fact -> fact.name().toString()).orElse("");
    List<StoredFact> chunk =
        tx.query(
            "SELECT * FROM "
                + table.word()
                + """
                 WHERE name >= ? AND (name, revision, hash) > (?, ?, ?) AND name LIKE ?
                  AND recorded_at >= ? AND recorded_at < ?
                ORDER BY name, revision, hash LIMIT ?""",
            Facts::read,
            name,
            name,
            after.map(StoredFact::revision).orElse(Instant.EPOCH),
            after.map(StoredFact::hash).orElse(""),
            "%/" + kind.word() + "/%",
            from,
            until,
            CHUNK);
    List<Rewritten> rewritten = new ArrayList<>();
    for (StoredFact fact : chunk) {
      String text = rewriting.apply(fact);
      if (!text.equals(fact.json())) {
        rewritten.add(new Rewritten(fact, text));
      }
    }
    update(tx, table, rewritten);
    return chunk.isEmpty() ? Optional.empty() : Optional.of(chunk.get(chunk.size() - 1));
  }

  private static void update(Tx tx, Table table, List<Rewritten> rewritten) {
    tx.batch(
        "UPDATE "
            + table.word()
            + """
             SET json = ?, json_large = ?
            WHERE name = ? AND revision = ? AND hash = ? AND recorded_at = ?""",
        rewritten,
        r -> {
          boolean large = r.text().length() > FactRevisions.MOST_INLINE;
          return new Object[] {
            large ? "" : r.text(),
            large ? new StringReader(r.text()) : Tx.Null.TEXT,
            r.fact().name().toString(),
            r.fact().revision(),
            r.fact().hash(),
            r.fact().recordedAt()
          };
        });
  }
}
