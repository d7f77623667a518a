package io.kontor.sandbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** A search: a domain over a model, under the company rules and without archived records. */
final class Search {

  private final Env env;
  private final String model;
  private final Domain.Parsed domain;

  Search(Env env, String model, List<Object> domain) {
    this.env = env;
    this.model = model;
    this.domain = Domain.parse(env, model, domain);
  }

  /**
   * The ids found.
   *
   * @param order as in SQL; empty for the model's own
   * @param limit 0 for none
   */
  List<Integer> ids(String order, int offset, int limit) {
    Comparator<Row> comparator = comparator(model, order.isBlank() ? null : order, 0);
    return rows().stream()
        .sorted(comparator)
        .skip(offset)
        .limit(limit == 0 ? Long.MAX_VALUE : limit)
        .map(Row::id)
        .toList();
  }

  /** The records found, in no particular order. */
  List<Row> rows() {
    boolean hideArchived =
        env.model(model).has("active")
            && !domain.namesActive()
            && !Boolean.FALSE.equals(env.context().get("active_test"));
    return candidates().stream()
        .filter(row -> !hideArchived || env.truth(row, "active"))
        .filter(env::visible)
        .filter(row -> domain.condition().test(env, row))
        .toList();
  }

  /** Narrows by the indexes where the domain allows it. */
  private Collection<Row> candidates() {
    for (DomainLeaf leaf : domain.conjuncts()) {
      boolean exact = leaf.operator().equals("=") && Values.truth(leaf.value());
      boolean among = leaf.operator().equals("in") && leaf.value() instanceof List<?>;
      Field field = env.model(model).find(leaf.path());
      if (field == null || !(exact || among)) {
        continue;
      }
      List<Object> wanted = among ? Values.list(leaf.value()) : List.of(leaf.value());
      if (wanted.stream().anyMatch(value -> !Values.truth(value))) {
        continue;
      }
      boolean byId = leaf.path().equals("id");
      boolean byReference = field.type() == Field.Type.MANY2ONE;
      if ((byId || byReference) && !wanted.stream().allMatch(Integer.class::isInstance)) {
        continue;
      }
      if (byId) {
        return found(Values.ids(wanted));
      }
      if (field.indexed()) {
        Set<Integer> ids = new TreeSet<>();
        wanted.forEach(value -> ids.addAll(records().where(model, field.name(), value)));
        return found(ids);
      }
    }
    return records().all(model);
  }

  private Records records() {
    return env.odoo().records();
  }

  private List<Row> found(Collection<Integer> ids) {
    return ids.stream().distinct().map(id -> env.find(model, id)).filter(Objects::nonNull).toList();
  }

  private Comparator<Row> comparator(String name, String order, int depth) {
    Model sorted = env.model(name);
    Comparator<Row> comparator = null;
    for (String term : (order == null ? sorted.order() : order).split(",", -1)) {
      String[] words = term.strip().split("\\s+", -1);
      Field field = sorted.find(words[0]);
      if (field == null) {
        if (order == null) {
          continue;
        }
        throw OdooFault.value("Invalid field '%s' on '%s'".formatted(words[0], name));
      }
      Comparator<Row> next = byField(field, depth);
      if (words.length > 1 && words[1].toLowerCase(Locale.ROOT).equals("desc")) {
        next = next.reversed();
      }
      comparator = comparator == null ? next : comparator.thenComparing(next);
    }
    Comparator<Row> byId = Comparator.comparingInt(Row::id);
    return comparator == null ? byId : comparator.thenComparing(byId);
  }

  private Comparator<Row> byField(Field field, int depth) {
    if (field.type() == Field.Type.MANY2ONE && depth < 2) {
      Comparator<Row> inner = Comparator.nullsLast(comparator(field.target(), null, depth + 1));
      return (left, right) ->
          inner.compare(env.to(left, field.name()), env.to(right, field.name()));
    }
    return (left, right) -> compare(env.value(left, field.name()), env.value(right, field.name()));
  }

  /** Unset values come last, as in PostgreSQL. */
  static int compare(Object left, Object right) {
    if (left == null || right == null) {
      return left == right ? 0 : left == null ? 1 : -1;
    }
    if (left instanceof Number && right instanceof Number) {
      return Values.decimal(left).compareTo(Values.decimal(right));
    }
    if (left instanceof Boolean one && right instanceof Boolean other) {
      return Boolean.compare(one, other);
    }
    return left.toString().compareTo(right.toString());
  }

  /** Distinct values in order, for grouping. */
  static List<Object> sorted(Collection<Object> values) {
    List<Object> sorted = new ArrayList<>(values);
    sorted.sort(Search::compare);
    return sorted;
  }
}
