package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints rows under each other; columns of numbers to the right. */
final class TextTable {

  private static final int WIDEST = 60;

  private final List<String> fields;
  private final List<List<String>> rows = new ArrayList<>();

  /** The columns, named as the fields of the JSON that rows are made of. */
  TextTable(String... fields) {
    this.fields = List.of(fields);
  }

  static void print(PrintWriter out, JsonNode list, String... fields) {
    TextTable table = new TextTable(fields);
    list.forEach(table::add);
    table.print(out);
  }

  void add(JsonNode row) {
    rows.add(fields.stream().map(field -> text(row.path(field))).toList());
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      List<String> parts = new ArrayList<>();
      value.forEach(part -> parts.add(part.asText()));
      return String.join("; ", parts);
    }
    return value.isNull() ? "" : value.asText();
  }

  void print(PrintWriter out) {
    int[] widths = new int[fields.size()];
    boolean[] numbers = new boolean[fields.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = fields.get(i).length();
      numbers[i] = !rows.isEmpty();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], Math.min(row.get(i).length(), WIDEST));
        numbers[i] &= row.get(i).matches("-?[0-9]+(\\.[0-9]+)?|none|");
      }
    }
    out.println(line(fields, widths, numbers));
    rows.forEach(row -> out.println(line(row, widths, numbers)));
  }

  private static String line(List<String> cells, int[] widths, boolean[] numbers) {
    StringBuilder line = new StringBuilder(" ");
    for (int i = 0; i < widths.length; i++) {
      boolean last = i == widths.length - 1;
      String format = numbers[i] ? "%" + widths[i] + "s" : last ? "%s" : "%-" + widths[i] + "s";
      line.append(' ').append(format.formatted(cells.get(i)));
    }
    return line.toString().stripTrailing();
  }

  /** Prints the fields of an answer below each other. */
  static void printFields(PrintWriter out, JsonNode answer) {
    answer
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              out.printf(
                  "%-14s %s%n",
                  field.getKey(), value.isValueNode() ? value.asText() : value.toPrettyString());
            });
  }
}
