package io.kontor.work;

import io.kontor.mapping.Consequence;

/**
 * Wakes a delivery worker. The row in the database is the truth, so a ticket may get lost, and one
 * that finds nothing due does no harm.
 */
@FunctionalInterface
public interface Tickets {

  /** To be called after the rows are committed; never fails. */
  void wake(Consequence consequence);
}
