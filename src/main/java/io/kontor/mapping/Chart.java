package io.kontor.mapping;

import io.kontor.ledger.Account;
import java.util.List;
import java.util.Optional;

/**
 * An entity's chart of accounts: which code each account of the subledger has in each set of books.
 */
public record Chart(List<Row> rows) {

  public Chart {
    rows = List.copyOf(rows);
  }

  /**
   * One row of {@code chart.csv}.
   *
   * @param account a role, or a role with qualifiers: the longest row that an account begins with,
   *     segment by segment, is its row
   * @param code the account code in Odoo
   * @param name what people call it there
   * @param type Odoo's account type: {@code asset_current}, {@code income}, {@code expense}, …
   * @param file the account's name in the file books: {@code Assets:Clearing:Shopify}
   */
  public record Row(String account, String code, String name, String type, String file) {}

  /** The row for an account, if the chart has one. */
  public Optional<Row> row(Account account) {
    String path = account.path();
    while (true) {
      for (Row row : rows) {
        if (row.account().equals(path)) {
          return Optional.of(row);
        }
      }
      int colon = path.lastIndexOf(':');
      if (colon < 0) {
        return Optional.empty();
      }
      path = path.substring(0, colon);
    }
  }
}
