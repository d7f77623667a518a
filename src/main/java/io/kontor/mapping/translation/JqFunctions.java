package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.kontor.money.Allocation;
import io.kontor.money.Currencies;
import io.kontor.money.Decimals;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryUserException;
import net.thisptr.jackson.jq.path.Path;

/**
 * What mappings may do with amounts and times. jq computes in doubles; these compute exactly, on
 * decimal strings. A JSON number is taken where it is exact (it has no exponent). Whatever cannot
 * be computed ends the order with {@code {code, message}}, as the mapping's own {@code reject}
 * does.
 *
 * <table>
 * <caption>Functions</caption>
 * <tr><td>{@code decimal}</td><td>the input as a plain decimal string</td></tr>
 * <tr><td>{@code money_sum(list)}</td><td>the sum; of none, 0</td></tr>
 * <tr><td>{@code money_add(a; b)}, {@code money_subtract(a; b)}, {@code money_negate(a)}, {@code
 * money_abs(a)}</td><td></td></tr>
 * <tr><td>{@code money_multiply(price; quantity; currency)}</td><td>rounded half up to the
 * currency's scale</td></tr>
 * <tr><td>{@code money_allocate(total; weights; currency)}</td><td>a list that adds up to the total:
 * by largest remainder, or, where a weight is negative, by what is due so far</td></tr>
 * <tr><td>{@code money_compare(a; b)}</td><td>-1, 0, 1</td></tr>
 * <tr><td>{@code money_is_zero(a)}</td><td></td></tr>
 * <tr><td>{@code from_minor_units(n; currency)}</td><td>1999 → 19.99</td></tr>
 * <tr><td>{@code unit_price(total; quantity)}</td><td>with 8 decimals</td></tr>
 * <tr><td>{@code percent(rate)}</td><td>0.06 → 6</td></tr>
 * <tr><td>{@code tax_within(gross; percent; currency)}</td><td>the tax that a gross amount
 * contains</td></tr>
 * <tr><td>{@code tax_upon(net; percent; currency)}</td><td>the tax that comes on top of a net
 * amount</td></tr>
 * <tr><td>{@code instant(text; zone)}</td><td>an ISO time in UTC; the zone counts where the text
 * has no offset</td></tr>
 * <tr><td>{@code latest(list)}</td><td>the latest of ISO times with offsets; nulls do not count</td></tr>
 * <tr><td>{@code slug(text)}</td><td>lower case, of letters, digits, {@code . _ -}</td></tr>
 * </table>
 */
final class JqFunctions {

  private static final JsonNode UTC = TextNode.valueOf(ZoneOffset.UTC.getId());
  private static final int UNIT_PRICE_DECIMALS = 8;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private JqFunctions() {}

  /** A function on the values of its arguments. */
  @FunctionalInterface
  private interface OnValues {
    JsonNode apply(JsonNode input, List<JsonNode> arguments) throws JsonQueryException;
  }

