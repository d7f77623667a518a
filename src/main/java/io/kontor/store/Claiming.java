package io.kontor.store;

import io.kontor.mapping.Consequence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Claims deliveries, so that no key is claimed twice, on any number of nodes, without waiting.
 *
 * <p>A key may be claimed by whoever holds the locks of <em>all</em> its rows. First all rows of
 * some promising keys are locked, leaving out those that another holds; then the rows are read
 * anew. Two claimers of one key see at least one row in common, and only one of them can hold it;
 * who comes later either misses that lock or reads the row as {@code sending}.
 */
public final class Claiming {

  /** How many promising rows are looked at for each one that is wanted: several may share a key. */
  private static final int WINDOW = 4;

  /** A row of a key that was looked at, and whether what it waits for has been sent. */
  private record Row(Claim claim, DeliveryState state, Instant nextAt, boolean released) {}

  /**
   * Claims due deliveries: at most one of a key, none whose key is being sent or in doubt, none
   * whose {@code after} was never sent. Commit before the call is made. It never waits for another
   * claim; so what another has just looked at may be missing here, and comes with the next.
   *
   * @param lease longer than the client's time-out and the target's own limit together
   */
  public List<Claim> claim(
      Tx tx, Consequence consequence, int limit, String owner, Duration lease) {
    Instant leaseUntil = tx.now().plus(lease);
    Set<String> keys = promising(tx, consequence, limit);
    if (keys.isEmpty()) {
      return List.of();
    }
    Set<String> locked =
        new HashSet<>(
            tx.query(
                """
                SELECT id FROM delivery WHERE serial_key = ANY(?) ORDER BY id
                FOR UPDATE SKIP LOCKED""",
                row -> row.getString(1),
                keys));
    Map<String, List<Row>> byKey = new HashMap<>();
    for (Row row : rows(tx, keys, owner, leaseUntil)) {
      byKey.computeIfAbsent(row.claim().key(), k -> new ArrayList<>()).add(row);
    }
    List<Claim> claims = new ArrayList<>();
    for (String key : keys) {
      List<Row> rows = byKey.getOrDefault(key, List.of());
      if (claims.size() < limit && isFree(rows, locked)) {
        rows.stream()
            .filter(r -> r.claim().consequence() == consequence && isDue(r, tx.now()))
            .min(Comparator.comparing(Row::nextAt).thenComparing(r -> r.claim().id()))
            .ifPresent(r -> claims.add(r.claim()));
      }
    }
    // From here on the target may have something else than what was sent last, and whoever takes
    // over after a crash cannot know: only the next success says again what it has.
    tx.batch(
        """
        UPDATE delivery SET state = 'sending', owner = ?, attempt = ?, tries = ?, claimed = ?,
          lease_until = ?, sent_hash = '' WHERE id = ?""",
        claims,
        c -> new Object[] {owner, c.attempt(), c.tries(), c.generation(), leaseUntil, c.id()});
    return claims;
  }

  private static Set<String> promising(Tx tx, Consequence consequence, int limit) {
    return new LinkedHashSet<>(
        tx.query(
            """
            SELECT d.serial_key FROM delivery d
            WHERE d.state = 'pending' AND d.consequence = ? AND d.next_at <= ?
              AND NOT EXISTS (SELECT 1 FROM delivery b
                WHERE b.serial_key = d.serial_key AND b.state IN ('sending', 'in-doubt'))
              AND (d.after_id = '' OR EXISTS (SELECT 1 FROM delivery a
                WHERE a.id = d.after_id AND a.sent > 0))
            ORDER BY d.state, d.consequence, d.next_at, d.id LIMIT ?""",
            row -> row.getString(1),
            consequence.word(),
            tx.now(),
            limit * WINDOW));
  }

  private static List<Row> rows(Tx tx, Set<String> keys, String owner, Instant leaseUntil) {
    return tx.query(
        """
        SELECT d.*, d.after_id = '' OR a.sent > 0 AS released
        FROM delivery d LEFT JOIN delivery a ON a.id = d.after_id
        WHERE d.serial_key = ANY(?)""",
        row ->
            new Row(
                read(row, row.getLong("wanted"), owner, leaseUntil, false),
                DeliveryState.of(row.getString("state")),
                Columns.instant(row, "next_at"),
                row.getBoolean("released")),
        keys);
  }

  private static boolean isFree(List<Row> rows, Set<String> locked) {
    return rows.stream()
        .allMatch(
            r ->
                locked.contains(r.claim().id())
                    && r.state() != DeliveryState.SENDING
                    && r.state() != DeliveryState.IN_DOUBT);
  }

  private static boolean isDue(Row row, Instant now) {
    return row.state() == DeliveryState.PENDING && row.released() && !row.nextAt().isAfter(now);
  }

  /**
   * Claims, in order to locate them, deliveries in doubt and those whose sender's lease is over.
   */
  public List<Claim> claimInDoubt(
      Tx tx, Consequence consequence, int limit, String owner, Duration lease) {
    Instant leaseUntil = tx.now().plus(lease);
    // These rows hold their keys already, so each may be taken over for itself.
    List<Claim> claims =
        tx.query(
            """
            SELECT * FROM delivery
            WHERE state IN ('sending', 'in-doubt') AND consequence = ? AND lease_until <= ?
            ORDER BY lease_until, id LIMIT ? FOR UPDATE SKIP LOCKED""",
            row -> read(row, row.getLong("claimed"), owner, leaseUntil, true),
            consequence.word(),
            tx.now(),
            limit);
    int[] counts =
        tx.batch(
            """
            UPDATE delivery SET state = 'in-doubt', owner = ?, attempt = ?, tries = ?,
              lease_until = ? WHERE id = ? AND attempt = ? AND state IN ('sending', 'in-doubt')""",
            claims,
            c -> new Object[] {owner, c.attempt(), c.tries(), leaseUntil, c.id(), c.attempt() - 1});
    List<Claim> held = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 1) {
        held.add(claims.get(i));
      }
    }
    return held;
  }

  /**
   * Lets deliveries whose sender is gone be located from {@code at} on, if their leases last
   * longer: for the start of a hub whose database nobody shares.
   *
   * @return how many were waiting for a longer lease
   */
  public int endLeases(Tx tx, Optional<String> owner, Set<Consequence> consequences, Instant at) {
    return tx.update(
        """
        UPDATE delivery SET lease_until = ?
        WHERE state IN ('sending', 'in-doubt') AND lease_until > ? AND consequence = ANY(?)
          AND (? OR owner = ?)""",
        at,
        at,
        consequences.stream().map(Consequence::word).toList(),
        owner.isEmpty(),
        owner.orElse(""));
  }

  private static Claim read(
      ResultSet row, long generation, String owner, Instant leaseUntil, boolean inDoubt)
      throws SQLException {
    return new Claim(
        row.getString("id"),
        Consequence.of(row.getString("consequence")),
        row.getString("entity"),
        row.getString("channel"),
        row.getString("subject"),
        row.getString("serial_key"),
        generation,
        owner,
        row.getLong("attempt") + 1,
        row.getInt("tries") + 1,
        leaseUntil,
        inDoubt,
        Columns.notEmpty(row, "sent_hash"),
        Columns.notEmpty(row, "sent_reference"));
  }
}
