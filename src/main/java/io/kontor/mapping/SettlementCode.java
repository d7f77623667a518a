package io.kontor.mapping;

import java.util.Locale;

/**
 * What one code of a settlement means: a row of {@code <document>-codes.csv}. The sign always comes
 * from the amount, never from the code.
 *
 * @param code the vendor's words, joined by {@code /}
 * @param role the account role that the line stands on when the settlement recognises revenue, and
 *     always for what is not of an order
 */
public record SettlementCode(String code, Nature nature, String role) {

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
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
