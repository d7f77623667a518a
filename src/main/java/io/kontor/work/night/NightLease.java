package io.kontor.work.night;

import io.kontor.store.Database;
import io.kontor.store.Nights;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds a night's row while its work goes on, so that no other node takes a long one over. */
final class NightLease implements AutoCloseable {

  /** A node that is gone is noticed after this time. */
  static final Duration LEASE = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(NightLease.class);

  private final ScheduledExecutorService clock;
  private final Future<?> renewing;

  private NightLease(ScheduledExecutorService clock, Future<?> renewing) {
    this.clock = clock;
    this.renewing = renewing;
  }

  static NightLease hold(
      Database database, Nights nights, String entity, LocalDate date, String owner) {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "night-lease-" + entity);
              thread.setDaemon(true);
              return thread;
            });
    long every = LEASE.dividedBy(3).toSeconds();
    Future<?> renewing =
        clock.scheduleWithFixedDelay(
            () -> renew(database, nights, entity, date, owner), every, every, TimeUnit.SECONDS);
    return new NightLease(clock, renewing);
  }

  /** What goes wrong once may go well the next time: the lease lasts for three of them. */
  private static void renew(
      Database database, Nights nights, String entity, LocalDate date, String owner) {
    try {
      if (!database.inTransaction(tx -> nights.renew(tx, entity, date, owner, LEASE))) {
        LOG.warn("The night of {} for {} was taken over by another node", date, entity);
      }
    } catch (RuntimeException e) {
      LOG.warn("The lease of the night of {} for {} could not be renewed", date, entity, e);
    }
  }

  @Override
  public void close() {
    renewing.cancel(false);
    clock.shutdown();
  }
}
