package io.kontor.app;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A hub on one data directory that is started, killed and started again. */
final class HubUnderFire implements AutoCloseable {

  private static final Duration LONG = Duration.ofSeconds(90);

  private final Path data;
  private final String odoo;
  private final Map<String, String> settings;
  private final List<String> jvm = new ArrayList<>();
  private volatile Process process;
  private int lives;

  HubUnderFire(Path data, String odoo) {
    this(data, odoo, Map.of());
  }

  /**
   * @param settings beside the ones that every such hub has
   */
  HubUnderFire(Path data, String odoo, Map<String, String> settings) {
    this.data = data;
    this.odoo = odoo;
    this.settings = new TreeMap<>(settings);
  }

  /** Changes a setting for its next lives. */
  void set(String key, String value) {
    settings.put(key, value);
  }

  /** Gives an option to the Java machine of its next lives. */
  void give(String option) {
    jvm.add(option);
  }

  Path data() {
    return data;
  }

  /**
   * Starts the process; it may not answer yet.
   *
   * @param fault the point at which it is to halt, as {@code kontor.fault} has it; or empty
   */
  void start(String fault) throws IOException {
    lives++;
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // A process that lives for seconds is not worth optimizing.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dkontor.fault=" + fault,
                "-cp",
                System.getProperty("java.class.path"),
                KillableHub.class.getName(),
                data.toString(),
                odoo));
    settings.forEach((key, value) -> command.add(key + "=" + value));
    command.addAll(1, jvm);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(data.resolveSibling("output").toFile()))
            .start();
  }

  /** Waits until the process that was started last answers. */
  void awaitUp() {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .failFast("the hub died: see output", () -> !process.isAlive())
        .until(() -> url().isPresent());
  }

  /** Where the living process answers. */
  Optional<String> url() {
    long pid = process.pid();
    return DataDirectory.runningHub(data)
        .filter(hub -> hub.pid() == pid)
        .map(DataDirectory.RunningHub::url);
  }

  HubClient client(String user) {
    return new HubClient(
        url().orElseThrow(() -> new IllegalStateException("no hub")),
        user,
        KillableHub.keyOf(user));
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /**
   * Waits for the process to halt by itself.
   *
   * @return its exit code, or empty if it lives on
   */
  Optional<Integer> awaitHalt(Duration most) throws InterruptedException {
    return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)
        ? Optional.of(process.exitValue())
        : Optional.empty();
  }

  /** Stops it in an orderly way. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the hub did not stop");
    }
  }

  int lives() {
    return lives;
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
