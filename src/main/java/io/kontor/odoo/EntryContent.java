package io.kontor.odoo;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** What an entry comes to, however its lines are cut: by account and currency. Mutable. */
final class EntryContent {

  record Key(long account, String currency) {}

  /** Without trailing zeros, so that equal sums are equal. */
  record Sums(BigDecimal functional, BigDecimal amount, int lines) {}

  private final Map<Key, Sums> sums = new HashMap<>();

  void add(long account, String currency, BigDecimal functional, BigDecimal amount) {
    sums.merge(
        new Key(account, currency),
        new Sums(functional.stripTrailingZeros(), amount.stripTrailingZeros(), 1),
        (one, other) ->
            new Sums(
                one.functional().add(other.functional()).stripTrailingZeros(),
                one.amount().add(other.amount()).stripTrailingZeros(),
                one.lines() + other.lines()));
  }

  Map<Key, Sums> sums() {
    return Map.copyOf(sums);
  }
}
