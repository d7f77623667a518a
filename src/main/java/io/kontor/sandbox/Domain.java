package io.kontor.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A search domain in prefix notation: leaves, and the operators {@code &}, {@code |}, {@code !}.
 */
final class Domain {

  /** Whether a record belongs to the result. */
  @FunctionalInterface
  interface Condition {
    boolean test(Env env, Row row);
  }

  /** A field path, an operator and a value. */
  record Leaf(String path, String operator, Object value) implements Condition {

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
  }

  private static final Set<String> OPERATORS =
      Set.of(
          "=",
          "!=",
          "<>",
          "in",
          "not in",
          ">",
          ">=",
          "<",
          "<=",
          "like",
          "not like",
          "ilike",
          "not ilike",
          "=like",
          "=ilike");

  private final Env env;
  private final String model;
  private final List<Object> terms;
  private final List<Leaf> conjuncts = new ArrayList<>();
  private boolean namesActive;
  private int position;

  private Domain(Env env, String model, List<Object> terms) {
    this.env = env;
    this.model = model;
    this.terms = terms;
  }

  /** A domain read: its condition, the leaves that all must hold, and whether it names active. */
  record Parsed(Condition condition, List<Leaf> conjuncts, boolean namesActive) {}

  /**
   * Reads a domain.
   *
   * @throws OdooFault if it names an unknown field or operator
   */
  static Parsed parse(Env env, String model, List<Object> terms) {
    Domain domain = new Domain(env, model, terms);
    List<Condition> all = new ArrayList<>();
    while (domain.position < terms.size()) {
      all.add(domain.next(true));
    }
    return new Parsed(
        (view, row) -> all.stream().allMatch(condition -> condition.test(view, row)),
        domain.conjuncts,
        domain.namesActive);
  }

  private Condition next(boolean conjunct) {
    if (position >= terms.size()) {
      throw OdooFault.value("Domain() domain contains not enough arguments");
    }
    Object term = terms.get(position++);
    if (term instanceof String operator) {
      switch (operator) {
        case "!" -> {
          Condition negated = next(false);
          return (view, row) -> !negated.test(view, row);
        }
        case "&" -> {
          Condition left = next(conjunct);
          Condition right = next(conjunct);
          return (view, row) -> left.test(view, row) && right.test(view, row);
        }
        case "|" -> {
          Condition left = next(false);
          Condition right = next(false);
          return (view, row) -> left.test(view, row) || right.test(view, row);
        }
        default -> throw OdooFault.value("Domain() invalid item in domain: '" + operator + "'");
      }
    }
    return leaf(Values.list(term), conjunct);
  }

  private Condition leaf(List<Object> term, boolean conjunct) {
    if (term.size() != 3) {
      throw OdooFault.value("Domain() invalid item in domain: " + term);
    }
    if (!(term.get(0) instanceof String path)) {
      boolean constant = term.get(0).equals(term.get(2));
      return (view, row) -> constant;
    }
    String operator = String.valueOf(term.get(1)).toLowerCase(Locale.ROOT);
    if (!OPERATORS.contains(operator)) {
      throw OdooFault.value("Invalid operator in domain term %s".formatted(python(term)));
    }
    checkPath(path, term);
    namesActive |= path.equals("active");
    Leaf leaf = new Leaf(path, operator, term.get(2));
    if (conjunct) {
      conjuncts.add(leaf);
    }
    return leaf;
  }

  private void checkPath(String path, List<Object> term) {
    String at = model;
    for (String step : path.split("\\.", -1)) {
      Field field = env.model(at).find(step);
      if (field == null) {
        String kind = env.version() == OdooVersion.V18 ? "leaf" : "condition";
        throw OdooFault.value(
            "Invalid field %s.%s in %s %s".formatted(at, step, kind, python(term)));
      }
      at = field.relational() ? field.target() : at;
    }
  }

  private static String python(List<Object> term) {
    Object value = term.get(2);
    return "('%s', '%s', %s)"
        .formatted(
            term.get(0),
            term.get(1),
            value instanceof String
                ? "'" + value + "'"
                : value instanceof BigDecimal number ? number.toPlainString() : value);
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
