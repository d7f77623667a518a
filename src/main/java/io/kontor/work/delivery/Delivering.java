package io.kontor.work.delivery;

import io.kontor.mapping.Consequence;

/** Carries out deliveries. */
@FunctionalInterface
public interface Delivering {

  /**
   * Claims one batch of what is due and delivers it; outcomes are written to the rows.
   *
   * @return how many deliveries were claimed; zero when nothing is due
   * @throws io.kontor.failure.TransientFailure when the database itself is at fault
   */
  int deliverDue(Consequence consequence);
}
