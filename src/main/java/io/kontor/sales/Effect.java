package io.kontor.sales;

import java.time.Instant;
import java.util.List;

/**
 * What one fact did to its order's money, given everything else that is known of the order.
 *
 * @param at when it happened, by the source's clock
 * @param measures empty when it moved no money
 */
public record Effect(FactName fact, FactKind kind, Instant at, List<Measure> measures) {

  public Effect {
    measures = List.copyOf(measures);
  }
}
