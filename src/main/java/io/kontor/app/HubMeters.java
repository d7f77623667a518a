package io.kontor.app;

import io.kontor.store.Backlog;
import io.kontor.store.Claim;
import io.kontor.store.WorkItems;
import io.kontor.work.proof.HubStatus;
import io.kontor.work.recording.Recorded;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What is counted for Prometheus, by channel and target. Thread-safe. */
final class HubMeters {

  private static final Duration STALE = Duration.ofSeconds(5);

  private final MeterRegistry registry;

  HubMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts what a batch of documents came to. */
  void recorded(Recorded batch) {
    batch
        .byChannel()
        .forEach(
            (channel, count) ->
                registry
                    .counter("kontor.documents.recorded", "channel", channel)
                    .increment((double) count));
    registry.counter("kontor.documents.repeated").increment((double) batch.repeated());
  }

  /** Counts a delivery that was made. */
  void delivered(Claim claim) {
    registry
        .counter(
            "kontor.deliveries.made",
            "target",
            claim.consequence().word(),
            "channel",
            claim.channel())
        .increment();
  }

  /** Watches what waits, at most every few seconds however often it is asked. */
  void watch(HubStatus status) {
    BacklogGauges backlog = new BacklogGauges(status);
    // Once before the first scrape, which finds only what is registered by then.
    backlog.oldest();
    // A registry forgets what nobody else holds.
    Gauge.builder("kontor.deliveries.oldest.seconds", backlog, BacklogGauges::oldest)
        .strongReference(true)
        .register(registry);
    Gauge.builder("kontor.inbox.waiting", status, HubStatus::waitingInInbox)
        .strongReference(true)
        .register(registry);
  }

  /** Keeps the gauges of the backlog up to date when somebody looks. */
  private final class BacklogGauges {
    private final HubStatus status;
    private final MultiGauge deliveries =
        MultiGauge.builder("kontor.deliveries").register(registry);
    private final MultiGauge items = MultiGauge.builder("kontor.desk.items").register(registry);
    private long readAt = -STALE.toNanos();
    private double oldest;

    BacklogGauges(HubStatus status) {
      this.status = status;
    }

    synchronized double oldest() {
      if (System.nanoTime() - readAt > STALE.toNanos()) {
        readAt = System.nanoTime();
        oldest = status.oldestPending(Clock.systemUTC().instant()).toSeconds();
        deliveries.register(rows(status.backlog()), true);
        items.register(itemRows(status.openItems()), true);
      }
      return oldest;
    }

    private List<MultiGauge.Row<?>> rows(List<Backlog.Count> counts) {
      return counts.stream()
          .<MultiGauge.Row<?>>map(
              count ->
                  MultiGauge.Row.of(
                      Tags.of(
                          "target", count.consequence().word(),
                          "channel", count.channel(),
                          "state", count.state().word()),
                      count.count()))
          .toList();
    }

    private List<MultiGauge.Row<?>> itemRows(List<WorkItems.Count> counts) {
      return counts.stream()
          .<MultiGauge.Row<?>>map(
              count ->
                  MultiGauge.Row.of(
                      Tags.of(
                          "team", count.team().word(),
                          "channel", count.channel(),
                          "code", count.code()),
                      count.count()))
          .toList();
    }
  }
}
