package io.kontor.posting;

import io.kontor.ledger.Account;
import io.kontor.mapping.Channel;
import io.kontor.mapping.statement.FeeTax;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.mapping.statement.SettlementCode.Nature;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.money.Money;
import io.kontor.sales.TaxKey;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the lines of a settlement stand by their codes: prices, taxes, fees and what is in them.
 * Immutable.
 */
final class SettledLines {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Channel channel;
  private final SettlementCodes codes;
  private final List<SettledSum> sums;
  private final SettledTax taxes;
  private final AccountPatterns patterns;

  /**
   * @param sums all lines of the settlement
   */
  SettledLines(Channel channel, SettlementCodes codes, List<SettledSum> sums) {
    this.channel = channel;
    this.codes = codes;
    this.sums = sums;
    this.taxes = new SettledTax(channel, codes, sums);
    this.patterns = new AccountPatterns(channel);
  }

  /** A part of a sum and the account that it is credited to. */
  record Part(Account account, Money credit) {}

  /**
   * Whether the tax of these lines cannot be told: a line of tax, or a price that holds tax or
   * should have some beside it, of a marketplace that no table gives a tax.
   */
  boolean lacksTax(SettlementCode code, SettledSum sum) {
    boolean taxLine = SettledTax.isTax(code) && !sum.facilitated();
    return (taxLine || taxes.isWithin(code, sum) || isUntold(code, sum)) && taxes.of(sum).isEmpty();
  }

  /**
   * Whoever keeps a table of taxes sells nothing of which it could say nothing. Who has none is
   * asked for it where the settlement makes the revenue and names no tax at all, unless the channel
   * is said to keep the tax there is.
   */
  private boolean isUntold(SettlementCode code, SettledSum sum) {
    return SettledTax.isPrice(code)
        && !sum.facilitated()
        && (!channel.settling().taxes().isEmpty()
            || (channel.recognise() == Channel.Recognition.SETTLEMENT
                && channel.facilitatedIn().isEmpty()
                && !taxes.isMentioned(sum.marketplace())));
  }

  /** What was sold without its tax where settlements make the revenue, by marketplace. */
  Map<String, Money> withoutTax() {
    Map<String, Money> sales = new TreeMap<>();
    if (channel.recognise() != Channel.Recognition.SETTLEMENT) {
      return sales;
    }
    for (SettledSum sum : sums) {
      boolean sale =
          codes
              .find(sum.code(), sum.marketplace())
              .filter(code -> code.nature() == Nature.SALE && !SettledTax.isTax(code))
              .isPresent();
      if (sale && sum.order() != SettledSum.OrderState.KNOWN && taxes.isAbsent(sum)) {
        sales.merge(sum.marketplace(), sum.sum(), Money::plus);
      }
    }
    sales.values().removeIf(Money::isZero);
    return sales;
  }

  /** The parts of a sum, which add up to it. */
  List<Part> parts(SettlementCode code, SettledSum sum) {
    return switch (code.nature()) {
      case SALE, REFUND -> price(code, sum);
      case FEE -> fee(code, sum);
      case OTHER ->
          List.of(new Part(SettledTax.isTax(code) ? tax(sum) : other(code, sum), sum.sum()));
      case FACILITATED, RESERVE -> List.of(new Part(account(code.role()), sum.sum()));
    };
  }

  private List<Part> price(SettlementCode code, SettledSum sum) {
    if (SettledTax.isTax(code)) {
      return List.of(new Part(tax(sum), sum.sum()));
    }
    Optional<TaxKey> tax = taxes.of(sum);
    if (tax.isEmpty()) {
      return List.of(new Part(account(code.role()), sum.sum()));
    }
    Account account = new Account(code.role() + ":" + channel.id() + ":" + tax.get());
    if (!taxes.isWithin(code, sum)) {
      return List.of(new Part(account, sum.sum()));
    }
    Money within = tax.get().within(sum.sum());
    return List.of(new Part(account, sum.sum().minus(within)), new Part(tax(sum), within));
  }

  /** What the channel keeps of the tax that it collected is never ours. */
  private Account tax(SettledSum sum) {
    return sum.facilitated()
        ? account("tax.facilitated")
        : new Account(Roles.VAT + ":" + taxes.owed(sum).map(TaxKey::toString).orElse(channel.id()));
  }

  /** A payout that came back stands where it went out. */
  private Account other(SettlementCode code, SettledSum sum) {
    return code.role().equals(Roles.PAYOUT)
        ? patterns.payout(sum.sum().currency())
        : account(code.role());
  }

  private List<Part> fee(SettlementCode code, SettledSum sum) {
    Account account = account(code.role());
    FeeTax tax = code.tax();
    return switch (tax.kind()) {
      case NONE, SEPARATE -> List.of(new Part(account, sum.sum()));
      case INCLUDED -> {
        Money within = within(sum.sum(), tax.rate());
        yield List.of(
            new Part(account, sum.sum().minus(within)),
            new Part(account(SettlementCode.TAX_ON_FEES), within));
      }
      case REVERSE_CHARGE -> {
        Money upon =
            Money.rounded(
                sum.sum().amount().multiply(tax.rate()).divide(HUNDRED), sum.sum().currency());
        Account owed =
            new Account("%s:reverse-charge:%s".formatted(Roles.VAT, tax.rate().toPlainString()));
        yield List.of(
            new Part(account, sum.sum()),
            new Part(account(SettlementCode.TAX_ON_FEES), upon),
            new Part(owed, upon.negated()));
      }
    };
  }

  /** The tax in a gross amount: {@code rate / (100 + rate)} of it. */
  private static Money within(Money gross, BigDecimal rate) {
    BigDecimal net =
        gross
            .amount()
            .multiply(HUNDRED)
            .divide(HUNDRED.add(rate), 10, java.math.RoundingMode.HALF_UP);
    return gross.minus(Money.rounded(net, gross.currency()));
  }

  private Account account(String role) {
    return new Account(role + ":" + channel.id());
  }
}
