package io.kontor.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.money.Money;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

  private static final Currency EUR = Currency.getInstance("EUR");

  private final Reconciliation reconciliation =
      Reconciliation.of(
          EUR,
          List.of(
              sides("equal", "119.00", "119.00"),
              sides("less", "100.00", "99.99"),
              sides("strange", null, "20.00"),
              sides("unpaid", "50.00", null),
              sides("nothing-due", "0.00", null)),
          List.of(new UnmappedSum("Martian Handling", eur("-3.36"), 2)));

  @Test
  void every_order_has_one_outcome_and_its_variance() {
    assertThat(reconciliation.matches())
        .extracting(m -> m.reference() + " " + m.outcome().word() + " " + m.variance())
        .containsExactly(
            "unpaid missing -50.00 EUR",
            "strange unknown 20.00 EUR",
            "Martian Handling unmapped -3.36 EUR",
            "less differs -0.01 EUR",
            "equal matched 0.00 EUR",
            "nothing-due matched 0.00 EUR");
    assertThat(reconciliation.breaks()).hasSize(4);
  }

  @Test
  void the_totals_by_outcome_come_to_the_settlement() {
    Money settled = Money.zero(EUR);
    for (Reconciliation.Total total : reconciliation.totals().values()) {
      settled = settled.plus(total.settled());
    }
    assertThat(settled).isEqualTo(eur("235.63"));
    assertThat(reconciliation.totals().get(Outcome.MATCHED).count()).isEqualTo(2);
  }

  private static OrderSides sides(String order, String ledger, String settled) {
    return new OrderSides(
        order,
        Optional.ofNullable(ledger).map(ReconciliationTest::eur),
        Optional.ofNullable(settled).map(ReconciliationTest::eur),
        1);
  }

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }
}
