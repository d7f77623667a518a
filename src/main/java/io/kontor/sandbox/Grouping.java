package io.kontor.sandbox;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Sums by group: {@code formatted_read_group} of Odoo 19 and {@code read_group} before it. */
final class Grouping {

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.US);

  private final Env env;
  private final String model;
  private final List<Object> domain;

  Grouping(Env env, String model, List<Object> domain) {
    this.env = env;
    this.model = model;
    this.domain = domain;
  }

  /** As {@code formatted_read_group(domain, groupby, aggregates)}. */
  List<Object> formatted(List<String> groupBy, List<String> aggregates) {
    List<Object> groups = new ArrayList<>();
    for (Map.Entry<List<Object>, List<Row>> group : groups(groupBy).entrySet()) {
      Map<String, Object> shown = new LinkedHashMap<>();
      List<Object> extra = new ArrayList<>();
      for (int index = 0; index < groupBy.size(); index++) {
        Object key = group.getKey().get(index);
        shown.put(groupBy.get(index), label(groupBy.get(index), key, true));
        extra.addAll(leaves(groupBy.get(index), key));
      }
      shown.put("__extra_domain", extra);
      for (String aggregate : aggregates) {
        shown.put(aggregate, aggregate(aggregate, group.getValue()));
      }
      groups.add(shown);
    }
    return groups;
  }

  /** As {@code read_group(domain, fields, groupby, lazy)}: lazily, only the first group counts. */
  List<Object> legacy(List<String> fields, List<String> groupBy, boolean lazy) {
    List<String> effective = lazy && groupBy.size() > 1 ? groupBy.subList(0, 1) : groupBy;
    List<Object> groups = new ArrayList<>();
    for (Map.Entry<List<Object>, List<Row>> group : groups(effective).entrySet()) {
      Map<String, Object> shown = new LinkedHashMap<>();
      List<Object> leaves = new ArrayList<>(domain);
      Map<String, Object> ranges = new LinkedHashMap<>();
      for (int index = 0; index < effective.size(); index++) {
        String by = effective.get(index);
        Object key = group.getKey().get(index);
        shown.put(by, label(by, key, false));
        leaves.addAll(leaves(by, key).stream().filter(List.class::isInstance).toList());
        if (by.contains(":")) {
          ranges.put(by, key == null ? false : range(key));
        }
      }
      String counted = lazy && !effective.isEmpty() ? name(effective.get(0)) + "_count" : "__count";
      shown.put(counted, group.getValue().size());
      for (String field : fields) {
        if (!effective.contains(field) && !field.startsWith("__")) {
          shown.put(
              name(field),
              aggregate(field.contains(":") ? field : field + ":sum", group.getValue()));
        }
      }
      if (!ranges.isEmpty()) {
        shown.put("__range", ranges);
      }
      shown.put("__domain", conjunction(leaves));
      if (lazy && groupBy.size() > 1) {
        shown.put("__context", Map.of("group_by", groupBy.subList(1, groupBy.size())));
      }
      groups.add(shown);
    }
    return groups;
  }

  private Map<List<Object>, List<Row>> groups(List<String> groupBy) {
    groupBy.forEach(by -> field(name(by)));
    Map<List<Object>, List<Row>> groups = new LinkedHashMap<>();
    List<Row> rows = new Search(env, model, domain).rows();
    if (groupBy.isEmpty()) {
      groups.put(List.of(), rows);
      return groups;
    }
    for (Row row : rows) {
      List<Object> key = new ArrayList<>();
      groupBy.forEach(by -> key.add(key(row, by)));
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
    }
    Map<List<Object>, List<Row>> sorted = new LinkedHashMap<>();
    groups.keySet().stream()
        .sorted((left, right) -> compare(groupBy, left, right))
        .forEach(key -> sorted.put(key, groups.get(key)));
    return sorted;
  }

  private int compare(List<String> groupBy, List<Object> left, List<Object> right) {
    for (int index = 0; index < groupBy.size(); index++) {
      Field field = field(name(groupBy.get(index)));
      int sign = Search.compare(rank(field, left.get(index)), rank(field, right.get(index)));
      if (sign != 0) {
        return sign;
      }
    }
    return 0;
  }

  /** Accounts come by code, other records by name. */
  private Object rank(Field field, Object key) {
    if (field.type() != Field.Type.MANY2ONE || !(key instanceof Integer id)) {
      return key;
    }
    Row row = env.row(field.target(), id);
    return env.model(field.target()).has("code")
        ? env.text(row, "code")
        : env.displayName(field.target(), id);
  }

  private Object key(Row row, String by) {
    Object value = env.value(row, name(by));
    if (value == null || !by.contains(":")) {
      return value;
    }
    LocalDate date = LocalDate.parse(value.toString().substring(0, 10));
    return switch (by.substring(by.indexOf(':') + 1)) {
      case "day" -> date.toString();
      case "month" -> date.withDayOfMonth(1).toString();
      case "year" -> date.withDayOfYear(1).toString();
      default -> throw OdooFault.value("Granularity specification isn't correct: '" + by + "'");
    };
  }

  private Object label(String by, Object key, boolean withDate) {
    if (key == null) {
      return false;
    }
    if (!by.contains(":")) {
      return Reader.shown(env, field(by), key, true);
    }
    LocalDate date = LocalDate.parse(key.toString());
    String text =
        switch (by.substring(by.indexOf(':') + 1)) {
          case "month" -> MONTH.format(date);
          case "year" -> String.valueOf(date.getYear());
          default -> DateTimeFormatter.ofPattern("dd MMM uuuu", Locale.US).format(date);
        };
    return withDate ? List.of(key, text) : text;
  }

  private List<Object> leaves(String by, Object key) {
    if (key == null) {
      return List.of(List.of(name(by), "=", false));
    }
    if (!by.contains(":")) {
      return List.of(List.of(by, "=", key));
    }
    LocalDate from = LocalDate.parse(key.toString());
    LocalDate to = end(by, from);
    return List.of(
        "&", List.of(name(by), ">=", from.toString()), List.of(name(by), "<", to.toString()));
  }

  private static LocalDate end(String by, LocalDate from) {
    return by.endsWith(":year")
        ? from.plusYears(1)
        : by.endsWith(":month") ? from.plusMonths(1) : from.plusDays(1);
  }

  private static Map<String, Object> range(Object key) {
    LocalDate from = LocalDate.parse(key.toString());
    return Map.of("from", from.toString(), "to", from.plusMonths(1).toString());
  }

  private Object aggregate(String aggregate, List<Row> rows) {
    if (aggregate.equals("__count")) {
      return rows.size();
    }
    String field = name(aggregate);
    field(field);
    List<Object> values =
        rows.stream().map(row -> env.value(row, field)).filter(value -> value != null).toList();
    return switch (aggregate.substring(aggregate.indexOf(':') + 1)) {
      case "sum" -> values.stream().map(Values::decimal).reduce(BigDecimal.ZERO, BigDecimal::add);
      case "count" -> values.size();
      case "count_distinct" -> new LinkedHashSet<>(values).size();
      case "max" -> last(values);
      case "min" -> values.isEmpty() ? (Object) false : Search.sorted(values).get(0);
      case "array_agg", "recordset" ->
          field.equals("id") ? rows.stream().map(Row::id).collect(Collectors.toList()) : values;
      default -> throw OdooFault.value("Invalid aggregate method in '%s'.".formatted(aggregate));
    };
  }

  private static Object last(List<Object> values) {
    List<Object> sorted = Search.sorted(values);
    return sorted.isEmpty() ? (Object) false : sorted.get(sorted.size() - 1);
  }

  private Field field(String name) {
    Field field = env.model(model).find(name);
    if (field == null) {
      throw OdooFault.value("Invalid field '%s' on model '%s'".formatted(name, model));
    }
    return field;
  }

  private static String name(String by) {
    int colon = by.indexOf(':');
    return colon < 0 ? by : by.substring(0, colon);
  }

  private static List<Object> conjunction(List<Object> leaves) {
    List<Object> whole = new ArrayList<>();
    long operators = leaves.stream().filter(List.class::isInstance).count() - 1;
    boolean plain = leaves.stream().allMatch(List.class::isInstance);
    for (long index = 0; plain && index < operators; index++) {
      whole.add("&");
    }
    whole.addAll(leaves);
    return whole;
  }
}
