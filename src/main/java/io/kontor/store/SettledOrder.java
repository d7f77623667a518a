package io.kontor.store;

import io.kontor.store.SettledItems.Measure;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An order of a settlement, beside what facts, ledger and other settlements know of it.
 *
 * @param recorded whether any fact of it is recorded
 * @param placedBefore whether it was placed before the cut-over, so that no entry is made for it
 * @param booked whether any entry was made for it
 */
public record SettledOrder(
    String order,
    List<Item> items,
    boolean recorded,
    boolean placedBefore,
    boolean booked,
    Ledger ledger,
    Elsewhere elsewhere) {

  /** One item of an order: what its lines come to. */
  public record Item(String sku, Map<Measure, BigDecimal> sums, long lines) {

    public BigDecimal sum(Measure measure) {
      return sums.getOrDefault(measure, BigDecimal.ZERO);
    }
  }

  /**
   * What stands on its clearing account.
   *
   * @param charged what entries put on it, corrections included, less what was written off; not
   *     negative
   * @param chargedThen the part of it until the last day of the span; what was written off since is
   *     off it, too
   * @param chargedDue the part of it until the day up to which everything should be settled
   * @param refunded what refunds took off it, corrections included; not negative
   * @param refundedThen likewise
   * @param refundedDue likewise
   */
  public record Ledger(
      BigDecimal charged,
      BigDecimal chargedThen,
      BigDecimal chargedDue,
      BigDecimal refunded,
      BigDecimal refundedThen,
      BigDecimal refundedDue) {

    static final Ledger NOTHING =
        new Ledger(
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO);

    /** Of sums by what entries are of; a sale below zero, as a till rings returns, is a refund. */
    static Ledger of(
        BigDecimal charged,
        BigDecimal chargedThen,
        BigDecimal chargedDue,
        BigDecimal refunded,
        BigDecimal refundedThen,
        BigDecimal refundedDue) {
      BigDecimal none = BigDecimal.ZERO;
      return new Ledger(
          charged.max(none),
          chargedThen.max(none),
          chargedDue.max(none),
          refunded.subtract(charged.min(none)),
          refundedThen.subtract(chargedThen.min(none)),
          refundedDue.subtract(chargedDue.min(none)));
    }
  }

  /**
   * What other settlements paid of its sale, and took for its refunds.
   *
   * @param newest the import of the newest settlement that names it, if there is a newer one
   * @param newestSale that of the newest one that pays for it, if there is a newer one
   */
  public record Elsewhere(
      BigDecimal sales, BigDecimal refunds, Optional<Long> newest, Optional<Long> newestSale) {

    static final Elsewhere NOTHING =
        new Elsewhere(BigDecimal.ZERO, BigDecimal.ZERO, Optional.empty(), Optional.empty());
  }

  public BigDecimal sum(Measure measure) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Item item : items) {
      sum = sum.add(item.sum(measure));
    }
    return sum;
  }

  public long lines() {
    long lines = 0;
    for (Item item : items) {
      lines += item.lines();
    }
    return lines;
  }
}
