package io.kontor.mapping;

import io.kontor.sales.TaxKey;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a channel settles: {@code settling} of its {@code channel.yaml}, and the tables beside it.
 *
 * @param withinDays after how many days a charge or a refund should be in a settlement
 * @param prices what the prices in its settlements are, where settlements make the revenue
 * @param taxes which tax the sales of a marketplace bear, where settlements make the revenue; the
 *     first row that fits counts
 * @param rateCard what the channel has agreed to charge
 */
public record Settling(int withinDays, Prices prices, List<TaxRow> taxes, RateCard rateCard) {

  /** A channel that says nothing of it. */
  public static final Settling DEFAULT = new Settling(14, Prices.NET, List.of(), RateCard.NONE);

  public Settling {
    taxes = List.copyOf(taxes);
  }

  /** Whether prices hold the tax. */
  public enum Prices {
    /** Tax stands in lines of its own. */
    NET,
    /** Tax is within the prices, except of marketplaces for which a settlement states it. */
    GROSS
  }

  /**
   * A row of {@code settlement-taxes.csv}.
   *
   * @param marketplace as settlements name it, in either case; with {@code *} at the end for any
   *     ending
   * @param from the first month in which it holds, of the lines' posted dates; empty for ever
   * @param to the last one
   */
  public record TaxRow(
      String marketplace, TaxKey tax, Optional<YearMonth> from, Optional<YearMonth> to) {

    boolean fits(String other, YearMonth month) {
      if (from.filter(month::isBefore).isPresent() || to.filter(month::isAfter).isPresent()) {
        return false;
      }
      String own = marketplace.toLowerCase(Locale.ROOT);
      String wanted = other.toLowerCase(Locale.ROOT);
      return own.endsWith("*")
          ? wanted.startsWith(own.substring(0, own.length() - 1))
          : wanted.equals(own);
    }
  }

  /**
   * The tax of a marketplace's sales in a month. A marketplace is not a country: whoever keeps the
   * table says that everything sold there arrives where its tax is owed.
   */
  public Optional<TaxKey> tax(String marketplace, YearMonth month) {
    return taxes.stream().filter(row -> row.fits(marketplace, month)).map(TaxRow::tax).findFirst();
  }
}
