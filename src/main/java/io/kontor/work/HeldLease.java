package io.kontor.work;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a lease in the database while the work that it is for goes on, so that no other node takes
 * over what only takes long.
 */
public final class HeldLease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);

  /** One thread for all: whatever keeps one lease from being renewed keeps the others, too. */
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "leases");
            thread.setDaemon(true);
            return thread;
          });

  private final Future<?> renewing;

  private HeldLease(Future<?> renewing) {
    this.renewing = renewing;
  }

  /**
   * Begins to renew a lease that was just taken.
   *
   * @param what what is held, for the log
   * @param lease how long it lasts; it is renewed three times in that
   * @param renew false where another has taken over
   */
  public static HeldLease hold(String what, Duration lease, BooleanSupplier renew) {
    long every = lease.dividedBy(3).toMillis();
    return new HeldLease(
        CLOCK.scheduleWithFixedDelay(
            () -> renew(what, renew), every, every, TimeUnit.MILLISECONDS));
  }

  /** What goes wrong once may go well the next time: the lease lasts for three of them. */
  private static void renew(String what, BooleanSupplier renew) {
    try {
      if (!renew.getAsBoolean()) {
        LOG.warn("{} was taken over by another node", what);
      }
    } catch (RuntimeException e) {
      LOG.warn("The lease of {} could not be renewed", what, e);
    }
  }

  @Override
  public void close() {
    renewing.cancel(false);
  }
}
