package io.kontor.reconcile;

/** What the ledger knows of an order that a settlement names. */
public enum Standing {
  /** The order opened its clearing account, which the settlement relieves. */
  KNOWN,
  /** It was placed before the cut-over. */
  BEFORE_CUTOVER,
  /** Nothing is recorded of it, although orders make the revenue. */
  UNKNOWN,
  /** Settlements make the revenue of its channel. */
  RECOGNISED
}
