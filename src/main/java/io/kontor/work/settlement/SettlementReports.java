package io.kontor.work.settlement;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.money.Money;
import io.kontor.posting.SettledSum;
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

  /** What the lines of a settlement are, in the order of a statement's page. */
  public enum Section {
    SOLD("Sold"),
    GIVEN_BACK("Given back"),
    TAKEN("Taken by the channel"),
    TAX_KEPT("Tax that the channel keeps"),
    HELD_BACK("Held back, and released"),
    OTHER("Other"),
    BEFORE_CUTOVER("Of orders of before the cut-over"),
    UNEXPLAINED("Not explained: in suspense");

    private final String title;

    Section(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /**
   * Lines of one code in one marketplace, as they are booked.
   *
   * @param role what the code is by its table; empty if none says it
   * @param orders which orders the lines are of, where others have lines of the code that are
   *     booked otherwise
   */
  public record Row(
      Section section,
      String role,
      String code,
      String marketplace,
      Optional<LineFilter.Orders> orders,
      long lines,
      Money amount) {}

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
      List<Row> rows,
      List<Findings.Count> outcomes,
      List<Findings.Finding> findings,
      Optional<SettlementLinks.Link> link) {

    public Report {
      rows = List.copyOf(rows);
      outcomes = List.copyOf(outcomes);
      findings = List.copyOf(findings);
    }

    /** What the rows of a section come to. */
    public Map<Section, Money> sums() {
      Map<Section, Money> sums = new TreeMap<>();
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
        .orElseThrow(
            () ->
                new RejectedFailure(
                    "unknown-settlement",
                    id,
                    "channel %s has no settlement '%s': settlements lists what there is"
                        .formatted(channel, id)));
  }

  /** By whose clock the days of a channel's settlements are told. */
  public ZoneId zone(String channel) {
    return mappings.entityOf(mappings.requireChannel(channel)).zone();
  }

  /** The lines as they were matched, and so as they are booked. */
  private List<Row> rows(Tx tx, Settlement settlement) {
    Channel channel = mappings.channels().get(settlement.channel());
    Map<String, Map<Section, Row>> rows = new TreeMap<>();
    for (SettledSum sum :
        SettledSums.of(
            channel,
            settlement.total().currency(),
            store.settlementLines().codeSums(tx, settlement),
            store.settlementLines().standingSums(tx, settlement))) {
      Row row = row(channel, sum);
      rows.computeIfAbsent(
              row.role() + " " + row.code() + " " + row.marketplace(), key -> new TreeMap<>())
          .merge(row.section(), row, SettlementReports::together);
    }
    return rows.values().stream()
        .flatMap(one -> one.values().stream().map(row -> one.size() == 1 ? row : apart(row)))
        .sorted(Comparator.comparing(Row::section))
        .toList();
  }

  private static Row row(Channel channel, SettledSum sum) {
    Optional<SettlementCode> code =
        channel.settlementCodes().flatMap(table -> table.find(sum.code(), sum.marketplace()));
    return new Row(
        code.map(known -> section(channel, known, sum.order())).orElse(Section.UNEXPLAINED),
        code.map(SettlementCode::role).orElse(""),
        sum.code(),
        sum.marketplace(),
        Optional.empty(),
        sum.lines(),
        sum.sum());
  }

  /** The same code in another month, or without an order. */
  private static Row together(Row one, Row other) {
    return new Row(
        one.section(),
        one.role(),
        one.code(),
        one.marketplace(),
        one.orders(),
        one.lines() + other.lines(),
        one.amount().plus(other.amount()));
  }

  private static Row apart(Row row) {
    LineFilter.Orders orders =
        switch (row.section()) {
          case BEFORE_CUTOVER -> LineFilter.Orders.BEFORE_CUTOVER;
          case UNEXPLAINED -> LineFilter.Orders.UNKNOWN;
          default -> LineFilter.Orders.KNOWN;
        };
    return new Row(
        row.section(),
        row.role(),
        row.code(),
        row.marketplace(),
        Optional.of(orders),
        row.lines(),
        row.amount());
  }

  /** Sales and refunds are taken off their orders, unless the settlement itself is the revenue. */
  private static Section section(
      Channel channel, SettlementCode code, SettledSum.OrderState order) {
    boolean ofOrder =
        code.nature() == SettlementCode.Nature.SALE
            || code.nature() == SettlementCode.Nature.REFUND;
    if (!ofOrder || channel.recognise() == Channel.Recognition.SETTLEMENT) {
      return section(code);
    }
    return switch (order) {
      case KNOWN -> section(code);
      case BEFORE_CUTOVER -> Section.BEFORE_CUTOVER;
      case UNKNOWN, NONE -> Section.UNEXPLAINED;
    };
  }

  private static Section section(SettlementCode code) {
    return switch (code.nature()) {
      case SALE -> Section.SOLD;
      case REFUND -> Section.GIVEN_BACK;
      case FEE -> Section.TAKEN;
      case FACILITATED -> Section.TAX_KEPT;
      case RESERVE -> Section.HELD_BACK;
      case OTHER -> Section.OTHER;
    };
  }
}
