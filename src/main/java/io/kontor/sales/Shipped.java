package io.kontor.sales;

import java.math.BigDecimal;
import java.util.List;

/**
 * Goods left the house.
 *
 * @param undated whether the source says what was sent and not when, so that the time is that of
 *     the receipt: the order's own last change is nearer to it
 */
public record Shipped(FactHead head, List<Part> lines, boolean undated) implements Fact {

  public Shipped {
    lines = List.copyOf(lines);
  }

  public Shipped(FactHead head, List<Part> lines) {
    this(head, lines, false);
  }

  /** The same, not after the order's last change if nobody says when. */
  Shipped dated(OrderPlaced order) {
    if (!undated || !order.revision().isBefore(occurredAt())) {
      return this;
    }
    return new Shipped(
        new FactHead(head.name(), head.order(), head.revision(), order.revision()), lines, true);
  }

  /**
   * How many units of which line.
   *
   * @param line the external id of the order's line
   * @param quantity positive
   */
  public record Part(String line, BigDecimal quantity) {}
}
