package io.kontor.app;

import io.kontor.app.Settings.Role;
import io.kontor.app.Settings.User;
import io.kontor.work.Actor;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads the settings: given values (the command line) before the environment ({@code KONTOR_…})
 * before the file before the defaults. Lists every fault; an unknown {@code kontor.*} key is one,
 * named with the nearest known key, because a misspelt key that is silently ignored costs a night.
 */
public final class SettingsReader {

  private static final String SECRET = "kontor.secret.";
  private static final String USERS = "kontor.users.";
  private static final String CHANNEL = "kontor.channel.";
  private static final String CAMEL = "camel.";
  private static final String FILE = ".file";

  /** As whom a command speaks to the hub: no setting of the hub. */
  private static final Set<String> SPEAKER = Set.of("KONTOR_USER", "KONTOR_KEY");

  private static final String SETTING_NAME = "[a-z0-9][a-z0-9._-]*";

  private final Map<String, String> values = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final Set<String> faulty = new TreeSet<>();
  private final List<String> strangers = new ArrayList<>();

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
    reader.readEnvironment(environment);
    reader.values.putAll(given);
    reader.refuseUnknown();
    Settings settings = reader.settings();
    if (!reader.faults.isEmpty()) {
      throw new SettingsException(reader.faults);
    }
    reader.strangers.forEach(warnings);
    return settings;
  }

  /** Only the defaults, changed by what is given; for tests and embedding. */
  public static Settings of(Map<String, String> given) {
    return read(Optional.empty(), Map.of(), given);
  }

  private void readFile(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      faults.add("%s cannot be read: %s".formatted(file, why(file, e)));
    }
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
  }

  private void readEnvironment(Map<String, String> environment) {
    Map<String, String> byVariable = new TreeMap<>();
    for (SettingsKey key : SettingsKey.values()) {
      byVariable.put(key.variable(), key.key());
      if (key.secret()) {
        byVariable.put(key.variable() + "_FILE", key.key() + FILE);
      }
    }
    // A key that the file names can be replaced from the environment too, whatever its pattern.
    values.keySet().forEach(key -> byVariable.putIfAbsent(SettingsKey.variable(key), key));
    environment.forEach(
        (variable, value) -> {
          String key = byVariable.getOrDefault(variable, patternKey(variable));
          if (key != null) {
            values.put(key, value);
          } else if (isStranger(variable, value)) {
            strangers.add(
                "%s is no setting and is ignored; did you mean %s?"
                    .formatted(variable, Nearest.of(variable, byVariable.keySet())));
          }
        });
  }

  /** Not those that say who speaks, nor what Kubernetes sets for a service of that name. */
  private static boolean isStranger(String variable, String value) {
    return variable.startsWith("KONTOR_")
        && !SPEAKER.contains(variable)
        && !variable.matches("KONTOR_.*(SERVICE_(HOST|PORT)(_.*)?|_(TCP|UDP)(_.*)?)")
        && !value.contains("://");
  }

  /**
   * The key of a variable such as {@code KONTOR_SECRET_SHOPIFY_NEW} or {@code
   * KONTOR_USERS_ANNA_KEY}; an underscore in a secret's name stands for a dash. Other variables may
   * not be ours: a container platform sets some of that prefix by itself.
   */
  private static String patternKey(String variable) {
    String name = variable.toLowerCase(Locale.ROOT);
    for (String prefix : List.of(SECRET, USERS)) {
      if (name.startsWith(prefix.replace('.', '_'))) {
        String rest = name.substring(prefix.length());
        for (String ending : List.of("key_file", "file", "key", "roles")) {
          boolean fits = prefix.equals(USERS) ? !ending.equals("file") : ending.equals("file");
          if (fits && rest.endsWith("_" + ending)) {
            String owner = rest.substring(0, rest.length() - ending.length() - 1);
            return prefix + owner.replace('_', '-') + "." + ending.replace('_', '.');
          }
        }
        return prefix.equals(SECRET) ? prefix + rest.replace('_', '-') : null;
      }
    }
    return null;
  }

  private void refuseUnknown() {
    for (String key : values.keySet()) {
      if (!known(key)) {
        faults.add("unknown key '%s'; did you mean '%s'?".formatted(key, nearest(key)));
      }
    }
  }

  private static boolean known(String key) {
    if (SettingsKey.of(key).isPresent() || key.startsWith(CAMEL)) {
      return true;
    }
    if (key.endsWith(FILE)
        && SettingsKey.of(withoutFile(key)).filter(SettingsKey::secret).isPresent()) {
      return true;
    }
    return key.matches("kontor\\.secret\\." + SETTING_NAME)
        || key.matches("kontor\\.users\\.[^.]+\\.(key|key\\.file|roles)")
        || key.matches("kontor\\.channel\\.[^.]+\\." + SETTING_NAME);
  }

  private static String nearest(String key) {
    Set<String> candidates = new TreeSet<>();
    for (SettingsKey candidate : SettingsKey.values()) {
      candidates.add(candidate.key());
    }
    candidates.addAll(
        List.of(
            "kontor.secret.<name>",
            "kontor.users.<name>.key",
            "kontor.users.<name>.roles",
            "kontor.channel.<name>.<setting>"));
    return Nearest.of(key, candidates);
  }

  private Settings settings() {
    return new Settings(
        path(SettingsKey.DATA),
        path(SettingsKey.ROUTES),
        path(SettingsKey.MAPPINGS),
        books(),
        new Settings.Http(
            required(SettingsKey.HTTP_HOST),
            number(SettingsKey.HTTP_PORT, 0, 65_535),
            number(SettingsKey.HTTP_BODY_LIMIT, 1, Integer.MAX_VALUE / 2),
            number(SettingsKey.HTTP_WORKERS, 1, 1_000)),
        new Settings.Broker(
            parsed(
                SettingsKey.BROKER_URL,
                Parse::brokerUrl,
                "the address of an Artemis such as tcp://artemis:61616"),
            text(SettingsKey.BROKER_USER),
            secret(SettingsKey.BROKER_PASSWORD)),
        new Settings.Database(
            databaseUrl(),
            text(SettingsKey.DATABASE_USER),
            secret(SettingsKey.DATABASE_PASSWORD),
            number(SettingsKey.DATABASE_POOL, 2, 1_000)),
        new Settings.Inbox(
            number(SettingsKey.INBOX_BATCH, 1, 1_000),
            number(SettingsKey.INBOX_CONSUMERS, 1, 100),
            number(SettingsKey.INBOX_LIMIT, 1, Integer.MAX_VALUE)),
        new Settings.Deliveries(
            number(SettingsKey.DELIVERIES_WORKERS, 1, 100),
            duration(SettingsKey.DELIVERIES_SWEEP),
            duration(SettingsKey.DELIVERIES_OLDEST)),
        odoo(),
        new Settings.Night(
            parsed(SettingsKey.NIGHT_AT, Parse::time, "a time such as 02:00"),
            flag(SettingsKey.NIGHT_CLUSTERED)),
        new Settings.Retention(duration(SettingsKey.RETENTION_DOCUMENTS)),
        duration(SettingsKey.STOP_WITHIN),
        secrets(),
        users(),
        starting(CHANNEL),
        starting(CAMEL));
  }

  private Path books() {
    return text(SettingsKey.BOOKS).isEmpty()
        ? path(SettingsKey.DATA).resolve("books")
        : path(SettingsKey.BOOKS);
  }

  private Settings.Odoo odoo() {
    return new Settings.Odoo(
        parsed(SettingsKey.ODOO_URL, Parse::httpUrl, "an http(s) address"),
        required(SettingsKey.ODOO_DB),
        text(SettingsKey.ODOO_LOGIN),
        secret(SettingsKey.ODOO_API_KEY),
        duration(SettingsKey.ODOO_CONNECT_TIMEOUT),
        duration(SettingsKey.ODOO_TIMEOUT),
        duration(SettingsKey.ODOO_REQUEST_LIMIT),
        number(SettingsKey.ODOO_CALLERS, 1, 100),
        flag(SettingsKey.ODOO_CREATE_PRODUCTS));
  }

  private String databaseUrl() {
    String url = text(SettingsKey.DATABASE_URL);
    if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
      faults.add(SettingsKey.DATABASE_URL.key() + " is not a PostgreSQL or H2 address: " + url);
    }
    if (flag(SettingsKey.NIGHT_CLUSTERED) && !url.startsWith("jdbc:postgresql:")) {
      faults.add(SettingsKey.NIGHT_CLUSTERED.key() + " needs a PostgreSQL database");
    }
    return url;
  }

  private Map<String, Secret> secrets() {
    Map<String, Secret> secrets = new TreeMap<>();
    for (String key : starting(SECRET).keySet()) {
      secrets.put(withoutFile(key).substring(SECRET.length()), secretOf(withoutFile(key), ""));
    }
    return secrets;
  }

  private Map<String, User> users() {
    Set<String> names = new TreeSet<>();
    starting(USERS)
        .keySet()
        .forEach(key -> names.add(key.substring(USERS.length()).split("\\.", -1)[0]));
    Map<String, User> users = new TreeMap<>();
    for (String name : names) {
      if (name.equals(Actor.HUB.name())) {
        faults.add("no user can be called '%s': that is the hub itself".formatted(name));
      }
      Secret key = secretOf(USERS + name + ".key", "");
      if (!key.isSet()) {
        faults.add("user '%s' has no key: set %s%s.key".formatted(name, USERS, name));
      }
      users.put(name, new User(name, key, roles(name)));
    }
    return users;
  }

  private Set<Role> roles(String name) {
    String key = USERS + name + ".roles";
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : values.getOrDefault(key, "operator").split(",", -1)) {
      try {
        roles.add(Role.valueOf(word.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        faults.add("%s: no role '%s', there are operator, finance, engineer".formatted(key, word));
      }
    }
    return roles;
  }

  private Secret secret(SettingsKey key) {
    return secretOf(key.key(), key.absent());
  }

  private Secret secretOf(String key, String absent) {
    String file = values.get(key + FILE);
    if (file == null) {
      return new Secret(values.getOrDefault(key, absent));
    }
    if (values.containsKey(key) && faulty.add(key)) {
      faults.add("%s and %s%s are both set".formatted(key, key, FILE));
    }
    try {
      return new Secret(Files.readString(Path.of(file)).strip());
    } catch (IOException e) {
      if (faulty.add(key)) {
        faults.add("%s%s cannot be read: %s".formatted(key, FILE, why(Path.of(file), e)));
      }
      return Secret.NONE;
    }
  }

  /** In words: the JDK names the file, and what is wrong only by the name of a class. */
  private static String why(Path file, Exception thrown) {
    if (thrown instanceof NoSuchFileException) {
      return "there is no file " + file;
    }
    if (thrown instanceof AccessDeniedException) {
      return "who runs Kontor may not read " + file;
    }
    if (thrown instanceof CharacterCodingException) {
      return file + " is no text in UTF-8";
    }
    return Files.isDirectory(file) ? file + " is a folder" : thrown.getMessage();
  }

  private String text(SettingsKey key) {
    return values.getOrDefault(key.key(), key.absent()).strip();
  }

  private String required(SettingsKey key) {
    String value = text(key);
    if (value.isEmpty()) {
      faults.add(key.key() + " is empty");
    }
    return value;
  }

  private Path path(SettingsKey key) {
    return parsed(key, Path::of, "a path");
  }

  private int number(SettingsKey key, int least, int most) {
    return parsed(
        key, text -> Parse.number(text, least, most), "a number from " + least + " to " + most);
  }

  private boolean flag(SettingsKey key) {
    return parsed(key, Parse::flag, "true or false");
  }

  private Duration duration(SettingsKey key) {
    return parsed(key, Parse::duration, "a duration such as 30s, 5m, 2h or 90d");
  }

  /** What the value means; a faulty one is listed once and read as its default. */
  private <T> T parsed(SettingsKey key, Parse.Reading<T> reading, String expected) {
    String value = text(key);
    try {
      return reading.read(value);
    } catch (RuntimeException e) {
      if (faulty.add(key.key())) {
        faults.add("%s is '%s', not %s".formatted(key.key(), value, expected));
      }
      return reading.read(key.absent());
    }
  }

  private Map<String, String> starting(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key, value);
          }
        });
    return found;
  }

  private static String withoutFile(String key) {
    return key.endsWith(FILE) ? key.substring(0, key.length() - FILE.length()) : key;
  }
}
