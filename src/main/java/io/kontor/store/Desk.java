package io.kontor.store;

import static io.kontor.store.Columns.instant;
import static io.kontor.store.Columns.optional;
import static io.kontor.store.Columns.optionalInstant;

import io.kontor.failure.TransientFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The work desk: what a person must decide, and what was done about it. */
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

  /** Which items to list; what is empty does not narrow. */
  public record Filter(
      Optional<WorkItem.State> state,
      Optional<WorkItem.Team> team,
      Optional<String> channel,
      Optional<String> code) {

    public static Filter open() {
      return new Filter(
          Optional.of(WorkItem.State.OPEN), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Filter all() {
      return new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** How many items are open. */
  public record Count(WorkItem.Team team, String channel, String code, long count) {}

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
          "database-conflict", left.get(0).dedupeKey(), "the work item is opened and closed");
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

  /**
   * Those of these keys for which a person has closed an item that said the same: it need not be
   * asked again.
   *
   * @param messages by key
   */
  public List<String> answered(Tx tx, Map<String, String> messages) {
    List<String> answered = new ArrayList<>();
    tx.each(
        """
        SELECT DISTINCT w.dedupe_key, w.message FROM work_item w
        JOIN work_item_event e ON e.item = w.id AND e.action = w.state
        WHERE w.dedupe_key = ANY(?) AND w.state <> 'open' AND e.who <> ?""",
        row -> {
          String key = row.getString(1);
          if (Tx.printable(messages.get(key)).equals(row.getString(2))) {
            answered.add(key);
          }
        },
        List.copyOf(messages.keySet()),
        KONTOR);
    return answered;
  }

  /** The documents, where they name one, of what is open for these keys; by key. */
  public Map<String, Optional<String>> openAmong(Tx tx, Collection<String> dedupeKeys) {
    Map<String, Optional<String>> open = new TreeMap<>();
    tx.each(
        "SELECT open_key, raw_id FROM work_item WHERE open_key = ANY(?)",
        row -> open.put(row.getString(1), Optional.ofNullable(row.getString(2))),
        List.copyOf(dedupeKeys));
    return open;
  }

  /** Those of these raw documents that an open item names. */
  public Set<String> documentsWithItems(Tx tx, Collection<String> rawIds) {
    return new TreeSet<>(
        tx.query(
            "SELECT DISTINCT raw_id FROM work_item WHERE state = 'open' AND raw_id = ANY(?)",
            row -> row.getString(1),
            List.copyOf(rawIds)));
  }

  /** Resolves what is open for these raw documents because they were recorded; how many. */
  public int resolveDocuments(Tx tx, Collection<String> rawIds, String note) {
    return resolve(tx, "raw_id", rawIds, note);
  }

  /** Resolves what is open for these deliveries because they were sent; how many. */
  public int resolveDeliveries(Tx tx, Collection<String> deliveryIds, String note) {
    return resolve(tx, "delivery_id", deliveryIds, note);
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

  public Optional<WorkItem> find(Tx tx, long id) {
    return tx.first("SELECT * FROM work_item WHERE id = ?", Desk::read, id);
  }

  /** Oldest first. */
  public List<WorkItem> list(Tx tx, Filter filter, int limit) {
    return list(tx, filter, 0, limit);
  }

  /** The items whose number is greater than {@code after}, by number. */
  public List<WorkItem> list(Tx tx, Filter filter, long after, int limit) {
    Conditions conditions =
        new Conditions()
            .and("state = ?", filter.state().map(WorkItem.State::word))
            .and("team = ?", filter.team().map(WorkItem.Team::word))
            .and("channel = ?", filter.channel())
            .and("code = ?", filter.code())
            .and("id > ?", Optional.of(after));
    return tx.query(
        "SELECT * FROM work_item" + conditions.where() + " ORDER BY id LIMIT ?",
        Desk::read,
        conditions.parameters(limit));
  }

  /** The open items that name a raw document, oldest first. */
  public List<Long> openOf(Tx tx, String rawId) {
    return tx.query(
        "SELECT id FROM work_item WHERE raw_id = ? AND state = 'open' ORDER BY id",
        row -> row.getLong(1),
        rawId);
  }

  /** The keys of what is open about a fact. */
  public List<String> openAbout(Tx tx, String factName) {
    return tx.query(
        "SELECT dedupe_key FROM work_item WHERE fact_name = ? AND state = 'open' ORDER BY id",
        row -> row.getString(1),
        factName);
  }

  /**
   * The facts of a channel about which something is open.
   *
   * @param family how the keys of what is looked for begin
   */
  public Set<String> factsWithOpen(Tx tx, String entity, String channel, String family) {
    return new TreeSet<>(
        tx.query(
            """
            SELECT DISTINCT fact_name FROM work_item WHERE state = 'open' AND entity = ?
            AND channel = ? AND fact_name IS NOT NULL AND dedupe_key LIKE ?""",
            row -> row.getString(1),
            entity,
            channel,
            family + "%"));
  }

  /** What is open with a team about what a posting batch has entries of, oldest first. */
  public List<WorkItem> openInBatch(Tx tx, WorkItem.Team team, PostingBatch batch) {
    return tx.query(
        """
        SELECT * FROM work_item
        WHERE state = 'open' AND team = ? AND entity = ? AND channel = ? AND subject IN (
          SELECT e.subject FROM journal_entry e JOIN journal_progress g ON g.entry_id = e.id
          WHERE g.batch = ?)
        ORDER BY id""",
        Desk::read,
        team.word(),
        batch.entity(),
        batch.channel(),
        batch.id());
  }

  /** What was done about an item, oldest first. */
  public List<WorkItem.Event> history(Tx tx, long id) {
    return tx.query(
        "SELECT at, who, action, note FROM work_item_event WHERE item = ? ORDER BY id",
        row ->
            new WorkItem.Event(
                id,
                instant(row, "at"),
                row.getString("who"),
                row.getString("action"),
                row.getString("note")),
        id);
  }

  public List<Count> openCounts(Tx tx) {
    return tx.query(
        """
        SELECT team, channel, code, COUNT(*) AS items FROM work_item WHERE state = 'open'
        GROUP BY team, channel, code ORDER BY team, channel, code""",
        row ->
            new Count(
                WorkItem.Team.of(row.getString("team")),
                row.getString("channel"),
                row.getString("code"),
                row.getLong("items")));
  }

  private static WorkItem read(ResultSet row) throws SQLException {
    return new WorkItem(
        row.getLong("id"),
        WorkItem.Team.of(row.getString("team")),
        WorkItem.State.of(row.getString("state")),
        row.getString("code"),
        row.getString("entity"),
        row.getString("channel"),
        row.getString("subject"),
        row.getString("message"),
        optional(row, "raw_id"),
        optional(row, "fact_name"),
        optional(row, "delivery_id"),
        row.getString("dedupe_key"),
        row.getLong("occurrences"),
        instant(row, "opened_at"),
        instant(row, "last_at"),
        optionalInstant(row, "closed_at"));
  }
}
