package io.kontor.sales;

import io.kontor.money.Money;
import io.kontor.words.Words;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Money went back to the buyer, or units were taken off an order, or both.
 *
 * @param amount what was paid back, tax included; zero when only units were taken off
 * @param gateway through whom
 * @param parts what it was for, at what that is worth. What the amount has above them is a refund
 *     for nothing in particular; what it has below them was kept, and pays for what the buyer still
 *     owes of the order, as in an exchange; the rest of it is a fee
 * @param rounding what was handed out beside the amount, or below zero less than it, because coins
 *     cannot pay every amount
 */
public record Refunded(
    FactHead head, Money amount, String gateway, List<Part> parts, Optional<Money> rounding)
    implements Fact {

  public Refunded {
    parts = List.copyOf(parts);
    rounding = rounding.filter(rest -> !rest.isZero());
  }

  public Refunded(FactHead head, Money amount, String gateway, List<Part> parts) {
    this(head, amount, gateway, parts, Optional.empty());
  }

  /**
   * What a part of a refund is for.
   *
   * @param line the external id of the order's line; empty for what belongs to no line
   * @param quantity units, zero for a part of the price
   * @param gross what it is worth, tax included; zero or positive
   * @param tax the tax in that, where the channel states it; absent is not zero
   */
  public record Part(
      String line,
      String sku,
      String title,
      BigDecimal quantity,
      Goods goods,
      Money gross,
      Optional<Money> tax) {}

  /** What becomes of the goods of a refunded line. */
  public enum Goods {
    /** Sent or brought back. */
    RETURNED,
    /** Never sent. */
    CANCELLED,
    /** Kept by the buyer. */
    KEPT;

    public String word() {
      return Words.of(this);
    }

    /**
     * Finds the word of a canonical document.
     *
     * @throws IllegalArgumentException if there is no such word
     */
    public static Goods of(String word) {
      for (Goods goods : values()) {
        if (goods.word().equals(word)) {
          return goods;
        }
      }
      throw new IllegalArgumentException("goods are returned, cancelled or kept, not " + word);
    }
  }
}
