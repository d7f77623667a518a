package io.kontor.mapping.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.statement.StatementLayout.DecimalSign;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementNumbersTest {

  private static final Optional<Currency> EUR = Optional.of(Currency.getInstance("EUR"));

  private final StatementNumbers either = new StatementNumbers(EnumSet.allOf(DecimalSign.class));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1234.56|1234.56",
        "-0.5|-0.5",
        "+7|7",
        "0,5|0.5",
        "1.234,56|1234.56",
        "1,234.56|1234.56",
        "-1.234.567,8|-1234567.8",
        "1.234.567|1234567",
        "1,234,567|1234567",
        "12,34,567.80|1234567.80",
        "1,234|1234",
        "1.005|1.005",
        "1 234,56|1234.56",
        "1\u00a0234,56|1234.56",
        "1\u202f234,56|1234.56",
        "1'234.56|1234.56",
        "1\u2019234.56|1234.56",
        "12.50-|-12.50",
        "(12,50)|-12.50",
        "\u221212.50|-12.50",
        "\u20ac 12,50|12.50",
        "12,50 \u20ac|12.50",
        "-$12.50|-12.50",
        "EUR -12,50|-12.50",
        "-12.50 EUR|-12.50",
      })
  void numbers_are_read_as_countries_write_them(String text, BigDecimal number) {
    assertThat(either.parse(text, EUR)).contains(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "x",
        "12x",
        "1e5",
        "1,23,4",
        "1.2.3",
        "1,2.3,4",
        "12.50 USD",
        "(-5)",
        "--5",
        "5+",
        "NaN",
        ".5",
        "5.",
        "1..2",
        "1.234.56,7",
        "1234,567.8"
      })
  void what_is_no_number_is_none(String text) {
    assertThat(either.parse(text, EUR)).isEmpty();
  }

  @Test
  void where_one_sign_stands_before_decimals_the_other_one_groups() {
    StatementNumbers point = new StatementNumbers(Set.of(DecimalSign.POINT));
    assertThat(point.parse("1,234", EUR)).contains(new BigDecimal("1234"));
    assertThat(point.parse("1,23", EUR)).isEmpty();
    StatementNumbers comma = new StatementNumbers(Set.of(DecimalSign.COMMA));
    assertThat(comma.parse("1.234", EUR)).contains(new BigDecimal("1234"));
    assertThat(comma.parse("1,234", EUR)).contains(new BigDecimal("1.234"));
    assertThat(comma.parse("1.23", EUR)).isEmpty();
    assertThat(comma.parse("12", EUR)).contains(new BigDecimal("12"));
  }
}
