package io.kontor.store;

import static io.kontor.store.Columns.instant;
import static io.kontor.store.Columns.notEmpty;
import static io.kontor.store.Columns.optionalInstant;

import io.kontor.mapping.Consequence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The outbox: one row for each subject and consequence, with the generation that is wanted and the
 * one that was sent. {@link Claiming} hands out what is due, {@link HeldClaims} finishes it.
 */
public final class Deliveries {

  /** What becomes of the deliveries that wait for a skipped one. */
  public enum Followers {
    /** They go on as if it had been sent. */
    GO_ON,
    /** They are skipped too. */
    SKIP
  }

  /**
   * Inserts, or raises what is wanted; what was sent, parked or dead is pending again. What a
   * person skipped stays skipped, and what would wait for it is skipped too.
   */
  public void want(Tx tx, Collection<WantedDelivery> wanted) {
    List<WantedDelivery> sorted =
        List.copyOf(
            wanted.stream()
                .collect(
                    Collectors.toMap(
                        WantedDelivery::id, w -> w, (first, last) -> last, TreeMap::new))
                .values());
    Set<String> notMade = holdNotMade(tx, sorted);
    int[] counts =
        tx.batch(
            """
            INSERT INTO delivery (id, consequence, entity, channel, subject, serial_key, after_id,
              state, wanted, sent, owner, attempt, claimed, tries, next_at, error_code, error,
              sent_hash, sent_reference, created_at, wanted_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 0, '', 0, 0, 0, ?, '', '', '', '', ?, ?)
            ON CONFLICT DO NOTHING""",
            sorted,
            w -> row(tx, w, w.after().filter(notMade::contains).isPresent()));
    List<WantedDelivery> known = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        known.add(sorted.get(i));
      }
    }
    tx.batch(
        """
        UPDATE delivery SET wanted = wanted + 1, wanted_at = ?, next_at = ?,
          serial_key = ?,
          after_id = CASE WHEN after_id = '' THEN ? ELSE after_id END,
          tries = CASE WHEN state IN ('sending', 'in-doubt') THEN tries ELSE 0 END,
          state = CASE WHEN state IN ('sent', 'parked', 'dead') THEN 'pending' ELSE state END
        WHERE id = ?""",
        known,
        w -> new Object[] {tx.now(), w.notBefore(), w.key(), w.after().orElse(""), w.id()});
  }

  /**
   * Those that others of these wait for and that are never made, because a person skipped them; no
   * other is skipped until the transaction ends.
   */
  private static Set<String> holdNotMade(Tx tx, List<WantedDelivery> wanted) {
    Set<String> awaited = new TreeSet<>();
    wanted.forEach(w -> w.after().ifPresent(awaited::add));
    Set<String> notMade = new TreeSet<>();
    if (!awaited.isEmpty()) {
      tx.each(
          "SELECT id, state, sent FROM delivery WHERE id = ANY(?) ORDER BY id FOR UPDATE",
          row -> {
            if (DeliveryState.of(row.getString(2)) == DeliveryState.SKIPPED
                && row.getLong(3) == 0) {
              notMade.add(row.getString(1));
            }
          },
          awaited);
    }
    return notMade;
  }

  private static Object[] row(Tx tx, WantedDelivery w, boolean skipped) {
    return new Object[] {
      w.id(),
      w.consequence().word(),
      w.entity(),
      w.channel(),
      w.subject(),
      w.key(),
      w.after().orElse(""),
      (skipped ? DeliveryState.SKIPPED : DeliveryState.PENDING).word(),
      w.notBefore(),
      tx.now(),
      tx.now()
    };
  }

  /**
   * What was sent is to be sent once more, as if the other side had nothing of it; false if not.
   */
  public boolean sendAgain(Tx tx, String id) {
    return tx.update(
            """
            UPDATE delivery SET wanted = wanted + 1, wanted_at = ?, next_at = ?, tries = 0,
              sent_hash = '', state = 'pending'
            WHERE id = ? AND state = 'sent'""",
            tx.now(),
            tx.now(),
            id)
        == 1;
  }

  /** A person lets a parked or dead delivery be tried again; false if it is none. */
  public boolean retry(Tx tx, String id) {
    return tx.update(
            """
            UPDATE delivery SET state = 'pending', tries = 0, next_at = ?
            WHERE id = ? AND state IN ('parked', 'dead')""",
            tx.now(),
            id)
        == 1;
  }

  /**
   * A person decides that it is not made; the ids of all that were skipped, none if it is busy.
   * What waits for nothing any more, because the target has an earlier generation, is not skipped
   * with it.
   */
  public Set<String> skip(Tx tx, String id, Followers followers) {
    Set<String> skipped = new TreeSet<>();
    if (skipOne(tx, id, followers)) {
      skipped.add(id);
      if (followers == Followers.SKIP) {
        tx.query(
                """
                SELECT f.id FROM delivery f JOIN delivery d ON d.id = f.after_id
                WHERE d.id = ? AND d.sent = 0 AND f.sent = 0 ORDER BY f.id""",
                row -> row.getString(1),
                id)
            .forEach(follower -> skipped.addAll(skip(tx, follower, followers)));
      }
    }
    return skipped;
  }

  private static boolean skipOne(Tx tx, String id, Followers followers) {
    return tx.update(
            """
            UPDATE delivery SET state = 'skipped', sent = CASE WHEN ? THEN wanted ELSE sent END
            WHERE id = ? AND state IN ('pending', 'parked', 'dead')""",
            followers == Followers.GO_ON,
            id)
        == 1;
  }

  public Optional<Delivery> find(Tx tx, String id) {
    return tx.first("SELECT * FROM delivery WHERE id = ?", Deliveries::read, id);
  }

  /** The state of a delivery, which nobody changes until the transaction ends. */
  public Optional<DeliveryState> holdState(Tx tx, String id) {
    return tx.first(
        "SELECT state FROM delivery WHERE id = ? FOR UPDATE",
        row -> DeliveryState.of(row.getString(1)),
        id);
  }

  /** The state of each of these deliveries that is there. */
  public Map<String, DeliveryState> states(Tx tx, Collection<String> ids) {
    Map<String, DeliveryState> states = new HashMap<>();
    if (!ids.isEmpty()) {
      tx.each(
          "SELECT id, state FROM delivery WHERE id = ANY(?)",
          row -> states.put(row.getString(1), DeliveryState.of(row.getString(2))),
          ids);
    }
    return states;
  }

  /** The hash of what was sent, for each of these deliveries that stands as sent. */
  public Map<String, String> sentHashes(Tx tx, Collection<String> ids) {
    Map<String, String> hashes = new HashMap<>();
    if (!ids.isEmpty()) {
      tx.each(
          "SELECT id, sent_hash FROM delivery WHERE id = ANY(?) AND state = 'sent'",
          row -> hashes.put(row.getString(1), row.getString(2)),
          ids);
    }
    return hashes;
  }

  private static Delivery read(ResultSet row) throws SQLException {
    return new Delivery(
        row.getString("id"),
        Consequence.of(row.getString("consequence")),
        row.getString("entity"),
        row.getString("channel"),
        row.getString("subject"),
        row.getString("serial_key"),
        notEmpty(row, "after_id"),
        DeliveryState.of(row.getString("state")),
        row.getLong("wanted"),
        row.getLong("sent"),
        row.getString("owner"),
        row.getLong("attempt"),
        row.getInt("tries"),
        instant(row, "next_at"),
        optionalInstant(row, "lease_until"),
        row.getString("error_code"),
        row.getString("error"),
        notEmpty(row, "sent_hash"),
        notEmpty(row, "sent_reference"),
        instant(row, "created_at"),
        optionalInstant(row, "sent_at"));
  }
}
