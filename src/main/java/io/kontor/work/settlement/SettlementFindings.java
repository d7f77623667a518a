package io.kontor.work.settlement;

import io.kontor.money.Money;
import io.kontor.reconcile.Match;
import io.kontor.reconcile.Outcome;
import io.kontor.store.Findings;
import io.kontor.store.Settlement;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What matching finds out about one settlement, counted, and written in chunks. */
final class SettlementFindings {

  /** Rows that are written at once. */
  private static final int CHUNK = 5_000;

  private final Tx tx;
  private final Store store;
  private final Settlement settlement;
  private final Map<Outcome, Tally> tallies = new EnumMap<>(Outcome.class);
  private final List<Findings.Finding> findings = new ArrayList<>();
  private final List<Findings.Standing> standings = new ArrayList<>();
  private long written;

  SettlementFindings(Tx tx, Store store, Settlement settlement) {
    this.tx = tx;
    this.store = store;
    this.settlement = settlement;
  }

  private record Tally(long orders, long lines, Money expected, Money found) {

    Tally plus(Tally other) {
      return new Tally(
          orders + other.orders,
          lines + other.lines,
          expected.plus(other.expected),
          found.plus(other.found));
    }
  }

  /** Counts how an order or a fee came out. */
  void count(Match match) {
    tallies.merge(
        match.outcome(), new Tally(1, match.lines(), match.expected(), match.found()), Tally::plus);
  }

  /**
   * Keeps what a person has to look at.
   *
   * @param sku blank if it is the whole order
   */
  void keep(Match match, String sku) {
    findings.add(
        new Findings.Finding(
            match.outcome().word(),
            match.cause().word(),
            match.order(),
            sku,
            match.expected().amount(),
            match.found().amount(),
            match.lines()));
    flushIfMany();
  }

  /** Keeps how an order stands, where it is not as usual. */
  void keep(Findings.Standing standing) {
    standings.add(standing);
    flushIfMany();
  }

  private void flushIfMany() {
    if (findings.size() >= CHUNK || standings.size() >= CHUNK) {
      flush();
    }
  }

  /** Writes what was found so far. */
  void flush() {
    store.findings().add(tx, settlement, written, findings);
    written += findings.size();
    findings.clear();
    store.findings().stand(tx, settlement, standings);
    standings.clear();
  }

  /** Writes what is left to write, and the counts. */
  void finish() {
    flush();
    List<Findings.Count> counts = new ArrayList<>();
    tallies.forEach(
        (outcome, tally) ->
            counts.add(
                new Findings.Count(
                    outcome.word(),
                    tally.orders(),
                    tally.lines(),
                    tally.expected().amount(),
                    tally.found().amount())));
    store.findings().count(tx, settlement, counts);
  }
}
