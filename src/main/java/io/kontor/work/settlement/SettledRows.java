package io.kontor.work.settlement;

import io.kontor.mapping.Channel;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.money.Money;
import io.kontor.posting.SettledSum;
import io.kontor.store.LineFilter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The lines of a settlement for its page: by section and code, as they are booked. */
public final class SettledRows {

  private SettledRows() {}

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
   * The rows, in the order of their sections.
   *
   * @param sums as the settlement was matched
   */
  static List<Row> of(Channel channel, List<SettledSum> sums) {
    Map<String, Map<Section, Row>> rows = new TreeMap<>();
    for (SettledSum sum : sums) {
      Row row = row(channel, sum);
      rows.computeIfAbsent(
              row.role() + " " + row.code() + " " + row.marketplace(), key -> new TreeMap<>())
          .merge(row.section(), row, SettledRows::together);
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
