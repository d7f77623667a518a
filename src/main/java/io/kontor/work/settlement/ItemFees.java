package io.kontor.work.settlement;

import io.kontor.mapping.RateCard;
import io.kontor.money.Money;
import io.kontor.reconcile.FeeCheck;
import io.kontor.reconcile.Match;
import io.kontor.reconcile.Outcome;
import io.kontor.store.SettledItems.Measure;
import io.kontor.store.SettledOrder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/** Holds the fees of what one settlement pays against the channel's rate card. */
final class ItemFees {

  private final RateCard rates;
  private final FeeCheck check;
  private final LocalDate day;
  private final Currency currency;
  private final SettlementFindings findings;

  /**
   * @param day whose rates apply
   */
  ItemFees(RateCard rates, LocalDate day, Currency currency, SettlementFindings findings) {
    this.rates = rates;
    this.check = new FeeCheck(rates);
    this.day = day;
    this.currency = currency;
    this.findings = findings;
  }

  /** Checks the fees of one item of an order. */
  void check(String order, SettledOrder.Item item) {
    fee(RateCard.COMMISSION, Measure.COMMISSION, order, item);
    fee(RateCard.FULFILMENT, Measure.FULFILMENT, order, item);
  }

  private void fee(String fee, Measure measure, String order, SettledOrder.Item item) {
    boolean sold = item.sum(Measure.GOODS).signum() != 0;
    if (!rates.covers(fee) || !sold) {
      return;
    }
    Optional<FeeCheck.Finding> finding =
        check.check(
            new FeeCheck.Charge(
                fee,
                order,
                item.sku(),
                item.sum(Measure.UNITS),
                money(item.sum(Measure.FEE_BASE)),
                money(item.sum(measure)).negated(),
                item.lines()),
            day);
    finding.ifPresent(
        f -> {
          Match match =
              new Match(
                  Outcome.FEE_DIFFERS,
                  f.cause(),
                  order,
                  f.expected(),
                  f.charge().charged(),
                  item.lines());
          findings.count(match);
          findings.keep(match, item.sku());
        });
  }

  private Money money(BigDecimal amount) {
    return Money.of(amount, currency);
  }
}
