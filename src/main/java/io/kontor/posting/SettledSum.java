package io.kontor.posting;

import io.kontor.money.Money;
import java.time.YearMonth;

/**
 * The sum of a settlement's lines that are booked alike. A million lines become a few of these in
 * the database.
 *
 * @param code the vendor's code, as the table of codes knows it
 * @param marketplace that the lines name; may be empty
 * @param order what the ledger knows of the orders of these lines
 * @param facilitated whether the channel keeps tax of these orders
 * @param month of the lines' posted dates, in the entity's zone
 * @param sum positive when the channel pays it to the seller
 * @param lines how many
 */
public record SettledSum(
    String code,
    String marketplace,
    OrderState order,
    boolean facilitated,
    YearMonth month,
    Money sum,
    long lines) {

  /** What the ledger knows of a line's order. */
  public enum OrderState {
    /**
     * Its facts are recorded; where the settlement recognises revenue: it has a recognition entry.
     */
    KNOWN,
    /** The line names an order of which nothing is recorded. */
    UNKNOWN,
    /** It was placed before the channel's cut-over. */
    BEFORE_CUTOVER,
    /** The line names no order. */
    NONE
  }
}
