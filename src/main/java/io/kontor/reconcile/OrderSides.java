package io.kontor.reconcile;

import io.kontor.money.Money;
import java.util.Objects;

/**
 * What the two sides say of one order, each added up over every settlement that is known.
 *
 * @param ledger what the order's facts put on its clearing account
 * @param sales what sale lines of settlements come to; positive when the channel pays
 * @param refunds what their refund lines come to; usually negative
 * @param refundsReported whether facts report refunds too, so that there is something to compare
 *     those lines with
 * @param salesBefore the part of {@code sales} that other settlements paid
 * @param tax what the sale's tax lines come to
 * @param fees what the fee lines come to; usually negative
 */
public record OrderSides(
    String order,
    Standing standing,
    Ledger ledger,
    Money sales,
    Money refunds,
    boolean refundsReported,
    Money salesBefore,
    Money tax,
    Money fees,
    long lines) {

  public OrderSides {
    Objects.requireNonNull(standing, "standing");
  }

  /** The refunds that the ledger has another side of. */
  Money comparedRefunds() {
    return refundsReported ? refunds : refunds.minus(refunds);
  }

  /**
   * The ledger's side; no amount is negative.
   *
   * @param charged what was charged
   * @param chargedThen the part of it until the channel's newest settlement ends
   * @param chargedDue the part of it that is so old that it should have been settled
   * @param refunded what was taken off it again
   * @param refundedThen the part of that until the newest settlement ends
   * @param refundedDue the part of that which is due
   */
  public record Ledger(
      Money charged,
      Money chargedThen,
      Money chargedDue,
      Money refunded,
      Money refundedThen,
      Money refundedDue) {

    /** Facts may be dated later than what they report, and what is young may be missing. */
    boolean isCharge(Money amount) {
      return amount.equals(charged) || amount.equals(chargedThen) || amount.equals(chargedDue);
    }

    boolean isRefund(Money amount) {
      return amount.equals(refunded) || amount.equals(refundedThen) || amount.equals(refundedDue);
    }

    Money open() {
      return charged.minus(refunded);
    }
  }
}
