package io.kontor.store;

import io.kontor.failure.TransientFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The work desk: trouble is put on it and taken off it, and people decide about it. */
public final class Desk {

  /** Trouble that is to stand on the desk; the fields are those of {@link WorkItem}. */
  public record NewItem(
      WorkItem.Team team,
      String code,
      String entity,
      String channel,
      String subject,
      String message,
      Optional<String> rawId,
      Optional<String> factName,
      Optional<String> deliveryId,
      String dedupeKey) {}

  /** Who resolves what resolves itself. */
  static final String KONTOR = "kontor";

  /**
   * Puts trouble on the desk, or counts it on the item that is open for it, which then says what
   * was said last.
   */
  public void open(Tx tx, Collection<NewItem> items) {
    List<NewItem> left = items.stream().sorted(Comparator.comparing(NewItem::dedupeKey)).toList();
    // An item may be closed between the two statements; then it is opened anew.
    for (int round = 0; !left.isEmpty() && round < 3; round++) {
      List<NewItem> known = missed(left, insert(tx, left));
      left = missed(known, count(tx, known));
    }
    if (!left.isEmpty()) {
      throw new TransientFailure(
          SqlFaults.CONFLICT, left.get(0).dedupeKey(), "the work item is opened and closed");
    }
  }

  private static int[] insert(Tx tx, List<NewItem> items) {
    return tx.batch(
        """
        INSERT INTO work_item (team, state, code, entity, channel, subject, message, raw_id,
          fact_name, delivery_id, dedupe_key, open_key, occurrences, opened_at, last_at)
        VALUES (?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT DO NOTHING""",
        items,
        i ->
            new Object[] {
              i.team().word(),
              i.code(),
              i.entity(),
              i.channel(),
              Tx.printable(i.subject()),
              Tx.printable(i.message()),
              i.rawId().<Object>map(id -> id).orElse(Tx.Null.TEXT),
              i.factName().<Object>map(name -> name).orElse(Tx.Null.TEXT),
              i.deliveryId().<Object>map(id -> id).orElse(Tx.Null.TEXT),
              i.dedupeKey(),
              i.dedupeKey(),
              tx.now(),
              tx.now()
            });
  }

  private static int[] count(Tx tx, List<NewItem> items) {
    return tx.batch(
        """
        UPDATE work_item SET occurrences = occurrences + 1, last_at = ?, code = ?, message = ?,
          raw_id = COALESCE(?, raw_id)
        WHERE open_key = ?""",
        items,
        i ->
            new Object[] {
              tx.now(),
              i.code(),
              Tx.printable(i.message()),
              i.rawId().<Object>map(id -> id).orElse(Tx.Null.TEXT),
              i.dedupeKey()
            });
  }

  private static List<NewItem> missed(List<NewItem> items, int[] counts) {
    List<NewItem> missed = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        missed.add(items.get(i));
      }
    }
    return missed;
  }

  /** Resolves what is open for these keys because it went well after all; how many. */
  public int resolveKeys(Tx tx, Collection<String> dedupeKeys, String note) {
    return resolve(tx, "open_key", dedupeKeys, note);
  }

  /** Resolves what is open for keys that begin so because it went well after all; how many. */
  public int resolveKeysBeginning(Tx tx, String beginning, String note) {
    List<String> keys =
        tx.query(
            "SELECT open_key FROM work_item WHERE state = 'open' AND "
                + Conditions.beginsWith(tx, "open_key"),
            row -> row.getString(1),
            beginning);
    return resolveKeys(tx, keys, note);
  }

  /** Resolves what is open for these raw documents because they were recorded; how many. */
  public int resolveDocuments(Tx tx, Collection<String> rawIds, String note) {
    return resolve(tx, "raw_id", rawIds, note);
  }

  /** Resolves what is open for these deliveries because they were sent; how many. */
  public int resolveDeliveries(Tx tx, Collection<String> deliveryIds, String note) {
    return resolve(tx, "delivery_id", deliveryIds, note);
  }

  /** Resolves an item because it went well after all; false if it is not open. */
  public boolean resolve(Tx tx, long id, String note) {
    return closed(tx, id, WorkItem.State.RESOLVED, KONTOR, note);
  }

  private static int resolve(Tx tx, String column, Collection<String> values, String note) {
    if (values.isEmpty()) {
      return 0;
    }
    List<Long> ids =
        tx.query(
            "SELECT id FROM work_item WHERE state = 'open' AND " + column + " = ANY(?) ORDER BY id",
            row -> row.getLong(1),
            values);
    int resolved = 0;
    for (long id : ids) {
      resolved += closed(tx, id, WorkItem.State.RESOLVED, KONTOR, note) ? 1 : 0;
    }
    return resolved;
  }

  /** A person closes an open item; false if it is not open. */
  public boolean close(Tx tx, long id, WorkItem.State state, String who, String note) {
    return closed(tx, id, state, who, note);
  }

  private static boolean closed(Tx tx, long id, WorkItem.State state, String who, String note) {
    int count =
        tx.update(
            """
            UPDATE work_item SET state = ?, open_key = NULL, closed_at = ?
            WHERE id = ? AND state = 'open'""",
            state.word(),
            tx.now(),
            id);
    if (count == 1) {
      write(tx, id, who, state.word(), note);
    }
    return count == 1;
  }

  /** Gives an item to another team; false if it is not open. */
  public boolean assign(Tx tx, long id, WorkItem.Team to, String who) {
    int count =
        tx.update("UPDATE work_item SET team = ? WHERE id = ? AND state = 'open'", to.word(), id);
    if (count == 1) {
      write(tx, id, who, "assigned", to.word());
    }
    return count == 1;
  }

  /** Writes down what somebody did. */
  public void event(Tx tx, long id, String who, String action, String note) {
    write(tx, id, who, action, note);
  }

  private static void write(Tx tx, long id, String who, String action, String note) {
    tx.update(
        "INSERT INTO work_item_event (item, at, who, action, note) VALUES (?, ?, ?, ?, ?)",
        id,
        tx.now(),
        who,
        action,
        Tx.printable(note));
  }
}
