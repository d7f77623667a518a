package io.kontor.work.proof;

import io.kontor.mapping.Channel;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.money.Money;
import io.kontor.posting.Roles;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementLines;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What the statements of a channel say, added up by nature from their lines: the other side of the
 * clearing proof. Not thread-safe.
 */
final class SettledTotals {

  private final Channel channel;
  private final ZoneId zone;
  private final Currency currency;
  private final Optional<SettlementCodes> codes;

  private Money fees;
  private Money reserve;
  private Money taxKept;
  private Money other;
  private Money suspense;
  private Money refunds;
  private Money payouts;
  private Money owed;
  private Money sales;
  private boolean beforeCutOver;
  private long suspenseLines;
  private Instant suspenseSince;

  SettledTotals(Channel channel, ZoneId zone, Currency currency) {
    this.channel = channel;
    this.zone = zone;
    this.currency = currency;
    this.codes = channel.settlementCodes();
    Money zero = Money.zero(currency);
    fees = zero;
    reserve = zero;
    taxKept = zero;
    other = zero;
    suspense = zero;
    refunds = zero;
    payouts = zero;
    owed = zero;
    sales = zero;
  }

  private SettlementCode code(String code, String marketplace) {
    return codes.flatMap(table -> table.find(code, marketplace)).orElse(null);
  }

  void add(Settlement settlement, List<SettlementLines.Sum> sums) {
    if (settlement.total().isNegative()) {
      owed = owed.minus(settlement.total());
    } else {
      payouts = payouts.plus(settlement.total());
    }
    beforeCutOver = LocalDate.ofInstant(settlement.from(), zone).isBefore(channel.cutOver());
    sums.forEach(this::add);
  }

  private void add(SettlementLines.Sum sum) {
    Money amount = Money.of(sum.amount(), currency);
    SettlementCode code = code(sum.code(), sum.marketplace());
    if (code == null) {
      suspend(sum, amount);
      return;
    }
    switch (code.nature()) {
      case SALE -> sale(sum, amount);
      case REFUND -> refund(sum, amount);
      case FEE -> fee(code, amount);
      case RESERVE -> reserve = reserve.plus(amount);
      case FACILITATED -> taxKept = taxKept.plus(amount);
      case OTHER -> other(code, amount);
    }
  }

  /** A debt that a settlement brings in is owed no more, and one that it carries out is. */
  private void other(SettlementCode code, Money amount) {
    if (code.role().equals(Roles.DEBT)) {
      owed = owed.plus(amount);
    } else {
      other = other.plus(amount);
    }
  }

  private void fee(SettlementCode code, Money amount) {
    if (code.isOfFees()) {
      fees = fees.plus(amount);
    } else {
      other = other.plus(amount);
    }
  }

  private void sale(SettlementLines.Sum sum, Money amount) {
    if (isRecognised(sum)) {
      sales = sales.plus(amount);
    } else if (isBeforeCutOver(sum)) {
      other = other.plus(amount);
    } else if (!isKnown(sum)) {
      suspend(sum, amount);
    }
  }

  private void refund(SettlementLines.Sum sum, Money amount) {
    if (isRecognised(sum)) {
      refunds = refunds.minus(amount);
    } else if (isBeforeCutOver(sum)) {
      other = other.plus(amount);
    } else if (!isKnown(sum)) {
      suspend(sum, amount);
    } else if (!channel.refundsReported()) {
      refunds = refunds.minus(amount);
    }
  }

  /** Whether the settlement itself makes the revenue of these lines. */
  private boolean isRecognised(SettlementLines.Sum sum) {
    return channel.recognise() == Channel.Recognition.SETTLEMENT
        && sum.orderState() != SettlementLines.OrderState.BOOKED;
  }

  private boolean isBeforeCutOver(SettlementLines.Sum sum) {
    return sum.orderState() == SettlementLines.OrderState.BEFORE_CUTOVER
        || (beforeCutOver && sum.orderState() == SettlementLines.OrderState.UNKNOWN);
  }

  private static boolean isKnown(SettlementLines.Sum sum) {
    return sum.orderState() == SettlementLines.OrderState.BOOKED
        || sum.orderState() == SettlementLines.OrderState.RECORDED;
  }

  private void suspend(SettlementLines.Sum sum, Money amount) {
    suspense = suspense.plus(amount);
    suspenseLines += sum.lines();
    if (suspenseSince == null || sum.first().isBefore(suspenseSince)) {
      suspenseSince = sum.first();
    }
  }

  /** Whether a line of this code takes something off what an order opened in clearing. */
  boolean settles(String code, String marketplace) {
    SettlementCode known = code(code, marketplace);
    return known != null
        && (known.nature() == SettlementCode.Nature.SALE
            || (known.nature() == SettlementCode.Nature.REFUND && channel.refundsReported()));
  }

  long suspenseLines() {
    return suspenseLines;
  }

  Optional<Instant> suspenseSince() {
    return Optional.ofNullable(suspenseSince);
  }

  /** Sales that settlements recognise; positive. */
  Money sales() {
    return sales;
  }

  Money fees() {
    return fees;
  }

  Money reserve() {
    return reserve;
  }

  Money taxKept() {
    return taxKept;
  }

  Money other() {
    return other;
  }

  Money suspense() {
    return suspense;
  }

  /** Refunds that only the statements report; positive. */
  Money refunds() {
    return refunds;
  }

  Money payouts() {
    return payouts;
  }

  /** What settlements that came to less than nothing left owing; positive. */
  Money owed() {
    return owed;
  }
}
