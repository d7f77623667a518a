package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.kontor.money.Allocation;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

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
 * <tr><td>{@code day_in(zone)}</td><td>the day that it is there at the time of the input</td></tr>
 * <tr><td>{@code latest(list)}</td><td>the latest of ISO times with offsets; nulls do not count</td></tr>
 * <tr><td>{@code catchable(f)}</td><td>f, so that {@code catch} takes whatever it fails on</td></tr>
 * <tr><td>{@code slug(text)}</td><td>lower case, of letters, digits, {@code . _ -}</td></tr>
 * </table>
 */
final class JqFunctions {

  private static final int UNIT_PRICE_DECIMALS = 8;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private JqFunctions() {}

  static void register(Scope scope) {
    // jq's own, because the library's wraps whatever fails further down the pipe in "N/A".
    add(scope, "tostring", 0, call -> TextNode.valueOf(string(call.input())));
    add(scope, "decimal", 0, call -> text(JqCall.number(call.input())));
    add(scope, "money_sum", 1, call -> text(sum(call.numbers(0))));
    add(scope, "money_add", 2, call -> text(call.number(0).add(call.number(1))));
    add(scope, "money_subtract", 2, call -> text(call.number(0).subtract(call.number(1))));
    add(scope, "money_negate", 1, call -> text(call.number(0).negate()));
    add(scope, "money_abs", 1, call -> text(call.number(0).abs()));
    add(scope, "money_multiply", 3, call -> text(multiply(call)));
    add(scope, "money_allocate", 3, JqFunctions::allocate);
    add(
        scope,
        "money_compare",
        2,
        call -> IntNode.valueOf(call.number(0).compareTo(call.number(1))));
    add(scope, "money_is_zero", 1, call -> BooleanNode.valueOf(call.number(0).signum() == 0));
    add(scope, "from_minor_units", 2, call -> text(fromMinorUnits(call)));
    add(scope, "unit_price", 2, call -> text(unitPrice(call)));
    add(scope, "percent", 1, call -> text(FactFields.plain(call.number(0).multiply(HUNDRED))));
    add(scope, "tax_within", 3, call -> text(taxWithin(call)));
    add(scope, "tax_upon", 3, call -> text(taxUpon(call)));
    add(scope, "instant", 2, call -> text(JqTimes.instant(call.argument(0), call.argument(1))));
    add(scope, "latest", 1, call -> text(JqTimes.latest(call.argument(0))));
    add(scope, "second_before", 0, call -> text(JqTimes.secondBefore(call.input())));
    add(scope, "day_in", 1, call -> text(JqTimes.dayIn(call.input(), call.argument(0))));
    scope.addFunction("catchable", 1, new JqCatchable());
    add(scope, "slug", 1, call -> TextNode.valueOf(slug(call.argument(0).asText(""))));
  }

  private static void add(Scope scope, String name, int arity, JqFunction.OnValues function) {
    scope.addFunction(name, arity, new JqFunction(function));
  }

  private static BigDecimal sum(List<BigDecimal> numbers) {
    return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal multiply(JqCall call) throws JsonQueryException {
    Currency currency = call.currency(2);
    return Money.rounded(call.number(0).multiply(call.number(1)), currency).amount();
  }

  private static JsonNode allocate(JqCall call) throws JsonQueryException {
    Money total = new Money(call.number(0), call.currency(2));
    List<BigDecimal> weights = call.numbers(1);
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
    BigDecimal whole = sum(weights);
    List<Money> parts = new ArrayList<>();
    BigDecimal taken = BigDecimal.ZERO;
    for (BigDecimal weight : weights) {
      parts.add(Allocation.nextShare(total, whole, taken, weight));
      taken = taken.add(weight);
    }
    return parts;
  }

  private static BigDecimal fromMinorUnits(JqCall call) throws JsonQueryException {
    return Money.ofMinorUnits(call.number(0).longValueExact(), call.currency(1)).amount();
  }

  private static BigDecimal unitPrice(JqCall call) throws JsonQueryException {
    BigDecimal price =
        call.number(0).divide(call.number(1), UNIT_PRICE_DECIMALS, RoundingMode.HALF_UP);
    return new UnitPrice(FactFields.plain(price), Currency.getInstance("EUR")).value();
  }

  private static BigDecimal taxWithin(JqCall call) throws JsonQueryException {
    Currency currency = call.currency(2);
    BigDecimal percent = call.number(1);
    return call.number(0)
        .multiply(percent)
        .divide(HUNDRED.add(percent), currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
  }

  private static BigDecimal taxUpon(JqCall call) throws JsonQueryException {
    BigDecimal exact = call.number(0).multiply(call.number(1)).divide(HUNDRED);
    return Money.rounded(exact, call.currency(2)).amount();
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

  private static TextNode text(Temporal time) {
    return TextNode.valueOf(time.toString());
  }
}