  static void register(Scope scope) {
    // jq's own, because the library's wraps whatever fails further down the pipe in "N/A".
    add(scope, "tostring", 0, (in, a) -> TextNode.valueOf(string(in)));
    add(scope, "decimal", 0, (in, a) -> text(number(in)));
    add(scope, "money_sum", 1, (in, a) -> text(sum(a.get(0))));
    add(scope, "money_add", 2, (in, a) -> text(number(a.get(0)).add(number(a.get(1)))));
    add(scope, "money_subtract", 2, (in, a) -> text(number(a.get(0)).subtract(number(a.get(1)))));
    add(scope, "money_negate", 1, (in, a) -> text(number(a.get(0)).negate()));
    add(scope, "money_abs", 1, (in, a) -> text(number(a.get(0)).abs()));
    add(scope, "money_multiply", 3, (in, a) -> text(multiply(a)));
    add(scope, "money_allocate", 3, (in, a) -> allocate(a));
    add(
        scope,
        "money_compare",
        2,
        (in, a) -> IntNode.valueOf(number(a.get(0)).compareTo(number(a.get(1)))));
    add(scope, "money_is_zero", 1, (in, a) -> BooleanNode.valueOf(number(a.get(0)).signum() == 0));
    add(scope, "from_minor_units", 2, (in, a) -> text(fromMinorUnits(a)));
    add(scope, "unit_price", 2, (in, a) -> text(unitPrice(a)));
    add(scope, "percent", 1, (in, a) -> text(FactFields.plain(number(a.get(0)).multiply(HUNDRED))));
    add(scope, "tax_within", 3, (in, a) -> text(taxWithin(a)));
    add(scope, "tax_upon", 3, (in, a) -> text(taxUpon(a)));
    add(scope, "instant", 2, (in, a) -> TextNode.valueOf(instant(a.get(0), a.get(1)).toString()));
    add(scope, "latest", 1, (in, a) -> TextNode.valueOf(latest(a.get(0)).toString()));
    add(
        scope,
        "second_before",
        0,
        (in, a) -> TextNode.valueOf(instant(in, UTC).minusSeconds(1).toString()));
    add(scope, "slug", 1, (in, a) -> TextNode.valueOf(slug(a.get(0).asText(""))));
  }

  private static void add(Scope scope, String name, int arity, OnValues function) {
    scope.addFunction(
        name,
        arity,
        new Function() {
          @Override
          public void apply(
              Scope inner,
              List<Expression> arguments,
              JsonNode in,
              Path path,
              PathOutput output,
              Version version)
              throws JsonQueryException {
            applyTo(inner, arguments, in, new ArrayList<>(arguments.size()), output, function);
          }
        });
  }

  /** As jq does it: an argument with several outputs makes several calls. */
  private static void applyTo(
      Scope scope,
      List<Expression> arguments,
      JsonNode in,
      List<JsonNode> values,
      PathOutput output,
      OnValues function)
      throws JsonQueryException {
    if (values.size() == arguments.size()) {
      output.emit(computed(in, values, function), null);
      return;
    }
    arguments
        .get(values.size())
        .apply(
            scope,
            in,
            value -> {
              List<JsonNode> more = new ArrayList<>(values);
              more.add(value);
              applyTo(scope, arguments, in, more, output, function);
            });
  }

  private static JsonNode computed(JsonNode in, List<JsonNode> values, OnValues function)
      throws JsonQueryException {
    try {
      return function.apply(in, values);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw rejected("not-computable", e.getMessage());
    }
  }

  private static BigDecimal number(JsonNode value) throws JsonQueryException {
    if (value.isTextual()) {
      try {
        return Decimals.parse(value.textValue().strip());
      } catch (IllegalArgumentException e) {
        throw rejected("not-a-decimal", e.getMessage() + "; correct the document");
      }
    }
    if (value.isNumber()) {
      BigDecimal exact = value.decimalValue();
      if (exact.scale() >= 0 && !value.isDouble() && !value.isFloat()) {
        return exact;
      }
    }
    throw rejected(
        "not-a-decimal",
        "%s stands where an amount or a number should; correct the document"
            .formatted(value.isNull() ? "nothing" : value));
  }

