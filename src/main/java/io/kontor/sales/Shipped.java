package io.kontor.sales;

import java.math.BigDecimal;
import java.util.List;

/** Goods left the house. */
public record Shipped(FactHead head, List<Part> lines) implements Fact {

  public Shipped {
    lines = List.copyOf(lines);
  }

  /**
   * How many units of which line.
   *
   * @param line the external id of the order's line
   * @param quantity positive
   */
  public record Part(String line, BigDecimal quantity) {}
}
