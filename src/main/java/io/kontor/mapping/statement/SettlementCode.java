package io.kontor.mapping.statement;

import io.kontor.words.Words;

/**
 * What codes of a settlement mean: a row of {@code <document>-codes.csv}. The sign always comes
 * from the amount, never from the code.
 *
 * @param pattern the vendor's words, joined by {@code /}; {@code *} stands for any word, and at the
 *     end of a word for any ending; {@code **} for a text that somebody wrote freely
 * @param marketplace the marketplaces that the row is about, with {@code *} at the end for any
 *     ending; empty for all
 * @param role the account role that the line stands on when the settlement recognises revenue, and
 *     always for what is not of an order
 * @param tax how the fee is taxed
 */
public record SettlementCode(
    String pattern, String marketplace, Nature nature, String role, FeeTax tax) {

  /** The role of tax that is charged on fees, in a line of its own. */
  public static final String TAX_ON_FEES = "tax-on-fees";

  private static final String FEE_ROLE = "fee.";

  /** Whether this is what a channel takes for a service: what can bear tax of its own. */
  boolean isService() {
    return role.startsWith(FEE_ROLE);
  }

  /**
   * Whether such lines stand on the accounts of fees. What a channel takes for shipping that it
   * credited to the buyer does not: it is less revenue.
   */
  public boolean isOfFees() {
    return isService() || role.equals(TAX_ON_FEES);
  }

  SettlementCode taxed(FeeTax other) {
    return new SettlementCode(pattern, marketplace, nature, role, other);
  }

  /** What sort of line it is: it decides whether the ledger already knows the money. */
  public enum Nature {
    /** Price, shipping, promotion or tax of a sale: the order's facts opened it in clearing. */
    SALE,
    /** The same, going back. */
    REFUND,
    /** Tax that the channel keeps and remits: the mirror of a sale's tax. */
    FACILITATED,
    /** What the channel takes for its services, and what it gives back of it. */
    FEE,
    RESERVE,
    /** Debt carried over, card charges, deposits, reimbursements: its role says it all. */
    OTHER;

    /**
     * Finds the nature that a code table names.
     *
     * @throws IllegalArgumentException if there is no such nature
     */
    public static Nature of(String word) {
      return Words.constant(Nature.class, "nature of a code", word);
    }
  }
}
