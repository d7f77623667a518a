package io.kontor.store;

/** The database and everything in it, to be handed to whoever works with several parts. */
public record Store(
    Database database,
    Archive archive,
    Replayable replayable,
    Facts facts,
    FactRevisions revisions,
    TillReceipts receipts,
    FactRewriting rewriting,
    Journal journal,
    Deliveries deliveries,
    Desk desk,
    SettlementImports imports,
    Settlements settlements,
    SettledItems settledItems,
    SettledOrders settledOrders,
    Findings findings,
    OverdueOrders overdue,
    SettlementLinks links,
    Batches batches,
    Periods periods,
    Makers makers,
    Nights nights,
    AuditLog audit,
    Cursors cursors,
    ClaimedFiles files,
    ControlTotals totals) {

  public static Store of(Database database) {
    return new Store(
        database,
        new Archive(),
        new Replayable(),
        new Facts(),
        new FactRevisions(),
        new TillReceipts(),
        new FactRewriting(),
        new Journal(),
        new Deliveries(),
        new Desk(),
        new SettlementImports(),
        new Settlements(),
        new SettledItems(),
        new SettledOrders(),
        new Findings(),
        new OverdueOrders(),
        new SettlementLinks(),
        new Batches(),
        new Periods(),
        new Makers(),
        new Nights(),
        new AuditLog(),
        new Cursors(),
        new ClaimedFiles(),
        new ControlTotals());
  }
}
