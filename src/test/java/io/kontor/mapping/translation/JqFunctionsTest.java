package io.kontor.mapping.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.document.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryUserException;
import org.junit.jupiter.api.Test;

class JqFunctionsTest {

  private static final Scope FUNCTIONS = functions();

  @Test
  void sums_are_exact_where_doubles_are_not() {
    assertThat(on("[\"0.10\", 0.20]", "money_sum(.)")).isEqualTo("0.30");
    assertThat(on("[9007199254740993.10, \"0.10\"]", "money_sum(.)"))
        .isEqualTo("9007199254740993.20");
    assertThat(one("money_sum([])")).isEqualTo("0");
    assertThat(one("money_add(\"1.5\"; \"2\")")).isEqualTo("3.5");
    assertThat(one("money_negate(\"-1.50\")")).isEqualTo("1.50");
    assertThat(one("money_abs(\"-1.50\")")).isEqualTo("1.50");
    assertThat(one("money_is_zero(\"-0.00\")")).isEqualTo("true");
    assertThat(one("money_compare(\"2.10\"; \"2.1\")")).isEqualTo("0");
  }

  @Test
  void products_are_rounded_half_up_to_the_currencys_scale() {
    assertThat(one("money_multiply(\"6.6667\"; \"3\"; \"EUR\")")).isEqualTo("20.00");
    assertThat(one("money_multiply(\"0.005\"; \"1\"; \"EUR\")")).isEqualTo("0.01");
    assertThat(one("money_multiply(\"-0.005\"; \"1\"; \"EUR\")")).isEqualTo("-0.01");
    assertThat(one("money_multiply(\"0.5\"; \"3\"; \"JPY\")")).isEqualTo("2");
  }

  @Test
  void minor_units_rates_prices_and_taxes_are_converted() {
    assertThat(one("from_minor_units(1999; \"EUR\")")).isEqualTo("19.99");
    assertThat(one("from_minor_units(1999; \"JPY\")")).isEqualTo("1999");
    assertThat(one("from_minor_units(-5; \"KWD\")")).isEqualTo("-0.005");
    assertThat(on("0.06", "percent(.)")).isEqualTo("6");
    assertThat(one("percent(\"0.00375\")")).isEqualTo("0.375");
    assertThat(one("unit_price(\"20.00\"; \"3\")")).isEqualTo("6.66666667");
    assertThat(one("unit_price(\"17.95\"; 2)")).isEqualTo("8.975");
    assertThat(one("tax_within(\"119.00\"; \"19\"; \"EUR\")")).isEqualTo("19.00");
    assertThat(one("tax_upon(\"100.00\"; \"19\"; \"EUR\")")).isEqualTo("19.00");
  }

  @Test
  void times_are_read_with_or_without_an_offset() {
    assertThat(one("instant(\"2026-07-01T10:00:00\"; \"Europe/Berlin\")"))
        .isEqualTo("2026-07-01T08:00:00Z");
    assertThat(one("instant(\"2026-07-01T10:00:00-04:00\"; \"Europe/Berlin\")"))
        .isEqualTo("2026-07-01T14:00:00Z");
    assertThat(one("instant(\"2026-07-01\"; \"UTC\")")).isEqualTo("2026-07-01T00:00:00Z");
    assertThat(one("latest([null, \"2026-07-01T10:00:00-04:00\", \"2026-07-01T12:00:00Z\"])"))
        .isEqualTo("2026-07-01T14:00:00Z");
    assertThat(one("\"2026-07-01T00:00:00+02:00\" | second_before"))
        .isEqualTo("2026-06-30T21:59:59Z");
    assertThat(one("\"2026-07-01T02:30:00Z\" | day_in(\"America/New_York\")"))
        .isEqualTo("2026-06-30");
    assertThat(one("slug(\" Shopify Payments! \")")).isEqualTo("shopify-payments");
  }

