package io.kontor.store;

import static io.kontor.store.Columns.instant;

import io.kontor.document.RawDocument;
import io.kontor.document.Sha256;
import java.io.ByteArrayInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The raw documents, as they came. */
public final class Archive {

  /** The most bytes that {@code body} takes on both databases; more stand in {@code body_large}. */
  static final int MOST_INLINE = 1_000_000;

  /** A document to keep, and what became of it. */
  public record NewDocument(RawDocument document, RawOutcome outcome) {}

  /**
   * What {@link #addNew} found, by id.
   *
   * @param added were not there before
   * @param repeated were there, with the same content
   * @param conflicting were there, with other content: nothing was changed
   */
  public record Additions(Set<String> added, Set<String> repeated, Set<String> conflicting) {}

  /**
   * A document in the archive.
   *
   * @param sha256 of the body as it came, in hexadecimal
   * @param repeats how often the same came again
   * @param purged the body was removed when its time was over; {@code document} has an empty one
   */
  public record Archived(
      RawDocument document, RawOutcome outcome, String sha256, long repeats, boolean purged) {}

  private record Hashed(RawDocument document, RawOutcome outcome, String sha256) {}

  /** Adds those documents whose id is not there yet, and counts repeats of the others. */
  public Additions addNew(Tx tx, Collection<NewDocument> documents) {
    List<Hashed> sorted =
        documents.stream()
            .map(d -> new Hashed(d.document(), d.outcome(), Sha256.of(d.document().body())))
            .sorted(Comparator.comparing(d -> d.document().id()))
            .toList();
    int[] counts =
        tx.batch(
            """
            INSERT INTO raw_document (id, channel, document, external_id, content_type, received_at,
              sha256, outcome, repeats, purged, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, FALSE, ?) ON CONFLICT DO NOTHING""",
            sorted,
            Archive::row);
    Set<String> added = new TreeSet<>();
    List<Hashed> known = new ArrayList<>();
    List<Hashed> large = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      Hashed document = sorted.get(i);
      if (counts[i] == 0) {
        known.add(document);
      } else {
        added.add(document.document().id());
        if (document.document().body().length > MOST_INLINE) {
          large.add(document);
        }
      }
    }
    tx.batch(
        "UPDATE raw_document SET body_large = ? WHERE id = ?",
        large,
        d -> new Object[] {new ByteArrayInputStream(d.document().body()), d.document().id()});
    return compare(tx, added, known);
  }

  private static Object[] row(Hashed hashed) {
    RawDocument d = hashed.document();
    byte[] body = d.body().length > MOST_INLINE ? new byte[0] : d.body();
    return new Object[] {
      d.id(),
      d.channel(),
      d.document(),
      d.externalId(),
      d.contentType(),
      d.receivedAt(),
      hashed.sha256(),
      hashed.outcome().word(),
      body
    };
  }

  private static Additions compare(Tx tx, Set<String> added, List<Hashed> known) {
    Set<String> repeated = new TreeSet<>();
    Set<String> conflicting = new TreeSet<>();
    if (!known.isEmpty()) {
      Map<String, String> hashes = new TreeMap<>();
      tx.each(
          "SELECT id, sha256 FROM raw_document WHERE id = ANY(?)",
          row -> hashes.put(row.getString(1), row.getString(2)),
          known.stream().map(d -> d.document().id()).distinct().toList());
      List<String> again = new ArrayList<>();
      for (Hashed document : known) {
        String id = document.document().id();
        if (document.sha256().equals(hashes.get(id))) {
          repeated.add(id);
          again.add(id);
        } else {
          conflicting.add(id);
        }
      }
      tx.batch(
          "UPDATE raw_document SET repeats = repeats + 1 WHERE id = ?",
          again,
          id -> new Object[] {id});
    }
    return new Additions(added, repeated, conflicting);
  }

  /** Changes what became of documents. */
  public void decide(Tx tx, Map<String, RawOutcome> outcomes) {
    tx.batch(
        "UPDATE raw_document SET outcome = ? WHERE id = ?",
        new TreeMap<>(outcomes).entrySet(),
        e -> new Object[] {e.getValue().word(), e.getKey()});
  }

  /**
   * A person has decided about a document: if it waits, and no open item asks for more, it does not
   * wait any longer. What was recorded of it stays recorded.
   */
  public void settle(Tx tx, String id) {
    tx.update(
        """
        UPDATE raw_document SET outcome = CASE
          WHEN EXISTS (SELECT 1 FROM fact f WHERE f.raw_id = raw_document.id) THEN 'recorded'
          ELSE 'refused' END
        WHERE id = ? AND outcome = 'waiting' AND NOT EXISTS (SELECT 1 FROM work_item w
          WHERE w.raw_id = raw_document.id AND w.state = 'open')""",
        id);
  }

  /** Those of these documents that wait, about which nobody decides until the transaction ends. */
  public Set<String> holdWaiting(Tx tx, Collection<String> ids) {
    return new TreeSet<>(
        ids.isEmpty()
            ? List.of()
            : tx.query(
                """
                SELECT id FROM raw_document WHERE id = ANY(?) AND outcome = 'waiting'
                ORDER BY id FOR UPDATE""",
                row -> row.getString(1),
                List.copyOf(ids)));
  }

  public Optional<Archived> find(Tx tx, String id) {
    return tx.first("SELECT * FROM raw_document WHERE id = ?", Archive::read, id);
  }

  static Archived read(ResultSet row) throws SQLException {
    RawDocument document =
        new RawDocument(
            row.getString("channel"),
            row.getString("document"),
            row.getString("external_id"),
            instant(row, "received_at"),
            row.getString("content_type"),
            Columns.bytes(row, "body"));
    return new Archived(
        document,
        RawOutcome.of(row.getString("outcome")),
        row.getString("sha256"),
        row.getLong("repeats"),
        row.getBoolean("purged"));
  }

  /** Which of these external ids have a document that is still kept as it came. */
  public Set<String> kept(Tx tx, Collection<String> externalIds) {
    if (externalIds.isEmpty()) {
      return Set.of();
    }
    return new TreeSet<>(
        tx.query(
            "SELECT external_id FROM raw_document WHERE external_id = ANY(?) AND NOT purged",
            row -> row.getString(1),
            externalIds));
  }

  /** Removes the bodies of recorded and refused documents received before; returns how many. */
  public int purgeBodiesBefore(Tx tx, Instant before) {
    return tx.update(
        """
        UPDATE raw_document SET body = ?, body_large = NULL, purged = TRUE
        WHERE received_at < ? AND outcome <> 'waiting' AND NOT purged""",
        new byte[0],
        before);
  }
}
