package io.kontor.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What a line costs before, with and of tax: each tax rounded half up by line, as Odoo does with
 * {@code round_per_line}.
 */
record TaxArithmetic(BigDecimal untaxed, BigDecimal tax) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  static TaxArithmetic of(
      Env env,
      BigDecimal quantity,
      BigDecimal price,
      BigDecimal discount,
      List<Row> taxes,
      int decimals) {
    BigDecimal kept = BigDecimal.ONE.subtract(discount.divide(HUNDRED));
    BigDecimal base = round(quantity.multiply(price).multiply(kept), decimals);
    BigDecimal includedRates =
        taxes.stream()
            .filter(tax -> percent(env, tax) && env.truth(tax, "price_include"))
            .map(tax -> env.decimal(tax, "amount"))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal included = BigDecimal.ZERO;
    for (Row tax : taxes) {
      if (env.truth(tax, "price_include")) {
        included = included.add(included(env, tax, base, quantity, includedRates, decimals));
      }
    }
    BigDecimal untaxed = base.subtract(included);
    BigDecimal total = included;
    for (Row tax : taxes) {
      if (!env.truth(tax, "price_include")) {
        BigDecimal amount = env.decimal(tax, "amount");
        total =
            total.add(
                round(
                    percent(env, tax)
                        ? untaxed.multiply(amount).divide(HUNDRED)
                        : quantity.multiply(amount),
                    decimals));
      }
    }
    return new TaxArithmetic(untaxed, total);
  }

  BigDecimal total() {
    return untaxed.add(tax);
  }

  private static BigDecimal included(
      Env env, Row tax, BigDecimal base, BigDecimal quantity, BigDecimal rates, int decimals) {
    BigDecimal amount = env.decimal(tax, "amount");
    return percent(env, tax)
        ? base.multiply(amount).divide(HUNDRED.add(rates), decimals, RoundingMode.HALF_UP)
        : round(quantity.multiply(amount), decimals);
  }

  private static boolean percent(Env env, Row tax) {
    return env.text(tax, "amount_type").equals("percent");
  }

  private static BigDecimal round(BigDecimal value, int decimals) {
    return value.setScale(decimals, RoundingMode.HALF_UP);
  }
}
