package io.kontor.app;

import java.util.Map;
import java.util.function.Supplier;

/**
 * What a look at one part of the hub found.
 *
 * @param details shown with it, by name
 */
public record Probe(boolean up, String message, Map<String, Object> details) {

  public Probe {
    details = Map.copyOf(details);
  }

  public static Probe up(String message, Map<String, Object> details) {
    return new Probe(true, message, details);
  }

  public static Probe down(String message, Map<String, Object> details) {
    return new Probe(false, message, details);
  }

  /**
   * A look that is taken whenever health is asked for.
   *
   * @param readiness whether the hub must take no traffic while it is down; others are only shown
   */
  public record Check(String name, boolean readiness, Supplier<Probe> look) {}
}
