package io.kontor.ledger;

import java.util.regex.Pattern;

/**
 * An account of the subledger: a role and its qualifiers, such as {@code vat:de:19} or {@code
 * clearing:shopify:paypal:EUR}. The chart of an entity turns it into the code of each set of books.
 */
public record Account(String path) implements Comparable<Account> {

  private static final Pattern PATH = Pattern.compile("[a-z][a-z0-9.-]*(:[A-Za-z0-9._-]+)*");

  public Account {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not an account (role:qualifier…)".formatted(path));
    }
  }

  /** The first segment: {@code vat} of {@code vat:de:19}. */
  public String role() {
    int colon = path.indexOf(':');
    return colon < 0 ? path : path.substring(0, colon);
  }

  @Override
  public int compareTo(Account other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path;
  }
}
