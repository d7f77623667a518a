package io.kontor.app;

import io.kontor.app.command.RunningProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole hub as a process that a test can kill. Its nights are run by hand, but for those of a
 * cluster.
 */
final class KillableHub {

  static final String KEY = "a key for a test";
  static final String MAKER = "mona";
  static final String CHECKER = "chris";

  private KillableHub() {}

  /** The key of one of its people. */
  static String keyOf(String user) {
    return KEY + " of " + user;
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    System.setProperty("kontor.log", data.resolve("log").toString());
    Map<String, String> given =
        new TreeMap<>(
            Map.ofEntries(
                Map.entry("kontor.data", data.toString()),
                Map.entry("kontor.http.port", "0"),
                Map.entry("kontor.odoo.url", arguments[1]),
                Map.entry("kontor.odoo.db", "sandbox"),
                Map.entry("kontor.odoo.api-key", KEY),
                Map.entry("kontor.odoo.request-limit", "2s"),
                Map.entry("kontor.deliveries.sweep-every", "1s"),
                Map.entry("kontor.secret.shopify", KEY),
                Map.entry("kontor.secret.shopify-eu", KEY),
                Map.entry("kontor.users." + MAKER + ".key", keyOf(MAKER)),
                Map.entry("kontor.users." + MAKER + ".roles", "finance,operator"),
                Map.entry("kontor.users." + CHECKER + ".key", keyOf(CHECKER)),
                Map.entry("kontor.users." + CHECKER + ".roles", "finance")));
    for (int i = 2; i < arguments.length; i++) {
      String[] setting = arguments[i].split("=", 2);
      given.put(setting[0], setting[1]);
    }
    Settings settings = SettingsReader.of(given);
    HubWiring wiring = new HubWiring(Clock.systemUTC());
    Hub hub =
        Hub.start(
            settings,
            (s, outside) -> {
              Parts parts = wiring.wire(s, outside);
              return s.night().clustered() ? parts : parts.withNightly(() -> {});
            });
    RunningProcess.stopWithProcess(hub, Duration.ofSeconds(45));
    Thread.currentThread().join();
  }
}
