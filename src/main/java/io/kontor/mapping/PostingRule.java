package io.kontor.mapping;

import java.util.List;

/**
 * Which accounts the parts of an effect stand on: one rule of {@code mappings/accounts/rules.yaml}.
 *
 * @param set the set of rules it belongs to; a channel names the set that books it
 * @param on the kind of fact, as {@code shipped}
 */
public record PostingRule(String set, String on, List<Leg> legs) {

  public PostingRule {
    legs = List.copyOf(legs);
  }

  /** The name that entries carry: {@code captured/shipped}. */
  public String name() {
    return set + "/" + on;
  }

  /**
   * One side of an entry.
   *
   * @param account a pattern such as {@code clearing:{channel}:{gateway}:{currency}}; the places
   *     are {@code channel}, {@code gateway}, {@code currency}, {@code tax} (a tax key), {@code
   *     store}, {@code tender}
   * @param amount which of the effect's measures goes there: {@code gross}, {@code net}, {@code
   *     tax}, …
   */
  public record Leg(Side side, String account, String amount) {}

  /** Debit or credit. */
  public enum Side {
    DEBIT,
    CREDIT
  }
}
