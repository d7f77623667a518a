package io.kontor.sales;

import java.util.List;

/** The lines of an order whose channel sends them apart from the order. */
public record OrderLines(FactHead head, boolean taxIncluded, List<OrderLine> lines)
    implements Fact {

  public OrderLines {
    lines = List.copyOf(lines);
  }
}
