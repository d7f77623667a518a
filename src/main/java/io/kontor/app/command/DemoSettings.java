package io.kontor.app.command;

import io.kontor.app.Secret;
import io.kontor.app.Settings;
import io.kontor.app.SettingsKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a hub of the demo has beside the settings that were given: its people and their keys and,
 * where no Odoo is named, a sandbox that lives in its data directory.
 */
final class DemoSettings {

  static final String MAKER = "mona";
  static final String CHECKER = "chris";
  private static final String DATABASE = "sandbox";

  private DemoSettings() {}

  /** Whether the demo left its sandbox in the data directory, and no other Odoo is named. */
  static boolean hasSandbox(Settings settings) {
    return namesNoOdoo(settings) && Files.isDirectory(directory(settings));
  }

  /** Whether the settings leave it to us which Odoo to speak to. */
  private static boolean namesNoOdoo(Settings settings) {
    return !settings.odoo().apiKey().isSet()
        && settings.odoo().url().equals(SettingsKey.ODOO_URL.absent());
  }

  private static Path directory(Settings settings) {
    return settings.data().resolve("sandbox-odoo");
  }

  /** Starts the sandbox of the data directory. */
  static SandboxProcess sandbox(Settings settings, DemoKeys keys) throws IOException {
    return SandboxProcess.start(directory(settings), DATABASE, keys.of("odoo"));
  }

  /**
   * @param sandbox the Odoo to speak to; empty for the one of the settings
   */
  static Settings of(Settings base, DemoKeys keys, Optional<SandboxProcess> sandbox) {
    Settings.Odoo odoo = base.odoo();
    if (sandbox.isPresent()) {
      odoo =
          new Settings.Odoo(
              sandbox.get().url(),
              DATABASE,
              "admin",
              new Secret(keys.of("odoo")),
              odoo.connectTimeout(),
              odoo.timeout(),
              odoo.requestLimit(),
              odoo.callers(),
              odoo.createProducts());
    }
    Map<String, Settings.User> users = new TreeMap<>(base.users());
    users.put(MAKER, user(keys, MAKER));
    users.put(CHECKER, user(keys, CHECKER));
    Map<String, Secret> secrets = new TreeMap<>(base.secrets());
    secrets.put("shopify", new Secret(keys.of("shopify")));
    secrets.put("shopify-eu", new Secret(keys.of("shopify-eu")));
    return base.with(odoo, secrets, users);
  }

  private static Settings.User user(DemoKeys keys, String name) {
    return new Settings.User(
        name, new Secret(keys.of(name)), Set.of(Settings.Role.FINANCE, Settings.Role.OPERATOR));
  }
}
