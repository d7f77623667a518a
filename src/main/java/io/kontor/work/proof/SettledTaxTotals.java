package io.kontor.work.proof;

import io.kontor.mapping.Channel;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.money.Money;
import io.kontor.posting.SettledSum;
import io.kontor.posting.SettledTax;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The taxes that settlements themselves make: of what they sell where they make the revenue, and of
 * what they take back where refunds are not reported otherwise. Not thread-safe.
 */
final class SettledTaxTotals {

  /** What is owed, and on what. */
  record Owed(Money base, Money tax) {

    Owed plus(Owed other) {
      return new Owed(base.plus(other.base), tax.plus(other.tax));
    }
  }

  private final Map<TaxKey, Owed> owed =
      new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));

  /** Adds a settlement's lines. */
  void add(Channel channel, SettlementCodes codes, List<SettledSum> sums) {
    SettledTax taxes = new SettledTax(channel, codes, sums);
    for (SettledSum sum : sums) {
      Optional<SettlementCode> code = codes.find(sum.code(), sum.marketplace());
      Optional<TaxKey> owed = taxes.owed(sum);
      if (code.isPresent() && owed.isPresent() && isMade(channel, code.get(), sum)) {
        add(taxes, code.get(), sum, owed.get());
      }
    }
  }

  private void add(SettledTax taxes, SettlementCode code, SettledSum sum, TaxKey owed) {
    Money zero = sum.sum().minus(sum.sum());
    boolean kept = taxes.of(sum).filter(key -> key.scheme() == TaxScheme.FACILITATED).isPresent();
    if (SettledTax.isTax(code)) {
      merge(owed, zero, sum.sum());
    } else if (taxes.isWithin(code, sum)) {
      Money within = owed.within(sum.sum());
      merge(owed, sum.sum().minus(within), within);
    } else if (!kept) {
      merge(owed, sum.sum(), zero);
    }
  }

  private void merge(TaxKey key, Money base, Money tax) {
    owed.merge(key, new Owed(base, tax), Owed::plus);
  }

  private static boolean isMade(Channel channel, SettlementCode code, SettledSum sum) {
    boolean refund = code.nature() == SettlementCode.Nature.REFUND;
    if (code.nature() == SettlementCode.Nature.OTHER) {
      return SettledTax.isTax(code);
    }
    if (!refund && code.nature() != SettlementCode.Nature.SALE) {
      return false;
    }
    boolean known = sum.order() == SettledSum.OrderState.KNOWN;
    return known
        ? refund && !channel.refundsReported()
        : channel.recognise() == Channel.Recognition.SETTLEMENT;
  }

  Map<TaxKey, Owed> owed() {
    return owed;
  }
}
