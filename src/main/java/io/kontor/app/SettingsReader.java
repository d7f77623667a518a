package io.kontor.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads the settings: given values (the command line) before the environment ({@code KONTOR_…})
 * before the file before the defaults. Lists every fault; an unknown {@code kontor.*} key is one,
 * named with the nearest known key, because a misspelt key that is silently ignored costs a night.
 */
public final class SettingsReader {

  private final Map<String, String> byKey = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final SettingsValues values = new SettingsValues(byKey, faults);

  private SettingsReader() {}

  /**
   * Reads and checks.
   *
   * @param file the settings file; if empty, none is read
   * @param environment the process's environment
   * @param given what was given on the command line, by key
   * @throws SettingsException with all faults
   */
  public static Settings read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> given) {
    return read(file, environment, given, stranger -> {});
  }

  /**
   * The same.
   *
   * @param warnings is told of each variable that looks like a setting and is none: others may have
   *     set it, so it stops nothing
   */
  public static Settings read(
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> given,
      Consumer<String> warnings) {
    SettingsReader reader = new SettingsReader();
    file.ifPresent(reader::readFile);
    Variables variables = new Variables(environment, reader.named(environment, given));
    reader.byKey.putAll(variables.values());
    reader.byKey.putAll(given);
    reader.refuseUnknown();
    Settings settings = reader.settings();
    if (!reader.faults.isEmpty()) {
      throw new SettingsException(reader.faults);
    }
    variables.strangers().forEach(warnings);
    return settings;
  }

  /** Only the defaults, changed by what is given; for tests and embedding. */
  public static Settings of(Map<String, String> given) {
    return read(Optional.empty(), Map.of(), given);
  }

  /** The keys that the file names, and those of channels that the routes ask for. */
  private Set<String> named(Map<String, String> environment, Map<String, String> given) {
    SettingsKey routes = SettingsKey.ROUTES;
    String folder =
        Stream.of(
                given.get(routes.key()),
                environment.get(routes.variable()),
                byKey.get(routes.key()))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(routes.absent());
    Set<String> named = new TreeSet<>(byKey.keySet());
    named.addAll(RouteFiles.channelKeys(Path.of(folder)));
    return named;
  }

  private void readFile(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      faults.add("%s cannot be read: %s".formatted(file, SettingsValues.why(file, e)));
    }
    properties.stringPropertyNames().forEach(k -> byKey.put(k, properties.getProperty(k)));
  }

  private void refuseUnknown() {
    for (String key : byKey.keySet()) {
      if (!KnownKeys.contain(key)) {
        faults.add("unknown key '%s'; did you mean '%s'?".formatted(key, KnownKeys.nearest(key)));
      }
    }
  }

  private Settings settings() {
    return new Settings(
        values.path(SettingsKey.DATA),
        values.path(SettingsKey.ROUTES),
        values.path(SettingsKey.MAPPINGS),
        books(),
        new Settings.Http(
            values.required(SettingsKey.HTTP_HOST),
            values.number(SettingsKey.HTTP_PORT, 0, 65_535),
            values.number(SettingsKey.HTTP_BODY_LIMIT, 1, Integer.MAX_VALUE / 2),
            values.number(SettingsKey.HTTP_WORKERS, 1, 1_000)),
        broker(),
        database(),
        new Settings.Inbox(
            values.number(SettingsKey.INBOX_BATCH, 1, 1_000),
            values.number(SettingsKey.INBOX_CONSUMERS, 1, 100),
            values.number(SettingsKey.INBOX_LIMIT, 1, Integer.MAX_VALUE)),
        new Settings.Deliveries(
            values.number(SettingsKey.DELIVERIES_WORKERS, 1, 100),
            values.duration(SettingsKey.DELIVERIES_SWEEP),
            values.duration(SettingsKey.DELIVERIES_OLDEST)),
        odoo(),
        new Settings.Night(
            values.parsed(SettingsKey.NIGHT_AT, Parse::time, "a time such as 02:00"),
            values.flag(SettingsKey.NIGHT_CLUSTERED)),
        new Settings.Retention(values.duration(SettingsKey.RETENTION_DOCUMENTS)),
        values.duration(SettingsKey.STOP_WITHIN),
        secrets(),
        new UsersReader(values, faults).read(),
        values.starting(KnownKeys.CHANNEL),
        values.starting(KnownKeys.CAMEL));
  }

  private Path books() {
    return values.text(SettingsKey.BOOKS).isEmpty()
        ? values.path(SettingsKey.DATA).resolve("books")
        : values.path(SettingsKey.BOOKS);
  }

  private Settings.Broker broker() {
    return new Settings.Broker(
        values.parsed(
            SettingsKey.BROKER_URL,
            Parse::brokerUrl,
            "the address of an Artemis such as tcp://artemis:61616"),
        values.text(SettingsKey.BROKER_USER),
        values.secret(SettingsKey.BROKER_PASSWORD));
  }

  private Settings.Database database() {
    return new Settings.Database(
        databaseUrl(),
        values.text(SettingsKey.DATABASE_USER),
        values.secret(SettingsKey.DATABASE_PASSWORD),
        values.number(SettingsKey.DATABASE_POOL, 2, 1_000));
  }

  private Settings.Odoo odoo() {
    return new Settings.Odoo(
        values.parsed(SettingsKey.ODOO_URL, Parse::httpUrl, "an http(s) address"),
        values.required(SettingsKey.ODOO_DB),
        values.text(SettingsKey.ODOO_LOGIN),
        values.secret(SettingsKey.ODOO_API_KEY),
        values.duration(SettingsKey.ODOO_CONNECT_TIMEOUT),
        values.duration(SettingsKey.ODOO_TIMEOUT),
        values.duration(SettingsKey.ODOO_REQUEST_LIMIT),
        values.number(SettingsKey.ODOO_CALLERS, 1, 100),
        values.flag(SettingsKey.ODOO_CREATE_PRODUCTS));
  }

  private String databaseUrl() {
    String url = values.text(SettingsKey.DATABASE_URL);
    if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
      faults.add(SettingsKey.DATABASE_URL.key() + " is not a PostgreSQL or H2 address: " + url);
    }
    if (values.flag(SettingsKey.NIGHT_CLUSTERED) && !url.startsWith("jdbc:postgresql:")) {
      faults.add(SettingsKey.NIGHT_CLUSTERED.key() + " needs a PostgreSQL database");
    }
    return url;
  }

  private Map<String, Secret> secrets() {
    Map<String, Secret> secrets = new TreeMap<>();
    for (String given : values.starting(KnownKeys.SECRET).keySet()) {
      String key = KnownKeys.withoutFile(given);
      secrets.put(key.substring(KnownKeys.SECRET.length()), values.secret(key, ""));
    }
    return secrets;
  }
}
