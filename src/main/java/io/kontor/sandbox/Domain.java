package io.kontor.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A search domain in prefix notation: leaves, and the operators {@code &}, {@code |}, {@code !}.
 */
final class Domain {

  /** Whether a record belongs to the result. */
  @FunctionalInterface
  interface Condition {
    boolean test(Env env, Row row);
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
  private final List<DomainLeaf> conjuncts = new ArrayList<>();
  private boolean namesActive;
  private int position;

  private Domain(Env env, String model, List<Object> terms) {
    this.env = env;
    this.model = model;
    this.terms = terms;
  }

  /** A domain read: its condition, the leaves that all must hold, and whether it names active. */
  record Parsed(Condition condition, List<DomainLeaf> conjuncts, boolean namesActive) {}

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
    DomainLeaf leaf = new DomainLeaf(path, operator, term.get(2));
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
}
