package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.money.Currencies;
import io.kontor.money.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * A call of a function by a mapping: its values, read as what the function works on. What is no
 * amount and no currency ends the order.
 *
 * @param input what stands before the function
 * @param arguments what stands in its parentheses
 */
record JqCall(JsonNode input, List<JsonNode> arguments) {

  JsonNode argument(int index) {
    return arguments.get(index);
  }

  BigDecimal number(int index) throws JsonQueryException {
    return number(argument(index));
  }

  /** The numbers of an argument that is a list. */
  List<BigDecimal> numbers(int index) throws JsonQueryException {
    List<BigDecimal> numbers = new ArrayList<>();
    for (JsonNode value : argument(index)) {
      numbers.add(number(value));
    }
    return numbers;
  }

  /** An exact number: a decimal string, or a JSON number without an exponent. */
  static BigDecimal number(JsonNode value) throws JsonQueryException {
    if (value.isTextual()) {
      try {
        return Decimals.parse(value.textValue().strip());
      } catch (IllegalArgumentException e) {
        throw JqFunction.rejected("not-a-decimal", e.getMessage() + "; correct the document");
      }
    }
    if (value.isNumber()) {
      BigDecimal exact = value.decimalValue();
      if (exact.scale() >= 0 && !value.isDouble() && !value.isFloat()) {
        return exact;
      }
    }
    throw JqFunction.rejected(
        "not-a-decimal",
        "%s stands where an amount or a number should; correct the document"
            .formatted(value.isNull() ? "nothing" : value));
  }

  Currency currency(int index) throws JsonQueryException {
    JsonNode code = argument(index);
    try {
      return Currencies.of(code.isTextual() ? code.textValue() : null);
    } catch (IllegalArgumentException e) {
      throw JqFunction.rejected("unknown-currency", e.getMessage() + "; correct the document");
    }
  }
}
