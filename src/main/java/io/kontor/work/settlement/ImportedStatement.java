package io.kontor.work.settlement;

import io.kontor.document.RawDocument;
import io.kontor.failure.Failure;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.statement.StatementTotals;
import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.money.Money;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.sales.SettlementReceived;
import io.kontor.store.Archive;
import io.kontor.store.Desk;
import io.kontor.store.RawOutcome;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementImports;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import io.kontor.work.desk.DeskKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statement in the transaction that ends its import: there it counts, with its fact and what
 * follows from it, or it goes to the desk.
 */
final class ImportedStatement {

  /** The state of a settlement that is stored and not in the journal yet. */
  private static final String IMPORTED = "imported";

  private final Tx tx;
  private final Store store;
  private final RawDocument raw;
  private final Channel channel;

  ImportedStatement(Tx tx, Store store, RawDocument raw, Channel channel) {
    this.tx = tx;
    this.store = store;
    this.raw = raw;
    this.channel = channel;
  }

  /**
   * Makes the lines count that were staged.
   *
   * @param replaces whether they count in the place of another one of its name
   * @return false if it went to the desk, because another one of its name counts
   * @throws RejectedFailure if the lines do not add up to the total, or if the other one is in
   *     another currency
   */
  boolean complete(long importId, StatementTotals totals, boolean replaces) {
    keep(RawOutcome.RECORDED);
    // Of two files of one settlement the second waits and finds the first, and whoever is booking
    // one that is replaced is to be done first.
    Settlement header = header(importId, totals);
    store.facts().lockOrders(tx, List.of(header.orderKey()));
    Optional<Settlement> before =
        store.settlements().find(tx, channel.entity(), channel.id(), totals.settlement());
    boolean same = before.filter(b -> b.contentHash().equals(raw.externalId())).isPresent();
    if (same || (before.isPresent() && !replaces)) {
      store.imports().discard(tx, importId);
      if (!same) {
        keep(RawOutcome.WAITING);
        toDesk(DeskKeys.SETTLEMENT_CHANGED, totals.settlement(), again(before.get(), totals));
      }
      return same;
    }
    before.ifPresent(other -> makeRoom(other, totals));
    SettlementImports.Totals sum = store.imports().complete(tx, header);
    Money lines = Money.of(sum.amount(), totals.total().currency());
    if (!lines.equals(totals.total())) {
      throw new RejectedFailure(
          "settlement-total-differs",
          totals.settlement(),
          "settlement %s says %s, its %d lines add up to %s: refused whole; ask the channel for it again"
              .formatted(totals.settlement(), totals.total(), sum.lines(), lines));
    }
    record(header, sum.lines(), before.isPresent());
    return true;
  }

  /** The lines of the other one stay as they were imported; they count no more. */
  private void makeRoom(Settlement other, StatementTotals totals) {
    if (!other.total().currency().equals(totals.total().currency())) {
      throw new RejectedFailure(
          "settlement-currency",
          totals.settlement(),
          "settlement %s says %s, and the one that counts %s: one of another currency is another settlement"
              .formatted(totals.settlement(), totals.total(), other.total()));
    }
    store.settlements().remove(tx, other);
  }

  /** Sends it to the desk with what is wrong. */
  void refuse(Failure failure) {
    keep(RawOutcome.WAITING);
    toDesk(failure.code(), failure.reference(), failure.getMessage());
  }

  private static String again(Settlement before, StatementTotals totals) {
    return (before.total().equals(totals.total())
            ? "settlement %s came again in another file, with the same total:"
                + " most likely the same report in another layout. The first one is booked; if that"
                + " is so, skip this one; replace has it count instead"
            : "settlement %s came again with other content, and comes to %s instead of %s. The first"
                + " one is booked; find out from the channel which one holds: skip leaves it at"
                + " that, replace has this one count in its place and books the difference")
        .formatted(totals.settlement(), totals.total(), before.total());
  }

  private Settlement header(long importId, StatementTotals totals) {
    return new Settlement(
        channel.entity(),
        channel.id(),
        totals.settlement(),
        raw.externalId(),
        importId,
        IMPORTED,
        totals.from(),
        totals.to(),
        totals.paidOn(),
        totals.total(),
        0,
        raw.id());
  }

  private void record(Settlement header, long lines, boolean replaces) {
    OrderKey key = header.orderKey();
    FactName name = header.factName();
    Instant to = header.to();
    CanonicalFact fact =
        CanonicalFact.of(
            new SettlementReceived(
                new FactHead(name, key, to, to),
                header.total(),
                header.from(),
                to,
                header.paidOn().orElse(to),
                lines));
    List<StoredFact> received =
        List.of(
            new StoredFact(name, key, to, to, fact.hash(), fact.json(), raw.id(), tx.now(), ""));
    if (replaces) {
      store.revisions().replace(tx, received);
    } else {
      store.revisions().insert(tx, received);
    }
    store.deliveries().want(tx, List.of(Reconciliation.wanted(key)));
    store.desk().resolveKeys(tx, List.of(deskKey()), "imported at last");
  }

  /** What is there already was not sent again: somebody has it read once more. */
  private void keep(RawOutcome outcome) {
    if (store.archive().find(tx, raw.id()).isEmpty()) {
      store.archive().addNew(tx, List.of(new Archive.NewDocument(raw, outcome)));
    }
    store.archive().decide(tx, Map.of(raw.id(), outcome));
  }

  private void toDesk(String code, String subject, String message) {
    store
        .desk()
        .open(
            tx,
            List.of(
                new Desk.NewItem(
                    DeskKeys.team(code),
                    code,
                    channel.entity(),
                    channel.id(),
                    channel.entity() + "/" + channel.id() + "/" + subject,
                    message,
                    Optional.of(raw.id()),
                    Optional.empty(),
                    Optional.empty(),
                    deskKey())));
  }

  private String deskKey() {
    return "statement:" + raw.id();
  }
}
