package io.kontor.mapping;

import io.kontor.sales.FactKind;

/** What is to be done elsewhere because a fact was recorded: a row of {@code consequences.yaml}. */
public enum Consequence {
  /** The order stands in Odoo as its position says: placed, edited or cancelled. */
  ODOO_ORDER("odoo-order"),
  /** A refund of shipped goods stands in Odoo as an order of negative quantities. */
  ODOO_REFUND("odoo-refund"),
  /** The receipts of a store and an interval stand in Odoo as one order. */
  ODOO_TILL("odoo-till"),
  /** A settlement is matched with the ledger and booked. */
  RECONCILE("reconcile"),
  /** An approved posting batch is posted in Odoo. */
  POST_TO_ODOO("post-to-odoo"),
  /** An approved posting batch is written to the file book. */
  POST_TO_FILE("post-to-file");

  private final String word;

  Consequence(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** Whether a fact of this kind says what the consequence needs to know. */
  boolean canFollow(FactKind fact) {
    return switch (this) {
      case ODOO_ORDER -> fact != FactKind.RECEIPT_RUNG && fact != FactKind.SETTLEMENT_RECEIVED;
      case ODOO_REFUND -> fact == FactKind.REFUNDED;
      case ODOO_TILL -> fact == FactKind.RECEIPT_RUNG;
      case RECONCILE -> fact == FactKind.SETTLEMENT_RECEIVED;
      case POST_TO_ODOO, POST_TO_FILE -> false;
    };
  }

  /**
   * Finds the consequence that a table names.
   *
   * @throws IllegalArgumentException if there is no such consequence
   */
  public static Consequence of(String word) {
    for (Consequence consequence : values()) {
      if (consequence.word.equals(word)) {
        return consequence;
      }
    }
    throw new IllegalArgumentException("unknown consequence '" + word + "'");
  }
}
