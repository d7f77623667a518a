package io.kontor.work.delivery;

import io.kontor.mapping.Consequence;
import java.util.List;

/** Looks for what a lost ticket forgot. */
@FunctionalInterface
public interface Sweeping {

  /** The consequences that have deliveries due, an expired {@code sending} included. */
  List<Consequence> due();
}
