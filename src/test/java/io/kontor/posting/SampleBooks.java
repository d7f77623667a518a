package io.kontor.posting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import io.kontor.mapping.PostingRule;
import io.kontor.mapping.Rates;
import io.kontor.mapping.Settling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The rules and charts of {@code mappings/accounts}, for tests of what is booked by them. */
public final class SampleBooks {

  public static final String MAPPINGS = "3f2a9c";

  /** Rates that change from day to day. */
  static final Rates RATES =
      new Rates(
          Rates.USUAL_DAYS,
          Map.of(
              Currency.getInstance("JPY"), days("0.00612", "0.00618"),
              Currency.getInstance("KWD"), days("2.8113", "2.7945")));

  private static NavigableMap<LocalDate, BigDecimal> days(String first, String second) {
    return new TreeMap<>(
        Map.of(
            LocalDate.parse("2026-11-17"), new BigDecimal(first),
            LocalDate.parse("2026-11-19"), new BigDecimal(second)));
  }

  private SampleBooks() {}

  public static List<PostingRule> rules() {
    List<PostingRule> rules = new ArrayList<>();
    for (JsonNode rule : yaml("mappings/accounts/rules.yaml")) {
      List<PostingRule.Leg> legs = new ArrayList<>();
      for (JsonNode leg : rule.get("entry")) {
        PostingRule.Side side = leg.has("debit") ? PostingRule.Side.DEBIT : PostingRule.Side.CREDIT;
        legs.add(
            new PostingRule.Leg(
                side,
                leg.get(leg.has("debit") ? "debit" : "credit").asText(),
                leg.get("amount").asText()));
      }
      rules.add(new PostingRule(rule.get("set").asText(), rule.get("on").asText(), legs));
    }
    return rules;
  }

  public static Entity entity(String id) {
    return entity(id, Entity.VatPoint.SHIPMENT, Rates.NONE);
  }

  public static Entity entity(String id, Entity.VatPoint vatPoint, Rates rates) {
    return entity(id, vatPoint, rates, Currency.getInstance(id.equals("nordwind") ? "EUR" : "USD"));
  }

  static Entity entity(String id, Entity.VatPoint vatPoint, Rates rates, Currency currency) {
    List<Chart.Row> rows = new ArrayList<>();
    text("mappings/accounts/" + id + "/chart.csv")
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(c -> rows.add(new Chart.Row(c[0], c[1], c[2], c[3], c[4])));
    boolean euro = id.equals("nordwind");
    return new Entity(
        id,
        id,
        ZoneId.of(euro ? "Europe/Berlin" : "America/New_York"),
        currency,
        id,
        "KONT",
        "kontor.tax_zero",
        List.of(),
        Optional.empty(),
        new Chart(rows),
        vatPoint,
        rates);
  }

  public static Channel channel(
      String id,
      String rules,
      boolean refundsReported,
      Channel.Recognition recognise,
      LocalDate cutOver) {
    return channel(id, rules, refundsReported, recognise, cutOver, Settling.DEFAULT);
  }

  public static Channel channel(
      String id,
      String rules,
      boolean refundsReported,
      Channel.Recognition recognise,
      LocalDate cutOver,
      Settling settling) {
    return new Channel(
        id,
        id,
        Channel.Kind.WEB_STORE,
        FactText.ENTITY,
        Set.of(),
        rules.equals("captured"),
        refundsReported,
        recognise,
        cutOver,
        rules,
        Optional.empty(),
        Set.of(),
        "WH",
        Duration.ofHours(1),
        Optional.empty(),
        Map.of("shopify_payments", "shopify-payments"),
        settling,
        Map.of());
  }

  static OrderPosting posting(String rules) {
    return posting(rules, Entity.VatPoint.SHIPMENT);
  }

  static OrderPosting posting(String rules, Entity.VatPoint vatPoint) {
    return posting(rules, vatPoint, RATES);
  }

  static OrderPosting posting(String rules, Entity.VatPoint vatPoint, Rates rates) {
    return new OrderPosting(
        channel("shopify", rules, true, Channel.Recognition.ORDER, LocalDate.parse("2026-01-01")),
        entity(FactText.ENTITY, vatPoint, rates),
        rules(),
        MAPPINGS);
  }

  private static JsonNode yaml(String file) {
    try {
      return new YAMLMapper().readTree(text(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
