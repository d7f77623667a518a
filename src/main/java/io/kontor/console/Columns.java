package io.kontor.console;

/** The columns of the reports, in their order, for the terminal and for the page alike. */
public enum Columns {
  CLEARING(
      "entity channel currency charged refunded writtenOff fees taxKept reserve other"
          + " suspense payouts owed expected ledger difference"),
  OPEN(
      "channel currency unsettledRecent unsettledOlder openCredits suspense"
          + " suspenseLines suspenseSince"),
  TAX("entity tax currency base atRate amount ledger difference"),
  DOCUMENTS(
      "channel received repeats recorded refused waiting lost wanted inOdoo"
          + " pending parked undelivered onDesk"),
  SUMMARY("what amount"),
  SECTION("code account marketplace lines amount"),
  CARRIED("debtBefore debtAfter reserveBefore reserveAfter"),
  OPEN_ORDERS("order since charged refunded writtenOff settled open"),
  OUTCOMES("outcome orders lines expected found difference"),
  LINES("order line sku quantity postedAt marketplace code amount"),
  FINDINGS("order sku outcome cause expected found difference");

  private final String names;

  Columns(String names) {
    this.names = names;
  }

  public String[] names() {
    return names.split(" ", -1);
  }
}
