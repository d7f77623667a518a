package io.kontor.work.proof;

import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.store.Backlog;
import io.kontor.store.ControlTotals;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.store.WorkItems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What became of the documents and deliveries of each channel, against what its facts want. */
final class DocumentProof {

  private static final Set<Consequence> TO_ODOO =
      EnumSet.of(Consequence.ODOO_ORDER, Consequence.ODOO_REFUND, Consequence.ODOO_TILL);

  private final Store store;
  private final Mappings mappings;

  DocumentProof(Store store, Mappings mappings) {
    this.store = store;
    this.mappings = mappings;
  }

  /** Sums of one channel's documents and deliveries. */
  private static final class Counts {
    private long received;
    private long recorded;
    private long repeats;
    private long refused;
    private long waiting;
    private long waitingOnDesk;
    private long inOdoo;
    private long pending;
    private long parked;
    private long onDesk;
  }

  List<TieOut.Documents> rows(Tx tx, FactTotals facts) {
    Map<String, Counts> byChannel = new TreeMap<>();
    mappings.channels().keySet().forEach(channel -> byChannel.put(channel, new Counts()));
    for (ControlTotals.Documents row : store.totals().documents(tx, Instant.EPOCH)) {
      Counts counts = byChannel.computeIfAbsent(row.channel(), c -> new Counts());
      counts.received += row.received();
      counts.recorded += row.recorded();
      counts.repeats += row.repeats();
      counts.refused += row.refused();
      counts.waiting += row.waiting();
    }
    for (ControlTotals.OnDesk row : store.totals().onDesk(tx)) {
      byChannel.computeIfAbsent(row.channel(), c -> new Counts()).waitingOnDesk += row.documents();
    }
    for (Backlog.Count row : store.backlog().countsOfAll(tx)) {
      if (TO_ODOO.contains(row.consequence())) {
        add(byChannel.computeIfAbsent(row.channel(), c -> new Counts()), row);
      }
    }
    for (WorkItems.Count row : store.workItems().openCounts(tx)) {
      byChannel.computeIfAbsent(row.channel(), c -> new Counts()).onDesk += row.count();
    }
    List<TieOut.Documents> rows = new ArrayList<>();
    byChannel.forEach(
        (channel, c) ->
            rows.add(
                new TieOut.Documents(
                    channel,
                    c.received,
                    c.recorded,
                    c.repeats,
                    c.refused,
                    c.waiting,
                    c.waitingOnDesk,
                    facts.wanted(channel),
                    c.inOdoo,
                    c.pending,
                    c.parked,
                    c.onDesk)));
    return rows;
  }

  private static void add(Counts counts, Backlog.Count row) {
    switch (row.state()) {
      case SENT -> counts.inOdoo += row.count();
      case PENDING, SENDING, IN_DOUBT -> counts.pending += row.count();
      case PARKED, DEAD, SKIPPED -> counts.parked += row.count();
    }
  }
}
