package io.kontor.mapping.statement;

import io.kontor.document.DelimitedLines.Line;
import io.kontor.failure.RejectedFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The columns of one file, found by its header as a layout names them. */
final class StatementColumns {

  private final StatementLayout layout;
  private final List<String> headers;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Set<String> twice = new HashSet<>();

  StatementColumns(StatementLayout layout, List<String> header) {
    this.layout = layout;
    this.headers = header;
    for (int i = 0; i < header.size(); i++) {
      String name = plain(header.get(i));
      if (!name.isEmpty() && indexes.putIfAbsent(name, i) != null) {
        twice.add(name);
      }
    }
  }

  /** What the file calls a column that it has. */
  String header(int index) {
    return headers.get(index);
  }

  private static String plain(String header) {
    return header.replace('\u00a0', ' ').strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Where a column stands; -1 if the file has none such.
   *
   * @throws RejectedFailure {@code duplicate-column} if the header names it twice
   */
  int index(String column) {
    for (String header : layout.headers(column)) {
      Integer index = indexes.get(plain(header));
      if (index != null) {
        if (twice.contains(plain(header))) {
          throw new RejectedFailure(
              "duplicate-column",
              header,
              "the header names the column '%s' twice: it is not clear which one counts"
                  .formatted(header));
        }
        return index;
      }
    }
    return -1;
  }

  private boolean has(String column) {
    return layout.headers(column).stream().anyMatch(h -> indexes.containsKey(plain(h)));
  }

  /** What this layout needs and the header lacks. */
  List<String> missing() {
    StatementLayout.Totals totals = layout.totals();
    Set<StatementLayout.Text> texts = new LinkedHashSet<>(totals.settlement());
    texts.add(totals.currency());
    texts.add(layout.line().currency());
    Set<String> needed = new LinkedHashSet<>();
    texts.stream()
        .filter(text -> text.choices().size() == 1)
        .forEach(text -> needed.addAll(text.columns()));
    if (totals.source() != StatementLayout.Source.LINES) {
      needed.addAll(totals.amount().columns());
    }
    needed.addAll(totals.from().columns());
    needed.addAll(totals.to().columns());
    for (StatementLayout.Filter filter :
        List.of(
            totals.rows(),
            totals.opening(),
            totals.closing(),
            layout.line().where(),
            layout.line().except())) {
      needed.addAll(filter.values().keySet());
    }
    needed.addAll(codeWords());
    if (totals.source() == StatementLayout.Source.LINES) {
      // No total would show that an amount is not there.
      layout.line().amounts().forEach(amount -> needed.addAll(amount.sum().columns()));
    }
    List<String> missing = new ArrayList<>();
    needed.stream().filter(column -> !has(column)).map(this::name).forEach(missing::add);
    texts.stream()
        .filter(text -> text.choices().size() > 1)
        .forEach(text -> one(text.columns()).ifPresent(missing::add));
    one(layout.line().amounts().stream().flatMap(a -> a.sum().columns().stream()).toList())
        .ifPresent(missing::add);
    one(layout.line().postedOn().columns()).ifPresent(missing::add);
    return missing;
  }

  /** What is missing if none of several columns is there, of which one is needed. */
  private Optional<String> one(List<String> columns) {
    return columns.isEmpty() || columns.stream().anyMatch(this::has)
        ? Optional.empty()
        : Optional.of(String.join(" or ", columns.stream().map(this::name).distinct().toList()));
  }

  /** The columns of which the codes of all amounts are made: without them no code says anything. */
  private Set<String> codeWords() {
    Set<String> words = null;
    for (StatementLayout.Amount amount : layout.line().amounts()) {
      Set<String> ofAmount = new LinkedHashSet<>();
      amount.code().stream()
          .filter(word -> word.choices().size() == 1)
          .forEach(word -> ofAmount.addAll(word.columns()));
      if (words == null) {
        words = ofAmount;
      } else {
        words.retainAll(ofAmount);
      }
    }
    return words == null ? Set.of() : words;
  }

  private String name(String column) {
    return String.join("/", layout.headers(column));
  }

  /** Whether a row is one that a filter picks. */
  RowTest test(StatementLayout.Filter filter) {
    List<RowTest> tests = new ArrayList<>();
    filter
        .values()
        .forEach(
            (column, values) -> {
              int index = index(column);
              List<String> plain = values.stream().map(v -> v.toLowerCase(Locale.ROOT)).toList();
              tests.add(line -> matches(plain, line.written(index).toLowerCase(Locale.ROOT)));
            });
    return switch (tests.size()) {
      case 0 -> line -> true;
      case 1 -> tests.get(0);
      default -> line -> tests.stream().allMatch(test -> test.picks(line));
    };
  }

  private static boolean matches(List<String> patterns, String value) {
    for (String pattern : patterns) {
      if (pattern.endsWith("*")
          ? value.regionMatches(0, pattern, 0, pattern.length() - 1)
          : value.equals(pattern)) {
        return true;
      }
    }
    return false;
  }

  /** Says of a row whether it is one of those. */
  @FunctionalInterface
  interface RowTest {
    boolean picks(Line line);
  }

  /** The text of a row that a layout describes. */
  RowText text(StatementLayout.Text text) {
    if (!text.constant().isEmpty()) {
      return line -> text.constant();
    }
    List<int[]> choices = new ArrayList<>();
    for (List<String> columns : text.choices()) {
      int[] indexes = columns.stream().mapToInt(this::index).filter(i -> i >= 0).toArray();
      if (indexes.length > 0) {
        choices.add(indexes);
      }
    }
    if (choices.size() == 1 && choices.get(0).length == 1) {
      int only = choices.get(0)[0];
      return line -> line.get(only);
    }
    return line -> {
      for (int[] indexes : choices) {
        String joined = joined(line, indexes);
        if (!joined.isEmpty()) {
          return joined;
        }
      }
      return "";
    };
  }

  private static String joined(Line line, int[] indexes) {
    StringBuilder joined = new StringBuilder();
    for (int index : indexes) {
      String field = line.get(index);
      if (!field.isEmpty()) {
        joined.append(joined.isEmpty() ? "" : " ").append(field);
      }
    }
    return joined.toString();
  }

  /** Takes a text from a row; empty if there is none. */
  @FunctionalInterface
  interface RowText {
    String of(Line line);
  }
}
