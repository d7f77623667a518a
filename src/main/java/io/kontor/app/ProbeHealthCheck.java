package io.kontor.app;

import io.kontor.failure.Failure;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Shows a probe among Camel's health checks. */
final class ProbeHealthCheck extends AbstractHealthCheck {

  private final Probe.Check check;

  ProbeHealthCheck(Probe.Check check) {
    super("kontor", check.name());
    this.check = check;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  public boolean isReadiness() {
    return check.readiness();
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    try {
      Probe probe = check.look().get();
      probe.details().forEach(builder::detail);
      builder.message(probe.message());
      if (probe.up()) {
        builder.up();
      } else {
        builder.down();
      }
    } catch (RuntimeException e) {
      builder.message(e instanceof Failure ? e.getMessage() : e.toString()).down();
    }
  }
}
