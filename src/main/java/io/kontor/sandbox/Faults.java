package io.kontor.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Faults on command: rules that say which calls go wrong, and how. */
final class Faults {

  /** What a fault does to a call. */
  enum Kind {
    /** Waits, then answers. */
    DELAY,
    /** Answers an HTTP status and does nothing. */
    STATUS,
    /** Breaks the connection and does nothing. */
    DROP_BEFORE,
    /** Does what was asked, then breaks the connection. */
    APPLY_THEN_DROP,
    /** Does what was asked, then waits before it answers. */
    APPLY_THEN_DELAY,
    /** Answers that somebody else wrote the same records meanwhile. */
    SERIALIZE
  }

  /**
   * One fault.
   *
   * @param number milliseconds of a delay, or an HTTP status
   * @param retryAfter seconds of the header, below zero for none
   */
  record Fault(Kind kind, int number, int retryAfter) {}

  private static final Set<String> MATCHES =
      Set.of("model", "method", "nth", "from", "to", "probability", "seed");

  private record Rule(String model, String method, long from, long to, double chance, Fault fault) {

    boolean concerns(Call call) {
      return (model.isEmpty() || model.equals(call.model()))
          && (method.isEmpty() || method.equals(call.method()));
    }
  }

  private static final class Armed {
    private final Rule rule;
    private final Random dice;
    private long seen;

    Armed(Rule rule, long seed) {
      this.rule = rule;
      this.dice = new Random(seed);
    }

    boolean strikes() {
      seen++;
      boolean inRange = seen >= rule.from() && seen <= rule.to();
      return inRange && (rule.chance() >= 1 || dice.nextDouble() < rule.chance());
    }
  }

  private final List<Armed> rules = new ArrayList<>();
  private long struck;

  /**
   * Adds rules; each counts the calls it concerns from now on.
   *
   * @throws IllegalArgumentException if a rule cannot be understood; then none is added
   */
  synchronized void add(List<Object> given) {
    List<Armed> read = new ArrayList<>();
    for (Object item : given) {
      Map<String, Object> rule = Values.map(item);
      Map<String, Object> match = Values.map(rule.get("match"));
      match.keySet().stream()
          .filter(name -> !MATCHES.contains(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw new IllegalArgumentException("unknown match '" + name + "'");
              });
      long nth = number(match, "nth", 0);
      Rule understood =
          new Rule(
              Values.text(match.get("model")),
              Values.text(match.get("method")),
              nth > 0 ? nth : number(match, "from", 1),
              nth > 0 ? nth : number(match, "to", Long.MAX_VALUE),
              match.containsKey("probability")
                  ? Values.decimal(match.get("probability")).doubleValue()
                  : 1,
              fault(rule.get("do")));
      read.add(new Armed(understood, number(match, "seed", 1)));
    }
    rules.addAll(read);
  }

  synchronized void clear() {
    rules.clear();
  }

  synchronized long struck() {
    return struck;
  }

  /** The first fault that strikes a call; every rule that concerns the call counts it. */
  synchronized Optional<Fault> next(Call call) {
    Fault first = null;
    for (Armed armed : rules) {
      if (armed.rule.concerns(call) && armed.strikes() && first == null) {
        first = armed.rule.fault();
      }
    }
    struck += first == null ? 0 : 1;
    return Optional.ofNullable(first);
  }

  private static Fault fault(Object given) {
    String name = given instanceof String text ? text : "";
    Map<String, Object> values = Values.map(given);
    if (name.isEmpty() && !values.isEmpty()) {
      name = values.keySet().iterator().next();
    }
    String[] words = name.split(" ", -1);
    Object argument = words.length > 1 ? words[1] : values.get(name);
    int number = Values.decimal(argument).intValue();
    return switch (words[0]) {
      case "delay" -> new Fault(Kind.DELAY, number, -1);
      case "status" -> new Fault(Kind.STATUS, number, (int) number(values, "retryAfter", -1));
      case "drop-before" -> new Fault(Kind.DROP_BEFORE, 0, -1);
      case "apply-then-drop" -> new Fault(Kind.APPLY_THEN_DROP, 0, -1);
      case "apply-then-delay" -> new Fault(Kind.APPLY_THEN_DELAY, number, -1);
      case "serialize" -> new Fault(Kind.SERIALIZE, 0, -1);
      default -> throw new IllegalArgumentException("unknown fault '" + given + "'");
    };
  }

  private static long number(Map<String, Object> values, String name, long otherwise) {
    return values.containsKey(name) ? Values.decimal(values.get(name)).longValue() : otherwise;
  }
}
