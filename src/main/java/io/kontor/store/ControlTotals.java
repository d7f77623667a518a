package io.kontor.store;

import io.kontor.sales.FactKind;
import java.time.Instant;
import java.util.List;

/** What was counted at each stage, read from the tables of that stage and no other. */
public final class ControlTotals {

  /**
   * The documents of one kind of a channel.
   *
   * @param received documents in the archive: {@code recorded + refused + waiting} of another count
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

  /** The documents that open work items name. */
  public record OnDesk(String channel, long documents) {}

  /** Documents received at or after an instant, by channel and document. */
  public List<Documents> documents(Tx tx, Instant since) {
    return tx.pending();
  }

  /** Every present fact; reads an index of the whole table. */
  public List<FactCount> facts(Tx tx) {
    return tx.pending();
  }

  public List<OnDesk> onDesk(Tx tx) {
    return tx.pending();
  }
}
