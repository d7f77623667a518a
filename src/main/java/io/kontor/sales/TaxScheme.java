package io.kontor.sales;

import io.kontor.words.Words;

/** Under which rule a tax is owed, and by whom. */
public enum TaxScheme {
  /** Owed by the seller where the goods arrive, in the ordinary return. */
  DOMESTIC,
  /** Owed by the seller in another member state, through the one-stop shop. */
  OSS,
  REVERSE_CHARGE,
  EXPORT,
  /** Collected and remitted by the channel; never the seller's own tax. */
  FACILITATED;

  public String word() {
    return Words.of(this);
  }

  /**
   * Finds the scheme that a canonical document names.
   *
   * @throws IllegalArgumentException if there is no such scheme
   */
  public static TaxScheme of(String word) {
    for (TaxScheme scheme : values()) {
      if (scheme.word().equals(word)) {
        return scheme;
      }
    }
    throw new IllegalArgumentException("unknown tax scheme '" + word + "'");
  }
}
