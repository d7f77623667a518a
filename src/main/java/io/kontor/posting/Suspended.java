package io.kontor.posting;

import io.kontor.money.Money;
import io.kontor.sales.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects what a settlement puts in suspense: one problem for each code; and what it books without
 * knowing which tax it is: one for each marketplace. Not thread-safe.
 */
final class Suspended {

  private record Total(Money sum, long lines) {

    Total plus(Total other) {
      return new Total(sum.plus(other.sum), lines + other.lines);
    }
  }

  private final String settlement;
  private final Map<String, Map<String, Total>> byProblem = new TreeMap<>();

  private final Map<String, Total> untaxed = new TreeMap<>();
  private final Map<String, Money> withoutTax = new TreeMap<>();

  Suspended(String settlement) {
    this.settlement = settlement;
  }

  void add(String problem, SettledSum sum) {
    byProblem
        .computeIfAbsent(problem, any -> new TreeMap<>())
        .merge(sum.code(), new Total(sum.sum(), sum.lines()), Total::plus);
  }

  void untaxed(SettledSum sum) {
    untaxed.merge(sum.marketplace(), new Total(sum.sum(), sum.lines()), Total::plus);
  }

  void withoutTax(String marketplace, Money sales) {
    withoutTax.put(marketplace, sales);
  }

  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    withoutTax.forEach(
        (marketplace, sales) ->
            problems.add(
                new Problem(
                    "no-settlement-tax",
                    settlement + "/" + marketplace + "/absent",
                    "sales of marketplace '%s' come to %s, and no line states their tax: if it is in the prices, set settling: { prices: gross } in the channel's channel.yaml; if there is none, give the marketplace the rate 0 in settlement-taxes.csv"
                        .formatted(marketplace, sales))));
    untaxed.forEach(
        (marketplace, total) ->
            problems.add(
                new Problem(
                    "no-settlement-tax",
                    settlement + "/" + marketplace,
                    "lines of marketplace '%s': %d, together %s, are booked without country and rate of their tax: add the marketplace to the channel's settlement-taxes.csv"
                        .formatted(marketplace, total.lines(), total.sum()))));
    byProblem.forEach(
        (problem, byCode) ->
            byCode.forEach(
                (code, total) ->
                    problems.add(
                        new Problem(
                            problem,
                            settlement + "/" + code,
                            "lines of code '%s': %d, together %s, stand in suspense: %s"
                                .formatted(code, total.lines(), total.sum(), reason(problem))))));
    return problems;
  }

  private static String reason(String problem) {
    return problem.equals("unknown-code")
        ? "no table says what the code is"
        : "nothing is recorded of their orders";
  }
}
