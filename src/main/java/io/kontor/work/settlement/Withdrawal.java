package io.kontor.work.settlement;

import io.kontor.document.RawDocument;
import io.kontor.document.Sha256;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.statement.StatementTotals;
import io.kontor.money.Money;
import io.kontor.sales.OrderKey;
import io.kontor.store.Settlement;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.Actor;
import io.kontor.work.Tickets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Takes a settlement back that should never have been imported: that of another channel, or one
 * under a second number. It stays known, without lines and with a total of nothing, so that what
 * was booked of it is booked back. Thread-safe.
 */
public final class Withdrawal {

  private final Store store;
  private final Mappings mappings;
  private final Tickets tickets;

  public Withdrawal(Store store, Mappings mappings, Tickets tickets) {
    this.store = store;
    this.mappings = mappings;
    this.tickets = tickets;
  }

  /**
   * Withdraws a settlement. The file itself stays in the archive.
   *
   * @param note why
   * @throws RejectedFailure {@code unknown-channel}, {@code unknown-settlement}
   */
  public void withdraw(String channelId, String settlementId, Actor who, String note) {
    Channel channel = mappings.requireChannel(channelId);
    store.database().run(tx -> withdraw(tx, channel, settlementId, who, note));
    store.database().sync();
    tickets.wake(Consequence.RECONCILE);
  }

  private void withdraw(Tx tx, Channel channel, String settlementId, Actor who, String note) {
    OrderKey key = new OrderKey(channel.entity(), channel.id(), settlementId);
    store.facts().lockOrders(tx, List.of(key));
    Settlement settlement =
        store
            .settlements()
            .find(tx, channel.entity(), channel.id(), settlementId)
            .orElseThrow(() -> SettlementReports.unknown(channel.id(), settlementId));
    List<Settlement> others = store.settledOrders().sharing(tx, settlement);
    RawDocument raw = statement(tx, channel, settlement, who, note);
    long importId = store.imports().begin(tx, channel.entity(), channel.id(), raw.externalId());
    StatementTotals nothing =
        new StatementTotals(
            settlementId,
            Money.zero(settlement.total().currency()),
            settlement.from(),
            settlement.to(),
            settlement.paidOn());
    new ImportedStatement(tx, store, raw, channel).complete(importId, nothing, true);
    // What they say of the orders they share was found with the newest of them all.
    store
        .deliveries()
        .want(tx, others.stream().map(other -> Reconciliation.wanted(other.orderKey())).toList());
    store.makers().onward(tx, List.of(key.toString()), who.name(), "withdraw", tx.now());
    store.audit().append(tx, who.name(), "settlement-withdraw", key.toString(), note);
  }

  /** What stands in the place of its file. */
  private static RawDocument statement(
      Tx tx, Channel channel, Settlement settlement, Actor who, String note) {
    String document =
        channel.documents().entrySet().stream()
            .filter(entry -> entry.getValue() instanceof Channel.Document.Statement)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(
                () ->
                    new RejectedFailure(
                        "no-statement", channel.id(), "the channel has no statement document"));
    byte[] text =
        "Settlement %s (%s) was withdrawn by %s at %s: %s\n"
            .formatted(settlement.settlementId(), settlement.total(), who, tx.now(), note)
            .getBytes(StandardCharsets.UTF_8);
    return new RawDocument(
        channel.id(),
        document,
        Settlement.WITHDRAWN + Sha256.of(text),
        tx.now(),
        "text/plain",
        text);
  }
}
