package io.kontor.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A field path, an operator and a value. */
record DomainLeaf(String path, String operator, Object value) implements Domain.Condition {

  @Override
  public boolean test(Env env, Row row) {
    List<Object> found = new ArrayList<>();
    collect(env, row, path, found);
    return switch (operator) {
      case "=", "in" -> matches(env, row, found);
      case "!=", "<>", "not in" -> !matches(env, row, found);
      case "not like", "not ilike" -> found.stream().noneMatch(item -> like(env, row, item));
      case "like", "ilike", "=like", "=ilike" ->
          found.stream().anyMatch(item -> like(env, row, item));
      default -> found.stream().anyMatch(this::compares);
    };
  }

  private boolean matches(Env env, Row row, List<Object> found) {
    List<Object> wanted = value instanceof List<?> ? Values.list(value) : List.of(orFalse(value));
    for (Object want : wanted) {
      if (want == null || want.equals(false)) {
        if (found.isEmpty() || found.stream().anyMatch(item -> !Values.truth(item))) {
          return true;
        }
      } else if (found.stream().anyMatch(item -> same(env, row, item, want))) {
        return true;
      }
    }
    return false;
  }

  private boolean same(Env env, Row row, Object item, Object want) {
    if (item == null) {
      return false;
    }
    if (item instanceof Number && want instanceof Number) {
      return Values.decimal(item).compareTo(Values.decimal(want)) == 0;
    }
    if (item instanceof Integer && want instanceof String) {
      return want.equals(named(env, row, item));
    }
    return item.equals(want);
  }

  private boolean compares(Object item) {
    if (item == null || item.equals(false)) {
      return false;
    }
    int sign =
        item instanceof Number
            ? Values.decimal(item).compareTo(Values.decimal(value))
            : item.toString().compareTo(String.valueOf(value));
    return switch (operator) {
      case ">" -> sign > 0;
      case ">=" -> sign >= 0;
      case "<" -> sign < 0;
      default -> sign <= 0;
    };
  }

  private boolean like(Env env, Row row, Object item) {
    if (item == null) {
      return false;
    }
    boolean whole = operator.startsWith("=");
    StringBuilder regex = new StringBuilder(whole ? "" : ".*");
    boolean escaped = false;
    for (char c : Values.text(value).toCharArray()) {
      if (c == '\\' && !escaped) {
        escaped = true;
        continue;
      }
      String any = c == '%' ? ".*" : c == '_' ? "." : "";
      regex.append(escaped || any.isEmpty() ? Pattern.quote(String.valueOf(c)) : any);
      escaped = false;
    }
    int flags = operator.contains("ilike") ? Pattern.CASE_INSENSITIVE : 0;
    return Pattern.compile(regex + (whole ? "" : ".*"), flags | Pattern.DOTALL)
        .matcher(named(env, row, item))
        .matches();
  }

  private String named(Env env, Row row, Object item) {
    Field last = null;
    Model model = env.model(row.model());
    for (String step : path.split("\\.", -1)) {
      last = model.find(step);
      if (last.relational()) {
        model = env.model(last.target());
      }
    }
    boolean relation = last != null && last.relational();
    return relation && item instanceof Integer id
        ? env.displayName(last.target(), id)
        : String.valueOf(item);
  }

  private static Object orFalse(Object value) {
    return value == null ? (Object) false : value;
  }

  private static void collect(Env env, Row row, String path, List<Object> found) {
    int dot = path.indexOf('.');
    String step = dot < 0 ? path : path.substring(0, dot);
    Field field = env.model(row.model()).find(step);
    Object value = env.value(row, step);
    if (dot < 0) {
      if (field.many()) {
        found.addAll(Values.list(value));
      } else {
        found.add(value);
      }
      return;
    }
    for (int id : Values.ids(value)) {
      Row next = env.find(field.target(), id);
      if (next != null) {
        collect(env, next, path.substring(dot + 1), found);
      }
    }
  }
}