  @Test
  void what_is_not_exact_ends_with_a_reason() {
    rejects("0.06 | decimal", "not-a-decimal"); // a number written in jq is a double
    assertThatThrownBy(() -> run("1e5", "decimal")).isInstanceOf(JsonQueryUserException.class);
    rejects("\"1e5\" | decimal", "not-a-decimal");
    rejects("\"NaN\" | decimal", "not-a-decimal");
    rejects("\"1,5\" | decimal", "not-a-decimal");
    rejects("null | decimal", "not-a-decimal");
    rejects("[] | decimal", "not-a-decimal");
    rejects("(0.1 + 0.2) | decimal", "not-a-decimal");
    rejects("money_sum([\"1\", null])", "not-a-decimal");
    rejects("money_multiply(\"1\"; \"1\"; \"DLR\")", "unknown-currency");
    rejects("money_multiply(\"1\"; \"1\"; null)", "unknown-currency");
    rejects("money_allocate(\"0.001\"; [\"1\"]; \"EUR\")", "not-computable");
    rejects("unit_price(\"1\"; \"0\")", "not-computable");
    rejects("from_minor_units(\"1.5\"; \"EUR\")", "not-computable");
    rejects("instant(\"soon\"; \"UTC\")", "not-a-time");
    rejects("latest([])", "not-a-time");
  }

  @Test
  void a_reason_reaches_catch_through_tostring() {
    assertThat(one("try (1 | tostring | error({code: \"a\"})) catch .code")).isEqualTo("a");
    assertThat(on("12345678901234567890", "tostring")).isEqualTo("12345678901234567890");
  }

  @Test
  void an_argument_with_several_outputs_makes_several_calls() {
    assertThat(all("null", "money_add(\"1\", \"2\"; \"10\", \"20\")"))
        .containsExactly("11", "21", "12", "22");
  }

  @Property(tries = 200)
  void sums_equal_those_of_big_decimals(
      @ForAll @Size(max = 20)
          List<@BigRange(min = "-1000000000", max = "1000000000") @Scale(4) BigDecimal> amounts) {
    BigDecimal sum = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(new BigDecimal(one("money_sum(" + list(amounts) + ")"))).isEqualByComparingTo(sum);
  }

  @Property(tries = 200)
  void products_equal_those_of_big_decimals(
      @ForAll @BigRange(min = "-100000", max = "100000") @Scale(8) BigDecimal price,
      @ForAll @BigRange(min = "-1000", max = "1000") @Scale(3) BigDecimal quantity) {
    String product = one("money_multiply(%s; %s; \"EUR\")".formatted(text(price), text(quantity)));
    assertThat(product)
        .isEqualTo(price.multiply(quantity).setScale(2, RoundingMode.HALF_UP).toPlainString());
  }

  @Property(tries = 200)
  void parts_add_up_to_the_total_whatever_the_signs(
      @ForAll @BigRange(min = "-100000", max = "100000") @Scale(2) BigDecimal total,
      @ForAll @Size(min = 1, max = 12)
          List<@BigRange(min = "-1000", max = "1000") @Scale(2) BigDecimal> weights) {
    BigDecimal whole = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (whole.signum() == 0) {
      return; // there is nothing to split by
    }
    String expression = "money_allocate(%s; %s; \"EUR\")".formatted(text(total), list(weights));
    assertThat(one(expression + " | length")).isEqualTo(Integer.toString(weights.size()));
    assertThat(new BigDecimal(one(expression + " | money_sum(.)"))).isEqualByComparingTo(total);
  }

  private static String list(List<BigDecimal> amounts) {
    return "[" + String.join(",", amounts.stream().map(JqFunctionsTest::text).toList()) + "]";
  }

  private static String text(BigDecimal amount) {
    return '"' + amount.toPlainString() + '"';
  }

  private static void rejects(String expression, String code) {
    assertThatThrownBy(() -> run("null", expression))
        .isInstanceOfSatisfying(
            JsonQueryUserException.class,
            e -> assertThat(e.getMessageAsJsonNode().path("code").asText()).isEqualTo(code));
  }

  private static String one(String expression) {
    return on("null", expression);
  }

  private static String on(String input, String expression) {
    List<String> all = all(input, expression);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static List<String> all(String json, String expression) {
    try {
      return run(json, expression);
    } catch (JsonQueryException e) {
      throw new AssertionError(expression, e);
    }
  }

  private static List<String> run(String json, String expression) throws JsonQueryException {
    List<String> outputs = new ArrayList<>();
    JsonNode input = Json.read(json.getBytes(StandardCharsets.UTF_8));
    JsonQuery.compile(expression, Versions.JQ_1_6)
        .apply(Scope.newChildScope(FUNCTIONS), input, output -> outputs.add(output.asText()));
    return outputs;
  }

  private static Scope functions() {
    Scope scope = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
    JqFunctions.register(scope);
    return scope;
  }
}
