package io.kontor.app;

import io.kontor.mapping.Mappings;
import io.kontor.work.delivery.Delivering;
import io.kontor.work.delivery.Sweeping;
import io.kontor.work.desk.Refusals;
import io.kontor.work.intake.Cursors;
import io.kontor.work.intake.Importing;
import io.kontor.work.night.Nightly;
import io.kontor.work.night.Sealing;
import io.kontor.work.recording.Recording;
import java.util.List;
import java.util.Map;

/**
 * The use cases that the routes call, as they were wired for one hub.
 *
 * @param checks further health checks, such as the database and the oldest pending delivery
 * @param beans further beans for routes, by name
 * @param closing closes what stands behind them, after the last route has stopped
 */
public record Parts(
    Mappings mappings,
    Recording recording,
    Delivering delivering,
    Sweeping sweeping,
    Importing importing,
    Nightly nightly,
    Sealing sealing,
    Refusals refusals,
    Cursors cursors,
    List<Probe.Check> checks,
    Map<String, Object> beans,
    Runnable closing) {

  /** The same with another night. */
  public Parts withNightly(Nightly other) {
    return new Parts(
        mappings,
        recording,
        delivering,
        sweeping,
        importing,
        other,
        sealing,
        refusals,
        cursors,
        checks,
        beans,
        closing);
  }

  public Parts {
    checks = List.copyOf(checks);
    beans = Map.copyOf(beans);
  }
}
