package io.kontor.sandbox;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a sandbox Odoo is started.
 *
 * @param port the port on the loopback interface; 0 takes a free one
 * @param data the directory that keeps its state; empty keeps it in memory only
 * @param database the name of its one database
 * @param key the API key, which is also the password of the login {@code admin}
 * @param version the Odoo it pretends to be
 */
public record SandboxSettings(
    int port, Optional<Path> data, String database, String key, OdooVersion version) {

  public SandboxSettings {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(version, "version");
  }

  /** A sandbox on a free port that forgets everything when it is closed. */
  public static SandboxSettings inMemory(OdooVersion version) {
    return new SandboxSettings(0, Optional.empty(), "sandbox", "sandbox-key", version);
  }

  /** A sandbox on a free port that keeps its state in a directory. */
  public static SandboxSettings durable(Path data, OdooVersion version) {
    return new SandboxSettings(0, Optional.of(data), "sandbox", "sandbox-key", version);
  }

  /** The same on a given port, so that a restarted sandbox is found where it was. */
  public SandboxSettings withPort(int newPort) {
    return new SandboxSettings(newPort, data, database, key, version);
  }
}
