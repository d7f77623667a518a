package io.kontor.store;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The kinds of lines of one import, as far as they are known: what lines have in common, in a small
 * table, so that a million lines repeat a number and not the words. Not thread-safe.
 */
final class LineKinds {

  /** What lines of one kind have in common. */
  record Kind(String code, String marketplace, YearMonth month, boolean ofOrders) {

    static Kind of(StagedLine line) {
      return new Kind(
          line.code(),
          line.marketplace(),
          YearMonth.of(line.postedOn().getYear(), line.postedOn().getMonthValue()),
          !line.order().isEmpty());
    }

    boolean isAmong(LineFilter filter) {
      return filter.code().map(code::equals).orElse(true)
          && filter.marketplace().map(marketplace::equals).orElse(true);
    }
  }

  private record Numbered(int number, Kind kind) {}

  private final long importId;
  private final Map<Kind, Integer> numbers = new HashMap<>();
  private final Map<Integer, Kind> kinds = new HashMap<>();

  private LineKinds(long importId) {
    this.importId = importId;
  }

  /** Those that are stored. */
  static LineKinds read(Tx tx, long importId) {
    LineKinds known = new LineKinds(importId);
    tx.query(
            "SELECT * FROM settlement_line_kind WHERE import_id = ?",
            row ->
                new Numbered(
                    row.getInt("kind"),
                    new Kind(
                        row.getString("code"),
                        row.getString("marketplace"),
                        Columns.month(row, "posted_month"),
                        row.getBoolean("of_orders"))),
            importId)
        .forEach(known::add);
    return known;
  }

  private void add(Numbered one) {
    numbers.put(one.kind, one.number);
    kinds.put(one.number, one.kind);
  }

  /** Stores the kinds of these lines that are new, and adds to each kind what its lines come to. */
  void add(Tx tx, List<StagedLine> lines) {
    List<Numbered> added = new ArrayList<>();
    Map<Integer, Sum> sums = new TreeMap<>();
    for (StagedLine line : lines) {
      Kind kind = Kind.of(line);
      if (!numbers.containsKey(kind)) {
        Numbered one = new Numbered(numbers.size() + 1, kind);
        add(one);
        added.add(one);
      }
      sums.merge(numbers.get(kind), new Sum(line.amount(), 1), Sum::plus);
    }
    tx.batch(
        """
        INSERT INTO settlement_line_kind (import_id, kind, code, marketplace, posted_month,
          of_orders, amount, lines)
        VALUES (?, ?, ?, ?, ?, ?, 0, 0)""",
        added,
        one ->
            new Object[] {
              importId,
              one.number,
              one.kind.code,
              one.kind.marketplace,
              Columns.number(one.kind.month),
              one.kind.ofOrders
            });
    tx.batch(
        """
        UPDATE settlement_line_kind SET amount = amount + ?, lines = lines + ?
        WHERE import_id = ? AND kind = ?""",
        sums.entrySet(),
        sum -> new Object[] {sum.getValue().amount, sum.getValue().lines, importId, sum.getKey()});
  }

  /** The number of a line's kind, which is stored. */
  int number(StagedLine line) {
    return numbers.get(Kind.of(line));
  }

  Kind kind(int number) {
    return kinds.get(number);
  }

  /** A condition that holds for lines of these kinds. */
  String among(Predicate<Kind> which) {
    String found =
        kinds.entrySet().stream()
            .filter(one -> which.test(one.getValue()))
            .map(one -> one.getKey().toString())
            .collect(Collectors.joining(", "));
    return found.isEmpty() ? "FALSE" : "kind IN (%s)".formatted(found);
  }

  private record Sum(BigDecimal amount, long lines) {

    Sum plus(Sum other) {
      return new Sum(amount.add(other.amount), lines + other.lines);
    }
  }

  /** What the lines of all kinds come to. */
  static SettlementImports.Totals total(Tx tx, long importId) {
    return tx.first(
            """
            SELECT COALESCE(SUM(amount), 0), COALESCE(SUM(lines), 0) FROM settlement_line_kind
            WHERE import_id = ?""",
            row -> new SettlementImports.Totals(row.getBigDecimal(1), row.getLong(2)),
            importId)
        .orElseThrow();
  }
}
