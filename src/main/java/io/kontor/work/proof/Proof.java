package io.kontor.work.proof;

import io.kontor.ledger.Balances;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.odoo.OdooOrders;
import io.kontor.store.ControlTotals;
import io.kontor.store.Journal;
import io.kontor.store.JournalFilter;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.batch.BatchEntries;
import io.kontor.work.batch.Books;
import io.kontor.work.night.Sealing;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Proves that every total agrees: facts against ledger, statements against their entries, the
 * subledger against each set of books, documents against what became of them. Thread-safe.
 */
public final class Proof {

  /** What is recorded while the proof is made may wait for the sealer, but not for long. */
  private static final Duration TIME_TO_SEAL = Duration.ofMinutes(1);

  private final Store store;
  private final Mappings mappings;
  private final BookProof books;
  private final Supplier<OdooOrders> orders;
  private final Sealing sealing;
  private final ProofProgress progress = new ProofProgress();
  private final Clock clock;

  /**
   * @param orders where orders were delivered; connects when first asked
   */
  public Proof(
      Store store,
      Mappings mappings,
      List<Books> books,
      BatchEntries entries,
      Supplier<OdooOrders> orders,
      Sealing sealing,
      Clock clock) {
    this.store = store;
    this.mappings = mappings;
    this.books = new BookProof(store, books, entries);
    this.orders = orders;
    this.sealing = sealing;
    this.clock = clock;
  }

  /**
   * The proof of this moment. Reads every fact and every entry, as of one moment: what is recorded
   * meanwhile would stand on one side only. What waits to be sealed is sealed first.
   */
  public TieOut tieOut() {
    sealing.seal();
    try {
      return store.database().inSnapshot(this::tieOut);
    } finally {
      progress.over();
    }
  }

  /** How far the proofs are that are being made. */
  public ProofProgress progress() {
    return progress;
  }

  private TieOut tieOut(Tx tx) {
    List<String> breaks = new ArrayList<>();
    long all = store.totals().facts(tx).stream().mapToLong(ControlTotals.FactCount::facts).sum();
    progress.at(new ProofProgress.Step("orders, their entries and Odoo", 0, all));
    FactTotals facts =
        new OrderProof(store, mappings)
            .totals(
                tx,
                new OrdersInOdoo(store, mappings, orders),
                breaks,
                read ->
                    progress.at(
                        new ProofProgress.Step("orders, their entries and Odoo", read, all)));
    List<TieOut.Clearing> clearing = new ArrayList<>();
    List<TieOut.Settlement> settlements = new ArrayList<>();
    List<TieOut.Book> parity = new ArrayList<>();
    List<TieOut.Tax> taxes = new ArrayList<>();
    for (Entity entity : new TreeMap<>(mappings.entities()).values()) {
      progress.at(
          new ProofProgress.Step("clearing, settlements, books of " + entity.id(), all, all));
      Balances ledger = store.journalSums().balances(tx, JournalFilter.all().entity(entity.id()));
      clearing.addAll(new ClearingProof(store, mappings, clock).rows(tx, entity, facts, ledger));
      settlements.addAll(new SettlementProof(store, mappings).rows(tx, entity, breaks));
      LocalDate upTo = LocalDate.now(clock.withZone(entity.zone())).plusYears(1);
      parity.addAll(books.rows(tx, entity, upTo, breaks));
      taxes.addAll(new TaxProof(store, mappings).rows(tx, entity, facts, ledger));
      chain(tx, entity, breaks);
    }
    List<TieOut.Documents> documents = new DocumentProof(store, mappings).rows(tx, facts);
    return TieOut.of(clock.instant(), breaks, clearing, settlements, parity, taxes, documents);
  }

  private void chain(Tx tx, Entity entity, List<String> breaks) {
    Journal.ChainCheck check = store.journal().verifyChain(tx, entity.id());
    check
        .broken()
        .ifPresent(
            broken ->
                breaks.add(
                    "the journal of %s was tampered with: %s".formatted(entity.id(), broken)));
    long unsealed = store.journal().unsealed(tx, entity.id(), clock.instant().minus(TIME_TO_SEAL));
    if (unsealed > 0) {
      breaks.add("%d entries of %s are not sealed yet".formatted(unsealed, entity.id()));
    }
    long withoutFact = store.journal().withoutFact(tx, entity.id());
    if (withoutFact > 0) {
      breaks.add(
          "%d entries of %s name a fact that is not recorded of what they are about"
              .formatted(withoutFact, entity.id()));
    }
  }
}
