package io.kontor.store;

import static io.kontor.store.Columns.instant;
import static io.kontor.store.Columns.optional;
import static io.kontor.store.Columns.optionalInstant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What stands on the desk, what stood there, and what was done about it. */
public final class WorkItems {

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
  }

  /** How many items are open. */
  public record Count(WorkItem.Team team, String channel, String code, long count) {}

  public Optional<WorkItem> find(Tx tx, long id) {
    return tx.first("SELECT * FROM work_item WHERE id = ?", WorkItems::read, id);
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
        WorkItems::read,
        conditions.parameters(limit));
  }

  /** The open items that name a raw document, oldest first. */
  public List<WorkItem> openOf(Tx tx, String rawId) {
    return tx.query(
        "SELECT * FROM work_item WHERE raw_id = ? AND state = 'open' ORDER BY id",
        WorkItems::read,
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
        WorkItems::read,
        team.word(),
        batch.entity(),
        batch.channel(),
        batch.id());
  }

  /**
   * An item that a person closed.
   *
   * @param note why
   */
  public record Answered(WorkItem item, String who, String note) {}

  /**
   * What people of a team closed about what a posting batch has entries of, since these entries
   * were made; oldest first.
   */
  public List<Answered> answeredInBatch(Tx tx, WorkItem.Team team, PostingBatch batch) {
    return tx.query(
        """
        SELECT w.*, a.who, a.note FROM work_item w
        JOIN work_item_event a ON a.item = w.id AND a.action = w.state
        WHERE w.state <> 'open' AND w.team = ? AND w.entity = ? AND w.channel = ? AND a.who <> ?
          AND EXISTS (SELECT 1 FROM journal_entry e JOIN journal_progress g ON g.entry_id = e.id
            WHERE e.subject = w.subject AND g.batch = ? AND e.recorded_at <= w.closed_at)
        ORDER BY w.id""",
        row -> new Answered(read(row), row.getString("who"), row.getString("note")),
        team.word(),
        batch.entity(),
        batch.channel(),
        Desk.KONTOR,
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
        Desk.KONTOR);
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
