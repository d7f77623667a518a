package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.DataDirectory;
import io.kontor.app.Hub;
import io.kontor.app.HubClient;
import io.kontor.app.Settings;
import io.kontor.app.Users;
import io.kontor.app.Wiring;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A hub to speak to for the length of a command: the one that runs on the data directory, or one of
 * the command's own that ends with it; on a data directory of the demo, with its sandbox Odoo.
 */
final class HubSession implements AutoCloseable {

  private static final String USER = "KONTOR_USER";
  private static final String KEY = "KONTOR_KEY";

  private final HubClient client;
  private final Optional<Hub> own;
  private final Optional<Settings> settings;
  private final Optional<SandboxProcess> sandbox;

  private HubSession(
      HubClient client,
      Optional<Hub> own,
      Optional<Settings> settings,
      Optional<SandboxProcess> sandbox) {
    this.client = client;
    this.own = own;
    this.settings = settings;
    this.sandbox = sandbox;
  }

  /**
   * Opens a session as the user that {@code KONTOR_USER} and {@code KONTOR_KEY} name, or as the
   * owner of the data directory where they name none.
   *
   * @param works whether a hub of the command's own does anything but answer
   * @throws IllegalArgumentException if there never was a hub in the data directory
   */
  static HubSession open(Invocation invocation, Wiring wiring, boolean works) throws Exception {
    Settings settings = invocation.settings();
    if (settings.database().embedded() && !DataDirectory.wasUsed(settings.data())) {
      throw new IllegalArgumentException(
          "There is no hub in %s: name its data directory by --data or KONTOR_DATA; run, demo and import make one"
              .formatted(settings.data().toAbsolutePath()));
    }
    return openOrMake(invocation, wiring, works);
  }

  /** The same, to do something; where the data directory is new, the hub is too. */
  static HubSession openOrMake(Invocation invocation, Wiring wiring) throws Exception {
    return openOrMake(invocation, wiring, true);
  }

  private static HubSession openOrMake(Invocation invocation, Wiring wiring, boolean works)
      throws Exception {
    if (invocation.hub().isPresent()) {
      DataDirectory.RunningHub hub = invocation.hub().get();
      return new HubSession(
          client(hub.url(), hub.key(), invocation.environment()),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    Settings settings = invocation.settings();
    if (!DemoSettings.hasSandbox(settings)) {
      return open(invocation, settings, wiring, Optional.empty(), works);
    }
    DemoKeys keys = DemoKeys.of(settings.data());
    SandboxProcess sandbox = DemoSettings.sandbox(settings, keys);
    try {
      return open(
          invocation,
          DemoSettings.of(settings, keys, Optional.of(sandbox)),
          wiring,
          Optional.of(sandbox),
          works);
    } catch (Exception e) {
      sandbox.close();
      throw e;
    }
  }

  private static HubSession open(
      Invocation invocation,
      Settings settings,
      Wiring wiring,
      Optional<SandboxProcess> sandbox,
      boolean works)
      throws Exception {
    Hub hub =
        works
            ? Hub.start(settings.onAnyPort(), wiring)
            : Hub.startToBeAsked(settings.onAnyPort(), wiring);
    DataDirectory.RunningHub running =
        DataDirectory.runningHub(settings.data())
            .orElseThrow(() -> new IllegalStateException("the hub that was started is not there"));
    return new HubSession(
        client(hub.url(), running.key(), invocation.environment()),
        Optional.of(hub),
        Optional.of(settings),
        sandbox);
  }

  private static HubClient client(String url, String ownerKey, Map<String, String> environment) {
    String user = environment.getOrDefault(USER, "");
    return user.isBlank()
        ? new HubClient(url, Users.ownerName(), ownerKey)
        : new HubClient(url, user, environment.getOrDefault(KEY, ""));
  }

  /** The settings of the command's own hub; empty where it speaks to one that runs. */
  Optional<Settings> ownSettings() {
    return settings;
  }

  HubClient client() {
    return client;
  }

  /** Waits until nothing is left to record or to deliver at once. */
  void settleDown(Progress progress) throws IOException, InterruptedException {
    settleDown(client, () -> 0, 1, progress);
  }

  /**
   * Waits until nothing is left to record or to deliver at once.
   *
   * @param files how many files wait besides what the hub says
   * @param quietLooks how often in a row there has to be nothing
   */
  static void settleDown(HubClient client, LongSupplier files, int quietLooks, Progress progress)
      throws IOException, InterruptedException {
    int quiet = 0;
    while (true) {
      JsonNode now = client.get("waiting", Map.of());
      long inbox = now.path("waitingInInbox").asLong() + files.getAsLong();
      long pending = now.path("dueDeliveries").asLong();
      progress.show(inbox, pending);
      quiet = inbox == 0 && pending == 0 ? quiet + 1 : 0;
      if (quiet >= quietLooks) {
        return;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static final long PAUSE_MILLIS = 200;

  /** Is told how much is left. */
  @FunctionalInterface
  interface Progress {
    void show(long inbox, long deliveries);
  }

  @Override
  public void close() {
    own.ifPresent(Hub::close);
    sandbox.ifPresent(SandboxProcess::close);
  }
}
