package io.kontor.mapping.statement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all codes of a vendor's settlements mean, for one channel. Immutable.
 *
 * <p>Of the rows that match a line the narrowest counts. Two rows are compared by marketplace
 * first, then word by word from the last to the first; at the first difference a whole word goes
 * before one with {@code *}, and a longer beginning before a shorter one. So of {@code
 * Refund/ItemFees/*} and {@code *}{@code /*}{@code /Commission} the second counts: the last word
 * says most. Only the same row twice is ambiguous, and refused at start.
 *
 * <p>A channel's own rows go before the vendor's, whatever is narrower.
 */
public final class SettlementCodes {

  /** Codes come from files: what is remembered of them must not grow with what is sent. */
  private static final int MOST_REMEMBERED = 10_000;

  private record Row(CodePattern pattern, SettlementCode code) {}

  private record Line(String code, String marketplace) {}

  private final List<Row> own;
  private final List<Row> vendors;
  private final List<Row> taxes;
  private final Map<Line, Optional<SettlementCode>> remembered = new ConcurrentHashMap<>();

  private SettlementCodes(List<Row> own, List<Row> vendors, List<Row> taxes) {
    this.own = own;
    this.vendors = vendors;
    this.taxes = taxes;
  }

  /**
   * A vendor's table.
   *
   * @throws IllegalArgumentException if two rows are for the same codes
   */
  public static SettlementCodes of(List<SettlementCode> rows) {
    return new SettlementCodes(List.of(), unambiguous(rows), List.of());
  }

  /**
   * The same with a channel's own rows before it.
   *
   * @param rows say what codes mean here
   * @param taxOnly say only how fees are taxed here; their nature and role do not count
   * @throws IllegalArgumentException as {@link #of}
   */
  public SettlementCodes overriddenBy(List<SettlementCode> rows, List<SettlementCode> taxOnly) {
    return new SettlementCodes(unambiguous(rows), vendors, unambiguous(taxOnly));
  }

  /**
   * What a line's code means.
   *
   * @param code the vendor's words, joined by {@code /}
   * @param marketplace may be empty
   */
  public Optional<SettlementCode> find(String code, String marketplace) {
    Line line = new Line(code, marketplace);
    Optional<SettlementCode> known = remembered.get(line);
    if (known == null) {
      known = found(CodePattern.words(code, marketplace));
      if (remembered.size() < MOST_REMEMBERED) {
        remembered.put(line, known);
      }
    }
    return known;
  }

  /** Every row, the channel's own first. */
  public List<SettlementCode> rows() {
    List<SettlementCode> rows = new ArrayList<>();
    own.forEach(row -> rows.add(row.code()));
    vendors.forEach(row -> rows.add(row.code()));
    return rows;
  }

  private Optional<SettlementCode> found(List<String> words) {
    Optional<SettlementCode> code = narrowest(own, words).or(() -> narrowest(vendors, words));
    return code.map(
        known ->
            known.isService()
                ? narrowest(taxes, words).map(row -> known.taxed(row.tax())).orElse(known)
                : known);
  }

  private static Optional<SettlementCode> narrowest(List<Row> rows, List<String> words) {
    Row narrowest = null;
    for (Row row : rows) {
      if (row.pattern().matches(words)
          && (narrowest == null || row.pattern().isNarrowerThan(narrowest.pattern()))) {
        narrowest = row;
      }
    }
    return Optional.ofNullable(narrowest).map(Row::code);
  }

  private static List<Row> unambiguous(List<SettlementCode> codes) {
    Map<CodePattern, Row> rows = new LinkedHashMap<>();
    List<String> faults = new ArrayList<>();
    for (SettlementCode code : codes) {
      CodePattern pattern = CodePattern.of(code.pattern(), code.marketplace());
      Row before = rows.putIfAbsent(pattern, new Row(pattern, code));
      if (before != null) {
        faults.add(
            before.code().equals(code)
                ? "code %s stands twice".formatted(name(code))
                : "codes %s and %s are one".formatted(name(before.code()), name(code)));
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return List.copyOf(rows.values());
  }

  private static String name(SettlementCode code) {
    return code.marketplace().isBlank()
        ? "'%s'".formatted(code.pattern())
        : "'%s' of '%s'".formatted(code.pattern(), code.marketplace());
  }
}
