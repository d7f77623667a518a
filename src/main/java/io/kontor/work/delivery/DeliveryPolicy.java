package io.kontor.work.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * How deliveries are tried.
 *
 * @param owner the name of this node, the same in each of its lives
 * @param batch the most to claim at once
 * @param lease longer than a call can take, time-outs and the target's own limit included
 * @param requestLimit how long after a call it may still take effect at the target
 * @param firstPause before the second try; doubled for each further one
 * @param longestPause what the doubling stops at
 * @param mostTries then it is a person's
 */
public record DeliveryPolicy(
    String owner,
    int batch,
    Duration lease,
    Duration requestLimit,
    Duration firstPause,
    Duration longestPause,
    int mostTries) {

  private static final int MOST_DOUBLINGS = 20;

  /** When to try again after so many tries. */
  Instant next(Instant now, int tries) {
    long doubled = firstPause.toMillis() << Math.min(Math.max(tries - 1, 0), MOST_DOUBLINGS);
    return now.plusMillis(Math.min(doubled, longestPause.toMillis()));
  }
}
