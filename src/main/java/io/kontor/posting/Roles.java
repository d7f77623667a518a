package io.kontor.posting;

/**
 * Roles of accounts that Kontor itself knows; all others it only passes on from the posting rules
 * and tables of codes to the chart.
 */
public final class Roles {

  /** Tax owed to a tax office: of sales, with a tax behind a colon, or of a settlement's line. */
  public static final String VAT = "vat";

  /** Money that is on its way to the bank, by channel and currency. */
  public static final String PAYOUT = "payout-in-transit";

  /** What is owed to a channel whose settlement came to less than nothing. */
  public static final String DEBT = "payable-to-channel";

  private Roles() {}
}
