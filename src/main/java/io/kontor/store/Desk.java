package io.kontor.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

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

  /** Puts trouble on the desk, or counts it on the item that is open for it. */
  public void open(Tx tx, Collection<NewItem> items) {
    tx.pending();
  }

  /** Resolves what is open for these keys because it went well after all; how many. */
  public int resolveKeys(Tx tx, Collection<String> dedupeKeys, String note) {
    return tx.pending();
  }

  /** Resolves what is open for these raw documents because they were recorded; how many. */
  public int resolveDocuments(Tx tx, Collection<String> rawIds, String note) {
    return tx.pending();
  }

  /** Resolves what is open for these facts because they went through; how many. */
  public int resolveFacts(Tx tx, Collection<String> factNames, String note) {
    return tx.pending();
  }

  /** Resolves what is open for these deliveries because they were sent; how many. */
  public int resolveDeliveries(Tx tx, Collection<String> deliveryIds, String note) {
    return tx.pending();
  }

  /** A person closes an open item; false if it is not open. */
  public boolean close(Tx tx, long id, WorkItem.State state, String who, String note) {
    return tx.pending();
  }

  /** False if the item is not open. */
  public boolean assign(Tx tx, long id, String to, String who) {
    return tx.pending();
  }

  /** Writes down what somebody did. */
  public void event(Tx tx, long id, String who, String action, String note) {
    tx.pending();
  }

  public Optional<WorkItem> find(Tx tx, long id) {
    return tx.pending();
  }

  /** Oldest first. */
  public List<WorkItem> list(Tx tx, Filter filter, int limit) {
    return tx.pending();
  }

  /** What was done about an item, oldest first. */
  public List<WorkItem.Event> history(Tx tx, long id) {
    return tx.pending();
  }

  public List<Count> openCounts(Tx tx) {
    return tx.pending();
  }
}
