package io.kontor.store;

import io.kontor.sales.FactKind;
import java.time.Instant;
import java.util.List;

/** What was counted at each stage, read from the tables of that stage and no other. */
public final class ControlTotals {

  /**
   * The documents of one kind of a channel.
   *
   * @param received documents in the archive: recorded, refused and waiting
   * @param repeats how often one of them came again
   */
  public record Documents(
      String channel,
      String document,
      long received,
      long recorded,
      long refused,
      long waiting,
      long repeats) {}

  /** The present facts of one kind of a channel. */
  public record FactCount(String entity, String channel, FactKind kind, long facts) {}

  /** The documents that wait and that open work items name. */
  public record OnDesk(String channel, long documents) {}

  /** Documents received at or after an instant, by channel and document. */
  public List<Documents> documents(Tx tx, Instant since) {
    return tx.query(
        """
        SELECT channel, document, COUNT(*) AS received,
          COUNT(*) FILTER (WHERE outcome = 'recorded') AS recorded,
          COUNT(*) FILTER (WHERE outcome = 'refused') AS refused,
          COUNT(*) FILTER (WHERE outcome = 'waiting') AS waiting,
          SUM(repeats) AS repeats
        FROM raw_document WHERE received_at >= ?
        GROUP BY channel, document ORDER BY channel, document""",
        row ->
            new Documents(
                row.getString("channel"),
                row.getString("document"),
                row.getLong("received"),
                row.getLong("recorded"),
                row.getLong("refused"),
                row.getLong("waiting"),
                row.getLong("repeats")),
        since);
  }

  /** Every present fact; reads an index of the whole table. */
  public List<FactCount> facts(Tx tx) {
    return tx.query(
        """
        SELECT entity, channel, kind, COUNT(*) AS facts FROM fact
        GROUP BY entity, channel, kind ORDER BY entity, channel, kind""",
        row ->
            new FactCount(
                row.getString("entity"),
                row.getString("channel"),
                FactKind.of(row.getString("kind")),
                row.getLong("facts")));
  }

  /** The waiting documents that open items name, by channel: items name recorded ones, too. */
  public List<OnDesk> onDesk(Tx tx) {
    return tx.query(
        """
        SELECT r.channel, COUNT(DISTINCT r.id) AS documents
        FROM work_item w JOIN raw_document r ON r.id = w.raw_id
        WHERE w.state = 'open' AND r.outcome = 'waiting' GROUP BY r.channel ORDER BY r.channel""",
        row -> new OnDesk(row.getString("channel"), row.getLong("documents")));
  }
}
