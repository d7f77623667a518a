package io.kontor.work.settlement;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.money.Money;
import io.kontor.store.Findings;
import io.kontor.store.LineFilter;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementLines.CodeSum;
import io.kontor.store.SettlementLinks;
import io.kontor.store.StagedLine;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What people read of a settlement, and the lines behind every figure. Thread-safe. */
public final class SettlementReports {

  private static final int MOST_SETTLEMENTS = 1_000;
  private static final int MOST_FINDINGS = 500;

  private final Store store;
  private final Mappings mappings;

  public SettlementReports(Store store, Mappings mappings) {
    this.store = store;
    this.mappings = mappings;
  }

  /**
   * A settlement.
   *
   * @param outcomes how its orders came out
   * @param findings what a person has to look at, the largest variance first, some hundreds at most
   * @param link what it says of the settlements around it; empty until it is booked
   * @param zone the clock of its entity
   */
  public record Report(
      Settlement settlement,
      ZoneId zone,
      List<SettledRows.Row> rows,
      List<Findings.Count> outcomes,
      List<Findings.Finding> findings,
      Optional<SettlementLinks.Link> link) {

    public Report {
      rows = List.copyOf(rows);
      outcomes = List.copyOf(outcomes);
      findings = List.copyOf(findings);
    }

    /** What the rows of a section come to. */
    public Map<SettledRows.Section, Money> sums() {
      Map<SettledRows.Section, Money> sums = new TreeMap<>();
      rows.forEach(row -> sums.merge(row.section(), row.amount(), Money::plus));
      return sums;
    }
  }

  /** Every settlement, the newest period first. */
  public List<Settlement> list() {
    return store
        .database()
        .inTransaction(
            tx -> {
              List<Settlement> all = new ArrayList<>();
              for (String entity : mappings.entities().keySet()) {
                all.addAll(store.settlements().list(tx, entity, MOST_SETTLEMENTS));
              }
              all.sort(Comparator.comparing(Settlement::to).reversed());
              return all;
            });
  }

  /**
   * What a settlement comes to.
   *
   * @throws RejectedFailure {@code unknown-settlement}
   */
  public Report report(String channel, String id) {
    return store
        .database()
        .inTransaction(
            tx -> {
              Settlement settlement = find(tx, channel, id);
              return new Report(
                  settlement,
                  zone(channel),
                  rows(tx, settlement),
                  store.findings().counts(tx, settlement),
                  store.findings().list(tx, settlement, MOST_FINDINGS),
                  store.links().find(tx, settlement));
            });
  }

  /**
   * The lines behind a figure.
   *
   * @param limit how many at most
   * @throws RejectedFailure {@code unknown-settlement}, and {@code unknown-code} or {@code
   *     unknown-order} if it has no line of that one
   */
  public List<StagedLine> lines(String channel, String id, LineFilter filter, int limit) {
    return store
        .database()
        .inTransaction(
            tx -> {
              Settlement settlement = find(tx, channel, id);
              List<StagedLine> lines = store.settlementLines().list(tx, settlement, filter, limit);
              if (lines.isEmpty()) {
                filter.code().ifPresent(code -> requireCode(tx, settlement, code));
                filter.order().ifPresent(order -> requireOrder(tx, settlement, order));
              }
              return lines;
            });
  }

  private void requireCode(Tx tx, Settlement settlement, String code) {
    List<String> codes =
        store.settlementLines().codeSums(tx, settlement).stream()
            .map(CodeSum::code)
            .distinct()
            .sorted()
            .toList();
    if (!codes.contains(code)) {
      throw new RejectedFailure(
          "unknown-code",
          code,
          "settlement %s has no line of code '%s'; it has: %s"
              .formatted(settlement.settlementId(), code, String.join(", ", codes)));
    }
  }

  private void requireOrder(Tx tx, Settlement settlement, String order) {
    if (store.settlementLines().list(tx, settlement, LineFilter.ofOrder(order), 1).isEmpty()) {
      throw new RejectedFailure(
          "unknown-order",
          order,
          "settlement %s has no line of order '%s': name it as the statement does"
              .formatted(settlement.settlementId(), order));
    }
  }

  private Settlement find(Tx tx, String channel, String id) {
    Channel known = mappings.requireChannel(channel);
    return store
        .settlements()
        .find(tx, known.entity(), channel, id)
        .orElseThrow(() -> unknown(channel, id));
  }

  static RejectedFailure unknown(String channel, String settlement) {
    return new RejectedFailure(
        "unknown-settlement",
        settlement,
        "channel %s has no settlement '%s': settlements lists what there is"
            .formatted(channel, settlement));
  }

  /** By whose clock the days of a channel's settlements are told. */
  public ZoneId zone(String channel) {
    return mappings.entityOf(mappings.requireChannel(channel)).zone();
  }

  /** As they were matched, and so as they are booked. */
  private List<SettledRows.Row> rows(Tx tx, Settlement settlement) {
    Channel channel = mappings.channels().get(settlement.channel());
    return SettledRows.of(
        channel,
        SettledSums.of(
            channel,
            settlement.total().currency(),
            store.settlementLines().codeSums(tx, settlement),
            store.settlementLines().standingSums(tx, settlement)));
  }
}
