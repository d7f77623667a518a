package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.money.Currencies;
import io.kontor.money.Decimals;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of one object of canonical JSON. What is wrong is noted and reading goes on with a
 * stand-in, so that one pass finds everything; whoever reads looks at the findings before using
 * what was read.
 */
final class FactFields {

  private static final Currency STAND_IN = Currency.getInstance("XXX");

  private final JsonNode node;
  private final String path;
  private final List<Finding> findings;

  FactFields(JsonNode node, String path, List<Finding> findings) {
    this.node = node;
    this.path = path;
    this.findings = findings;
  }

  String text(String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      note("invalid-fact", name, "is not a text");
      return "";
    }
    return value.textValue();
  }

  /** Empty where the field is not there. */
  String optionalText(String name) {
    return node.has(name) ? text(name) : "";
  }

  boolean truth(String name) {
    JsonNode value = node.path(name);
    if (!value.isBoolean()) {
      note("invalid-fact", name, "is neither true nor false");
    }
    return value.booleanValue();
  }

  /** False where it is not said. */
  boolean optionalTruth(String name) {
    return node.has(name) && truth(name);
  }

  long count(String name) {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber()) {
      note("invalid-fact", name, "is not a whole number");
    }
    return value.longValue();
  }

  /** A word of a closed set. */
  <T> Optional<T> word(String name, Function<String, T> of) {
    try {
      return Optional.of(of.apply(text(name)));
    } catch (IllegalArgumentException e) {
      note("invalid-fact", name, e.getMessage());
      return Optional.empty();
    }
  }

  Instant instant(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      note("invalid-fact", name, "'%s' is not an instant".formatted(text(name)));
      return Instant.EPOCH;
    }
  }

  LocalDate day(String name) {
    try {
      return LocalDate.parse(text(name));
    } catch (DateTimeException e) {
      note("invalid-fact", name, "'%s' is not a day".formatted(text(name)));
      return LocalDate.EPOCH;
    }
  }

  /** A currency; no currency at all stands in for one that is not known. */
  Currency currency(String name) {
    String code = text(name);
    try {
      return Currencies.of(code);
    } catch (IllegalArgumentException e) {
      findings.add(
          new Finding(
              "unknown-currency",
              "%s: '%s' is not a currency one pays in (ISO 4217, three capitals); correct the document"
                  .formatted(at(name), code)));
      return STAND_IN;
    }
  }

  Money money(String name, Currency currency) {
    String amount = text(name);
    if (currency.equals(STAND_IN)) {
      return Money.zero(Currency.getInstance("EUR"));
    }
    try {
      BigDecimal value = Decimals.parse(amount);
      if (value.stripTrailingZeros().scale() > currency.getDefaultFractionDigits()) {
        findings.add(
            new Finding(
                "too-many-decimals",
                "%s: amount %s has more decimals than %s has (%d); the source must round it"
                    .formatted(at(name), amount, currency, currency.getDefaultFractionDigits())));
        return Money.zero(currency);
      }
      return Money.of(value, currency);
    } catch (IllegalArgumentException e) {
      note("invalid-fact", name, e.getMessage());
      return Money.zero(currency);
    }
  }

  Optional<Money> optionalMoney(String name, Currency currency) {
    return node.has(name) ? Optional.of(money(name, currency)) : Optional.empty();
  }

  UnitPrice unitPrice(String name, Currency currency) {
    if (currency.equals(STAND_IN)) {
      return new UnitPrice(BigDecimal.ZERO, Currency.getInstance("EUR"));
    }
    try {
      // At least the currency's decimals, at most what is needed: one price, one way to write it.
      BigDecimal value = Decimals.parse(text(name)).stripTrailingZeros();
      int scale = Math.max(value.scale(), currency.getDefaultFractionDigits());
      return new UnitPrice(value.setScale(scale), currency);
    } catch (IllegalArgumentException e) {
      note("too-many-decimals", name, e.getMessage());
      return new UnitPrice(BigDecimal.ZERO, currency);
    }
  }

  /** A quantity or a rate, without trailing zeros. */
  BigDecimal decimal(String name) {
    try {
      return plain(Decimals.parse(text(name)));
    } catch (IllegalArgumentException e) {
      note("invalid-fact", name, e.getMessage());
      return BigDecimal.ONE;
    }
  }

  static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  FactFields object(String name) {
    JsonNode value = node.path(name);
    if (!value.isObject()) {
      note("invalid-fact", name, "is missing");
    }
    return new FactFields(value, at(name), findings);
  }

  /** Reads each element of an array; one that cannot be made is noted and left out. */
  <T> List<T> each(String name, Function<FactFields, T> read) {
    List<T> all = new ArrayList<>();
    JsonNode array = node.path(name);
    if (!array.isArray()) {
      note("invalid-fact", name, "is not a list");
    }
    for (int i = 0; i < array.size(); i++) {
      String place = at(name) + "[" + i + "]";
      try {
        all.add(read.apply(new FactFields(array.get(i), place, findings)));
      } catch (IllegalArgumentException e) {
        findings.add(new Finding("invalid-fact", place + ": " + e.getMessage()));
      }
    }
    return all;
  }

  void note(String code, String name, String what) {
    findings.add(new Finding(code, at(name) + ": " + what));
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
