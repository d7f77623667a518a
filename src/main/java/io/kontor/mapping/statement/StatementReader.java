package io.kontor.mapping.statement;

import io.kontor.document.DelimitedLines;
import io.kontor.failure.RejectedFailure;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a delimited statement in one streaming pass, as that one of its layouts says which fits its
 * header. It does not add up: that is done where the lines are kept, against {@link
 * StatementTotals#total()}.
 */
public final class StatementReader {

  private static final Set<String> ENCODING = Set.of("invalid-utf-8", "invalid-encoding");

  private final List<StatementLayout> layouts;
  private final String reference;
  private final Consumer<StatementLine> lines;
  private StatementRows rows;
  private Nearest nearest;

  private StatementReader(
      List<StatementLayout> layouts, String reference, Consumer<StatementLine> lines) {
    this.layouts = layouts;
    this.reference = reference;
    this.lines = lines;
  }

  /**
   * Reads a statement; {@code lines} is given each line in the file's order, until a fault is
   * found.
   *
   * @param layouts the ways in which it may be written: the first one counts whose columns are in
   *     the header, which is the first line that has all columns of any of them
   * @param reference what to call the document in failures that have no line
   * @param in may be gzipped or zipped; it is closed
   * @throws RejectedFailure if the file is not such a statement: {@code empty-document}, {@code
   *     missing-column}, {@code not-a-date}, {@code not-an-amount}, {@code too-many-decimals},
   *     {@code unknown-currency}, {@code mixed-settlements}, {@code no-totals}, …; the message
   *     names the line
   */
  public static StatementTotals read(
      List<StatementLayout> layouts,
      String reference,
      InputStream in,
      Consumer<StatementLine> lines) {
    StatementReader reader = new StatementReader(layouts, reference, lines);
    try {
      if (!DelimitedLines.read(in, layouts.get(0).encodings(), reader::header)) {
        throw reader.missing();
      }
    } catch (RejectedFailure e) {
      throw ENCODING.contains(e.code()) ? reader.encoding(e) : e;
    }
    return reader.rows.totals();
  }

  /**
   * Whoever sends a statement rarely writes it anew for us: more often our layout has to change.
   */
  private RejectedFailure encoding(RejectedFailure e) {
    String names = String.join(", ", layouts.stream().map(StatementLayout::name).toList());
    return new RejectedFailure(
        e.code(),
        e.reference(),
        "%s; or add the encoding that the channel writes to 'encodings' of %s, which has %s"
            .formatted(e.getMessage(), names, layouts.get(0).encodings()),
        e);
  }

  private Optional<DelimitedLines.Dialect> header(String line, long number) {
    for (StatementLayout layout : layouts) {
      for (char delimiter : layout.delimiters()) {
        List<String> names = DelimitedLines.fields(line, delimiter, layout.quotes(delimiter));
        StatementColumns columns = new StatementColumns(layout, names);
        List<String> missing = columns.missing();
        if (missing.isEmpty()) {
          rows = new StatementRows(layout, columns, reference, lines);
          return Optional.of(
              new DelimitedLines.Dialect(
                  delimiter, layout.quotes(delimiter), layout.empty(), rows::accept));
        }
        if (nearest == null || missing.size() < nearest.lacks().size()) {
          nearest = new Nearest(layout, number, missing);
        }
      }
    }
    return Optional.empty();
  }

  private RejectedFailure missing() {
    String which = layouts.size() == 1 ? "" : ", which %s needs".formatted(nearest.layout().name());
    return new RejectedFailure(
        "missing-column",
        nearest.lacks().get(0),
        "the header (line %d) lacks %s%s: this is another document, or its layout changed"
            .formatted(nearest.line(), nearest.lacks(), which));
  }

  /** The line that is most like a header, and what it lacks of the layout that it is most like. */
  private record Nearest(StatementLayout layout, long line, List<String> lacks) {}
}
