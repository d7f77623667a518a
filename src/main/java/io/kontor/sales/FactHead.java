package io.kontor.sales;

import java.time.Instant;
import java.util.Objects;

/**
 * What every fact carries.
 *
 * @param revision the source's updated-at; of two facts of one name the later revision is the truth
 * @param occurredAt when it happened, by the source's clock
 */
public record FactHead(FactName name, OrderKey order, Instant revision, Instant occurredAt) {

  public FactHead {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(occurredAt, "occurredAt");
  }
}
