package io.kontor.app.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a benchmark found.
 *
 * @param title what was measured against what
 * @param conditions sizes and the like, for a person
 * @param product what the product's rate counts, and per what: {@code webhooks/s}
 * @param bare the same of the bare loop
 * @param rounds in the order in which they were run
 * @param aim the ratio that is aimed at
 * @param aimedRate the product's rate that is aimed at, if there is one
 */
public record Report(
    String benchmark,
    String title,
    Map<String, String> conditions,
    String product,
    String bare,
    List<Round> rounds,
    double aim,
    OptionalDouble aimedRate) {

  public Report {
    conditions = new LinkedHashMap<>(conditions);
    rounds = List.copyOf(rounds);
  }

  /**
   * One turn of each, one after the other.
   *
   * @param product the product's rate, per second
   * @param bare the bare loop's rate, per second
   */
  public record Round(double product, double bare) {

    public double ratio() {
      return product / bare;
    }
  }

  public double productMedian() {
    return median(rounds.stream().mapToDouble(Round::product).toArray());
  }

  public double bareMedian() {
    return median(rounds.stream().mapToDouble(Round::bare).toArray());
  }

  /** The median of the rounds' ratios: what slows a whole round slows both of its sides. */
  public double ratio() {
    return median(rounds.stream().mapToDouble(Round::ratio).toArray());
  }

  public boolean met() {
    return ratio() >= aim && productMedian() >= aimedRate.orElse(0);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** For a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(benchmark.toUpperCase(Locale.ROOT) + "  " + title);
    conditions.forEach((name, value) -> lines.add("  %-14s %s".formatted(name, value)));
    lines.add("");
    lines.add("  %-8s %16s %16s %8s".formatted("round", product, bare, "ratio"));
    for (int i = 0; i < rounds.size(); i++) {
      lines.add(row(String.valueOf(i + 1), rounds.get(i).product(), rounds.get(i).bare()));
    }
    lines.add(
        "  %-8s %16.0f %16.0f %8.2f".formatted("median", productMedian(), bareMedian(), ratio()));
    String wanted = "ratio at least %.2f".formatted(aim);
    if (aimedRate.isPresent()) {
      wanted += ", and at least %.0f %s".formatted(aimedRate.getAsDouble(), product);
    }
    lines.add("  aim: " + wanted + (met() ? " — met" : " — missed"));
    return lines;
  }

  private static String row(String name, double product, double bare) {
    return "  %-8s %16.0f %16.0f %8.2f".formatted(name, product, bare, product / bare);
  }

  /** For a machine. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("benchmark", benchmark).put("title", title);
    ObjectNode stated = json.putObject("conditions");
    conditions.forEach(stated::put);
    ArrayNode each = json.putArray("rounds");
    for (Round round : rounds) {
      each.addObject()
          .put(product, Math.round(round.product()))
          .put(bare, Math.round(round.bare()))
          .put("ratio", hundredths(round.ratio()));
    }
    json.putObject("median")
        .put(product, Math.round(productMedian()))
        .put(bare, Math.round(bareMedian()))
        .put("ratio", hundredths(ratio()));
    json.put("aim", aim);
    aimedRate.ifPresent(rate -> json.put("aimedRate", rate));
    return json.put("met", met());
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
