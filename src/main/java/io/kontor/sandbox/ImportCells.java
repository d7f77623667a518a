package io.kontor.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the matrix of {@code load} apart: records with their sub-records, and the rows they span.
 */
final class ImportCells {

  /** The key under which a relation is named by its display name. */
  static final String BY_NAME = "";

  /** A record's raw cells, relations as lists of sub-records, and its first and last row. */
  record Extracted(Map<String, Object> cells, int from, int to) {}

  private ImportCells() {}

  /** A column's path: {@code order_line/product_id/.id} is three steps. */
  static List<String> path(String column) {
    return List.of(
        column.replaceAll("([^/])\\.id$", "$1/.id").replace(":id", "/id").split("/", -1));
  }

  /**
   * The records in the matrix.
   *
   * @throws OdooFault if a column is no field
   */
  static List<Extracted> extract(
      Env env, String modelName, List<List<String>> paths, List<List<Object>> data) {
    Model model = env.model(modelName);
    for (List<String> path : paths) {
      if (!isReference(path.get(0)) && !model.has(path.get(0))) {
        throw OdooFault.value("Invalid field name '%s'".formatted(path.get(0)));
      }
    }
    List<Extracted> records = new ArrayList<>();
    int index = 0;
    while (index < data.size()) {
      int next = index + 1;
      while (next < data.size() && onlyLines(model, paths, data.get(next))) {
        next++;
      }
      records.add(
          new Extracted(cells(env, model, paths, data.subList(index, next)), index, next - 1));
      index = next;
    }
    return records;
  }

  static boolean isReference(String step) {
    return step.equals("id") || step.equals(".id") || step.equals(BY_NAME);
  }

  private static boolean onlyLines(Model model, List<List<String>> paths, List<Object> row) {
    boolean lines = false;
    for (int column = 0; column < Math.min(paths.size(), row.size()); column++) {
      if (Values.truth(row.get(column))) {
        Field field = model.find(paths.get(column).get(0));
        if (field == null || field.type() != Field.Type.ONE2MANY) {
          return false;
        }
        lines = true;
      }
    }
    return lines;
  }

  private static Map<String, Object> cells(
      Env env, Model model, List<List<String>> paths, List<List<Object>> span) {
    Map<String, Object> cells = new LinkedHashMap<>();
    Map<String, List<Integer>> relations = new LinkedHashMap<>();
    for (int column = 0; column < paths.size(); column++) {
      String first = paths.get(column).get(0);
      Field field = isReference(first) ? null : model.find(first);
      if (field != null && field.relational()) {
        relations.computeIfAbsent(first, key -> new ArrayList<>()).add(column);
      } else {
        cells.put(first, column < span.get(0).size() ? span.get(0).get(column) : null);
      }
    }
    relations.forEach(
        (name, columns) -> cells.put(name, related(env, model.find(name), paths, columns, span)));
    return cells;
  }

  private static List<Map<String, Object>> related(
      Env env,
      Field field,
      List<List<String>> paths,
      List<Integer> columns,
      List<List<Object>> span) {
    List<List<String>> subPaths = new ArrayList<>();
    for (int column : columns) {
      List<String> path = paths.get(column);
      subPaths.add(path.size() > 1 ? path.subList(1, path.size()) : List.of(BY_NAME));
    }
    List<List<Object>> subRows = new ArrayList<>();
    for (List<Object> row : span) {
      List<Object> subRow = new ArrayList<>();
      columns.forEach(column -> subRow.add(column < row.size() ? row.get(column) : null));
      if (subRow.stream().anyMatch(Values::truth)) {
        subRows.add(subRow);
      }
    }
    return extract(env, field.target(), subPaths, subRows).stream().map(Extracted::cells).toList();
  }
}
