package io.kontor.posting;

import io.kontor.ledger.Account;
import io.kontor.mapping.Channel;
import io.kontor.mapping.FeeTax;
import io.kontor.mapping.SettlementCode;
import io.kontor.mapping.SettlementCodes;
import io.kontor.mapping.Settling;
import io.kontor.money.Money;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the lines of a settlement stand by their codes: prices, taxes, fees and what is in them.
 * Immutable.
 */
final class SettledLines {

  private static final String VAT = "vat";
  private static final String TAX_ON_FEES = "tax-on-fees";
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Channel channel;

  SettledLines(Channel channel) {
    this.channel = channel;
  }

  /** A part of a sum and the account that it is credited to. */
  record Part(Account account, Money credit) {}

  /**
   * Whether the tax of these lines cannot be told: a line of tax, or a price that holds tax, of a
   * marketplace that no table gives a tax.
   */
  boolean lacksTax(SettlementCode code, SettledSum sum) {
    boolean taxLine = code.role().equals(VAT) && !sum.facilitated();
    return (taxLine || holdsTax(code)) && tax(sum).isEmpty();
  }

  /**
   * What was sold in marketplaces whose table names a tax, where prices are without it and no line
   * states any: absent tax is not zero tax.
   *
   * @return the sales by marketplace
   */
  Map<String, Money> withoutTax(SettlementCodes codes, List<SettledSum> sums) {
    Map<String, Money> sales = new TreeMap<>();
    Set<String> stated = new TreeSet<>();
    if (channel.recognise() != Channel.Recognition.SETTLEMENT
        || channel.settling().prices() == Settling.Prices.GROSS) {
      return sales;
    }
    for (SettledSum sum : sums) {
      Optional<SettlementCode> code =
          codes
              .find(sum.code(), sum.marketplace())
              .filter(found -> found.nature() == SettlementCode.Nature.SALE);
      if (code.isEmpty() || sum.order() == SettledSum.OrderState.KNOWN) {
        continue;
      }
      if (code.get().role().equals(VAT)) {
        stated.add(sum.marketplace());
      } else if (tax(sum).filter(key -> key.rate().signum() != 0).isPresent()) {
        sales.merge(sum.marketplace(), sum.sum(), Money::plus);
      }
    }
    sales.keySet().removeAll(stated);
    sales.values().removeIf(Money::isZero);
    return sales;
  }

  /** The parts of a sum, which add up to it. */
  List<Part> parts(SettlementCode code, SettledSum sum) {
    return switch (code.nature()) {
      case SALE, REFUND -> price(code, sum);
      case FEE -> fee(code, sum);
      case FACILITATED, RESERVE, OTHER -> List.of(new Part(account(code.role()), sum.sum()));
    };
  }

  private List<Part> price(SettlementCode code, SettledSum sum) {
    Optional<TaxKey> tax = tax(sum);
    if (code.role().equals(VAT)) {
      return List.of(new Part(owed(tax, sum), sum.sum()));
    }
    if (tax.isEmpty()) {
      return List.of(new Part(account(code.role()), sum.sum()));
    }
    Account account = new Account(code.role() + ":" + channel.id() + ":" + tax.get());
    if (!holdsTax(code)) {
      return List.of(new Part(account, sum.sum()));
    }
    Money within = tax.get().within(sum.sum());
    return List.of(new Part(account, sum.sum().minus(within)), new Part(owed(tax, sum), within));
  }

  /** What the channel keeps of the tax that it collected is never ours. */
  private Account owed(Optional<TaxKey> tax, SettledSum sum) {
    boolean kept =
        sum.facilitated() || tax.filter(key -> key.scheme() == TaxScheme.FACILITATED).isPresent();
    return kept
        ? account("tax.facilitated")
        : new Account(VAT + ":" + tax.map(TaxKey::toString).orElse(channel.id()));
  }

  private boolean holdsTax(SettlementCode code) {
    boolean price =
        code.nature() == SettlementCode.Nature.SALE
            || code.nature() == SettlementCode.Nature.REFUND;
    return price
        && !code.role().equals(VAT)
        && channel.settling().prices() == Settling.Prices.GROSS;
  }

  /** Where the channel keeps the tax, the sale is no base of a tax that is ours to declare. */
  private Optional<TaxKey> tax(SettledSum sum) {
    Optional<TaxKey> tax = channel.settling().tax(sum.marketplace());
    return sum.facilitated()
        ? tax.map(key -> new TaxKey(key.country(), key.rate(), TaxScheme.FACILITATED))
        : tax;
  }

  private List<Part> fee(SettlementCode code, SettledSum sum) {
    Account account = account(code.role());
    FeeTax tax = code.tax();
    return switch (tax.kind()) {
      case NONE, SEPARATE -> List.of(new Part(account, sum.sum()));
      case INCLUDED -> {
        Money within = within(sum.sum(), tax.rate());
        yield List.of(
            new Part(account, sum.sum().minus(within)), new Part(account(TAX_ON_FEES), within));
      }
      case REVERSE_CHARGE -> {
        Money upon =
            Money.rounded(
                sum.sum().amount().multiply(tax.rate()).divide(HUNDRED), sum.sum().currency());
        Account owed =
            new Account("%s:reverse-charge:%s".formatted(VAT, tax.rate().toPlainString()));
        yield List.of(
            new Part(account, sum.sum()),
            new Part(account(TAX_ON_FEES), upon),
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