  private static BigDecimal sum(JsonNode list) throws JsonQueryException {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode value : list) {
      sum = sum.add(number(value));
    }
    return sum;
  }

  private static BigDecimal multiply(List<JsonNode> a) throws JsonQueryException {
    Currency currency = currency(a.get(2));
    return Money.rounded(number(a.get(0)).multiply(number(a.get(1))), currency).amount();
  }

  private static JsonNode allocate(List<JsonNode> a) throws JsonQueryException {
    Money total = new Money(number(a.get(0)), currency(a.get(2)));
    List<BigDecimal> weights = new ArrayList<>();
    for (JsonNode weight : a.get(1)) {
      weights.add(number(weight));
    }
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    if (weights.isEmpty() && total.isZero()) {
      return parts;
    }
    boolean signed = weights.stream().anyMatch(weight -> weight.signum() < 0);
    List<Money> split = signed ? inTurn(total, weights) : Allocation.byWeight(total, weights);
    split.forEach(part -> parts.add(part.plain()));
    return parts;
  }

  /** Returned goods take back the share that sold goods got. */
  private static List<Money> inTurn(Money total, List<BigDecimal> weights) {
    BigDecimal whole = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    List<Money> parts = new ArrayList<>();
    BigDecimal taken = BigDecimal.ZERO;
    for (BigDecimal weight : weights) {
      parts.add(Allocation.nextShare(total, whole, taken, weight));
      taken = taken.add(weight);
    }
    return parts;
  }

  private static BigDecimal fromMinorUnits(List<JsonNode> a) throws JsonQueryException {
    return Money.ofMinorUnits(number(a.get(0)).longValueExact(), currency(a.get(1))).amount();
  }

  private static BigDecimal unitPrice(List<JsonNode> a) throws JsonQueryException {
    BigDecimal price =
        number(a.get(0)).divide(number(a.get(1)), UNIT_PRICE_DECIMALS, RoundingMode.HALF_UP);
    return new UnitPrice(FactFields.plain(price), Currency.getInstance("EUR")).value();
  }

  private static BigDecimal taxWithin(List<JsonNode> a) throws JsonQueryException {
    Currency currency = currency(a.get(2));
    BigDecimal percent = number(a.get(1));
    return number(a.get(0))
        .multiply(percent)
        .divide(HUNDRED.add(percent), currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
  }

  private static BigDecimal taxUpon(List<JsonNode> a) throws JsonQueryException {
    BigDecimal exact = number(a.get(0)).multiply(number(a.get(1))).divide(HUNDRED);
    return Money.rounded(exact, currency(a.get(2))).amount();
  }

  private static Currency currency(JsonNode code) throws JsonQueryException {
    try {
      return Currencies.of(code.isTextual() ? code.textValue() : null);
    } catch (IllegalArgumentException e) {
      throw rejected("unknown-currency", e.getMessage() + "; correct the document");
    }
  }

  private static Instant instant(JsonNode text, JsonNode zone) throws JsonQueryException {
    String time = text.asText("").strip();
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      return local(time, zone.asText("UTC"));
    }
  }

  private static Instant local(String time, String zone) throws JsonQueryException {
    try {
      return time.length() == "2000-01-01".length()
          ? LocalDate.parse(time).atStartOfDay(ZoneId.of(zone)).toInstant()
          : LocalDateTime.parse(time.replace(' ', 'T')).atZone(ZoneId.of(zone)).toInstant();
    } catch (DateTimeException e) {
      throw rejected("not-a-time", "'%s' is not a time; correct the document".formatted(time));
    }
  }

  private static Instant latest(JsonNode times) throws JsonQueryException {
    Instant latest = Instant.MIN;
    for (JsonNode time : times) {
      if (!time.isNull()) {
        Instant instant = instant(time, UTC);
        latest = instant.isAfter(latest) ? instant : latest;
      }
    }
    if (latest.equals(Instant.MIN)) {
      throw rejected("not-a-time", "the document states no time; correct it");
    }
    return latest;
  }

  private static String string(JsonNode value) {
    if (value.isNumber()) {
      return value.decimalValue().toPlainString();
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private static String slug(String text) {
    return text.strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9._-]+", "-")
        .replaceAll("^-+|-+$", "");
  }

  private static TextNode text(BigDecimal value) {
    return TextNode.valueOf(value.toPlainString());
  }

  private static JsonQueryUserException rejected(String code, String message) {
    ObjectNode reason = JsonNodeFactory.instance.objectNode();
    reason.put("code", code).put("message", message);
    return new JsonQueryUserException(reason);
  }
}
