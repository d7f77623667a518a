package io.kontor.store;

import static io.kontor.store.Columns.instant;

import io.kontor.mapping.Consequence;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How much of the outbox is still to be done, and what of it is due. */
public final class Backlog {

  /** How many deliveries stand where, and since when the oldest is wanted. */
  public record Count(
      Consequence consequence,
      String channel,
      DeliveryState state,
      long count,
      Instant oldestWantedAt) {}

  /** All that is neither sent nor skipped, counted; cheap however much was sent. */
  public List<Count> counts(Tx tx) {
    return count(tx, "WHERE state IN ('pending', 'sending', 'in-doubt', 'parked', 'dead')");
  }

  /** The same with what was sent or skipped; reads the whole table. */
  public List<Count> countsOfAll(Tx tx) {
    return count(tx, "");
  }

  private static List<Count> count(Tx tx, String where) {
    return tx.query(
        "SELECT consequence, channel, state, COUNT(*) AS rows_there, MIN(wanted_at) AS oldest"
            + " FROM delivery "
            + where
            + " GROUP BY consequence, channel, state ORDER BY consequence, channel, state",
        row ->
            new Count(
                Consequence.of(row.getString("consequence")),
                row.getString("channel"),
                DeliveryState.of(row.getString("state")),
                row.getLong("rows_there"),
                instant(row, "oldest")));
  }

  /**
   * The consequences that have something due, or a lease that is over: what a sweeper wakes. What
   * waits for another delivery is not due before that one was made.
   */
  public Set<Consequence> due(Tx tx) {
    Set<Consequence> due = EnumSet.noneOf(Consequence.class);
    for (Consequence consequence : Consequence.values()) {
      // One by one, each ends at the first row; DISTINCT would read all that is pending.
      if (isDue(tx, consequence)) {
        due.add(consequence);
      }
    }
    return due;
  }

  private static boolean isDue(Tx tx, Consequence consequence) {
    return tx.first(
                """
                SELECT 1 FROM delivery d
                WHERE d.state = 'pending' AND d.consequence = ? AND d.next_at <= ?
                  AND (d.after_id = '' OR EXISTS (SELECT 1 FROM delivery a
                    WHERE a.id = d.after_id AND a.sent > 0))
                LIMIT 1""",
                row -> true,
                consequence.word(),
                tx.now())
            .isPresent()
        || tx.first(
                """
                SELECT 1 FROM delivery
                WHERE state IN ('sending', 'in-doubt') AND consequence = ? AND lease_until <= ?
                LIMIT 1""",
                row -> true,
                consequence.word(),
                tx.now())
            .isPresent();
  }
}
