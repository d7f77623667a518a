package io.kontor.posting;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Settling;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.mapping.statement.SettlementCode.Nature;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which tax the lines of one settlement bear, and whether their prices hold it. Immutable. */
public final class SettledTax {

  /** What buyers pay and get back; other tax, as of stock that was sold off, says nothing of it. */
  private static final Set<Nature> PRICES = EnumSet.of(Nature.SALE, Nature.REFUND);

  private final Channel channel;

  /** The marketplaces of which tax that the channel paid out stands in lines of its own. */
  private final Set<String> stated = new TreeSet<>();

  /** Those of them of which that is tax of sales, and not only of refunds. */
  private final Set<String> statedOfSales = new TreeSet<>();

  /** The marketplaces of which any tax is named, be it that the channel keeps it. */
  private final Set<String> mentioned = new TreeSet<>();

  /**
   * @param sums all lines of the settlement
   */
  public SettledTax(Channel channel, SettlementCodes codes, List<SettledSum> sums) {
    this.channel = channel;
    for (SettledSum sum : sums) {
      codes.find(sum.code(), sum.marketplace()).ifPresent(code -> note(code, sum));
    }
  }

  private void note(SettlementCode code, SettledSum sum) {
    if (sum.facilitated() || code.nature() == Nature.FACILITATED || isTax(code)) {
      mentioned.add(sum.marketplace());
    }
    boolean paidOut = isTax(code) && !sum.facilitated() && !sum.sum().isZero();
    if (paidOut && PRICES.contains(code.nature())) {
      stated.add(sum.marketplace());
      if (code.nature() == Nature.SALE) {
        statedOfSales.add(sum.marketplace());
      }
    }
  }

  /** Whether any line names tax of what was sold at a marketplace. */
  boolean isMentioned(String marketplace) {
    return mentioned.contains(marketplace);
  }

  /** Whether lines of a code are themselves tax on what was sold. */
  public static boolean isTax(SettlementCode code) {
    return code.role().equals(Roles.VAT);
  }

  /** Whether lines of a code are what buyers pay or get back, less the tax on it. */
  static boolean isPrice(SettlementCode code) {
    return PRICES.contains(code.nature()) && !isTax(code);
  }

  /**
   * Whether lines of a sale lack their tax: the table names one that is ours to declare, and
   * neither the prices hold it nor does any line state it. Absent tax is not zero tax.
   */
  boolean isAbsent(SettledSum sum) {
    return channel.settling().prices() == Settling.Prices.NET
        && !statedOfSales.contains(sum.marketplace())
        && of(sum).filter(SettledTax::isOurs).filter(key -> key.rate().signum() != 0).isPresent();
  }

  private static boolean isOurs(TaxKey key) {
    return key.scheme() != TaxScheme.FACILITATED;
  }

  /** The tax that the table gives; where the channel keeps it, it is not ours to declare. */
  public Optional<TaxKey> of(SettledSum sum) {
    Optional<TaxKey> tax = channel.settling().tax(sum.marketplace(), sum.month());
    return sum.facilitated() ? tax.map(key -> with(key, TaxScheme.FACILITATED)) : tax;
  }

  /**
   * The tax that we owe for a line of tax, or for what a price holds of it: none of what the
   * channel kept. Where it keeps tax by the table and did not keep this one, it paid it out to us.
   */
  public Optional<TaxKey> owed(SettledSum sum) {
    return of(sum)
        .filter(key -> !sum.facilitated())
        .map(key -> isOurs(key) ? key : with(key, TaxScheme.DOMESTIC));
  }

  /**
   * Whether prices hold their tax: where the channel's do, and the settlement does not state the
   * tax of the marketplace after all. What it states of refunds says nothing of sales, which may be
   * younger. Tax that the channel keeps is always stated.
   */
  public boolean isWithin(SettlementCode code, SettledSum sum) {
    Set<String> outside = code.nature() == Nature.SALE ? statedOfSales : stated;
    return isPrice(code)
        && channel.settling().prices() == Settling.Prices.GROSS
        && !outside.contains(sum.marketplace())
        && of(sum).map(SettledTax::isOurs).orElse(true);
  }

  private static TaxKey with(TaxKey key, TaxScheme scheme) {
    return new TaxKey(key.country(), key.rate(), scheme);
  }
}
