package io.kontor.app;

import io.kontor.store.Database;
import io.kontor.store.Nights;
import io.kontor.work.night.NightCalendar;
import io.kontor.work.proof.HubStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a hub is well: its database answers, its nights run, nothing waits too long. */
final class HubProbes {

  /** Nights are caught up every ten minutes; a long one may take a while. */
  private static final Duration OVERDUE = Duration.ofHours(3);

  /** Further than clocks are apart that NTP keeps, and well within any lease. */
  private static final Duration MOST_OFF = Duration.ofSeconds(10);

  private final Duration oldestPending;
  private final Clock clock;

  HubProbes(Settings settings, Clock clock) {
    this.oldestPending = settings.deliveries().oldestPending();
    this.clock = clock;
  }

  List<Probe.Check> of(Database database, HubStatus status, NightCalendar calendar) {
    return List.of(
        new Probe.Check("database", true, () -> up(database)),
        new Probe.Check("clock", false, () -> clock(database)),
        new Probe.Check("nights", false, () -> nights(calendar)),
        new Probe.Check(
            "oldest-pending",
            false,
            () -> {
              Duration oldest = status.oldestPending(clock.instant());
              return oldest.compareTo(oldestPending) <= 0
                  ? Probe.up("nothing waits too long", Map.of())
                  : Probe.down("the oldest waits for " + oldest, Map.of());
            }));
  }

  private static Probe up(Database database) {
    database.run(tx -> {});
    return Probe.up("answers", Map.of());
  }

  /** Leases are told by the nodes' clocks: one that is off takes over what others still do. */
  private static Probe clock(Database database) {
    if (database.isEmbedded()) {
      return Probe.up("nobody else's counts", Map.of());
    }
    Duration ahead = database.clockAhead();
    return ahead.abs().compareTo(MOST_OFF) <= 0
        ? Probe.up("as the database's", Map.of())
        : Probe.down(
            "this node's clock is %d s %s the database's: keep both by NTP"
                .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"),
            Map.of());
  }

  /** Down while a night has failed, or is long overdue. */
  private Probe nights(NightCalendar calendar) {
    NightCalendar.Status status = calendar.status();
    List<String> wrong = new ArrayList<>();
    status.nights().stream()
        .filter(row -> row.state() == Nights.State.FAILED)
        .forEach(
            row ->
                wrong.add("%s of %s failed: %s".formatted(row.date(), row.entity(), row.note())));
    // A hub that has never run a night has only just come up.
    Set<String> known =
        status.nights().stream().map(Nights.Night::entity).collect(Collectors.toSet());
    status.missing().stream()
        .filter(due -> known.contains(due.entity()))
        .filter(due -> due.dueAt().plus(OVERDUE).isBefore(clock.instant()))
        .forEach(due -> wrong.add("%s of %s is overdue".formatted(due.date(), due.entity())));
    return wrong.isEmpty()
        ? Probe.up("every night that was due has run", Map.of())
        : Probe.down(String.join("; ", wrong), Map.of());
  }
}
