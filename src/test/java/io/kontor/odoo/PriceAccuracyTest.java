package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.odoo.document.Item;
import io.kontor.odoo.document.OdooCompany;
import io.kontor.odoo.document.OdooCustomer;
import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PriceAccuracyTest {

  private static final PriceAccuracy TWO = new PriceAccuracy(2);

  @Test
  void a_price_that_is_kept_stays_as_it_is() {
    assertThat(lines("3", "6.670000", "EUR")).containsExactly("3 at 6.670000");
  }

  @Test
  void a_price_that_rounds_to_the_same_amount_is_rounded() {
    assertThat(lines("1", "13.7267", "EUR")).containsExactly("1 at 13.73");
  }

  @Test
  void three_for_twenty_are_one_and_two() {
    assertThat(lines("3", "6.66666667", "EUR")).containsExactly("1 at 6.66", "2 at 6.67");
  }

  @Test
  void what_comes_back_is_split_the_same_way() {
    assertThat(lines("-3", "6.66666667", "EUR")).containsExactly("-1 at 6.66", "-2 at 6.67");
  }

  @Test
  void so_is_a_deduction() {
    assertThat(lines("3", "-6.66666667", "EUR")).containsExactly("1 at -6.66", "2 at -6.67");
  }

  @Test
  void less_than_a_cent_a_unit_costs_some_of_them_nothing() {
    assertThat(lines("300", "0.00666667", "EUR")).containsExactly("100 at 0.00", "200 at 0.01");
  }

  @Test
  void a_weight_cannot_be_split_and_its_price_is_rounded() {
    assertThat(lines("3.5", "2.85714286", "EUR")).containsExactly("3.5 at 2.86");
  }

  @Test
  void a_currency_of_more_decimals_than_prices_have_is_rounded() {
    assertThat(lines("3", "0.3334", "KWD")).containsExactly("3 at 0.33");
  }

  @Test
  void a_database_that_keeps_four_decimals_splits_at_the_fourth() {
    assertThat(lines(new PriceAccuracy(4), "3", "6.66666667", "EUR"))
        .containsExactly("3 at 6.6667");
    assertThat(lines(new PriceAccuracy(4), "300", "0.00666667", "EUR"))
        .containsExactly("100 at 0.0066", "200 at 0.0067");
  }

  @Property
  void whole_units_are_never_a_cent_off(
      @ForAll @IntRange(min = 1, max = 500) int quantity,
      @ForAll @IntRange(min = -2_000_000, max = 2_000_000) int price) {
    OdooOrder order =
        order(Integer.toString(quantity), BigDecimal.valueOf(price, 5).toPlainString(), "EUR");

    OdooOrder kept = TWO.applied(order);

    assertThat(amount(kept)).isEqualTo(amount(order));
    assertThat(kept.lines())
        .allMatch(line -> line.unitPrice().value().stripTrailingZeros().scale() <= 2);
    assertThat(kept.lines().stream().map(OdooLine::quantity).reduce(BigDecimal::add))
        .hasValueSatisfying(sum -> assertThat(sum).isEqualByComparingTo("" + quantity));
  }

  private static Money amount(OdooOrder order) {
    return Money.sum(
        order.lines().stream().map(line -> line.unitPrice().times(line.quantity())).toList(),
        order.currency());
  }

  private static List<String> lines(String quantity, String price, String currency) {
    return lines(TWO, quantity, price, currency);
  }

  private static List<String> lines(
      PriceAccuracy accuracy, String quantity, String price, String currency) {
    return accuracy.applied(order(quantity, price, currency)).lines().stream()
        .map(
            line ->
                "%s at %s"
                    .formatted(
                        line.quantity().toPlainString(), line.unitPrice().value().toPlainString()))
        .toList();
  }

  private static OdooOrder order(String quantity, String price, String currency) {
    UnitPrice unitPrice = UnitPrice.of(price, currency);
    return new OdooOrder(
        "kontor.so_x_y_1",
        "1",
        "y",
        Instant.EPOCH,
        OdooCustomer.named("kontor.partner_x", "Somebody"),
        new OdooCompany("base.main_company", "kontor.tax_0"),
        "",
        unitPrice.currency(),
        List.of(
            new OdooLine(
                "kontor.sol_x_y_1_1",
                Item.sku("TEE"),
                "Tee",
                new BigDecimal(quantity),
                unitPrice,
                List.of("kontor.tax_0"))),
        Money.zero(unitPrice.currency()),
        OdooOrder.State.CONFIRMED);
  }
}
