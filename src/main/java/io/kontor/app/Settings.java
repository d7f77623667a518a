package io.kontor.app;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be set, checked once at start; see {@link SettingsReader} for where it comes
 * from and {@link SettingsKey} for what each key means.
 *
 * @param data where the hub keeps what it owns
 * @param books where the file books are; nodes that share a database share it, too
 * @param secrets by name, as mappings name them
 * @param channels free settings that routes of a channel use: {@code kontor.channel.<name>.…}, with
 *     their full keys
 * @param camel what is passed on to Camel as it stands: {@code camel.…}
 */
public record Settings(
    Path data,
    Path routes,
    Path mappings,
    Path books,
    Http http,
    Broker broker,
    Database database,
    Inbox inbox,
    Deliveries deliveries,
    Odoo odoo,
    Night night,
    Retention retention,
    Duration stopWithin,
    Map<String, Secret> secrets,
    Map<String, User> users,
    Map<String, String> channels,
    Map<String, String> camel) {

  public Settings {
    secrets = Map.copyOf(secrets);
    users = Map.copyOf(users);
    channels = Map.copyOf(channels);
    camel = Map.copyOf(camel);
  }

  /**
   * The same, but listening on whichever port is free: for a hub that a command opens for itself.
   */
  public Settings onAnyPort() {
    return new Settings(
        data,
        routes,
        mappings,
        books,
        new Http(http.host(), 0, http.bodyLimit(), http.workers()),
        broker,
        database,
        inbox,
        deliveries,
        odoo,
        night,
        retention,
        stopWithin,
        secrets,
        users,
        channels,
        camel);
  }

  /** The same with another Odoo, other secrets and other users: for the demonstration. */
  public Settings with(Odoo newOdoo, Map<String, Secret> newSecrets, Map<String, User> newUsers) {
    return new Settings(
        data,
        routes,
        mappings,
        books,
        http,
        broker,
        database,
        inbox,
        deliveries,
        newOdoo,
        night,
        retention,
        stopWithin,
        newSecrets,
        newUsers,
        channels,
        camel);
  }

  /** The secret of that name, as text. */
  public Optional<String> secret(String name) {
    return Optional.ofNullable(secrets.get(name)).filter(Secret::isSet).map(Secret::reveal);
  }

  /**
   * The one HTTP listener.
   *
   * @param port 0 for any free one
   * @param bodyLimit the longest webhook, in bytes
   */
  public record Http(String host, int port, int bodyLimit, int workers) {}

  /** Where the broker is; an empty URL means inside this process. */
  public record Broker(String url, String user, Secret password) {

    public boolean embedded() {
      return url.isEmpty();
    }
  }

  /** Where the database is; an empty URL means a file in the data directory. */
  public record Database(String url, String user, Secret password, int pool) {

    public boolean embedded() {
      return url.isEmpty();
    }
  }

  /**
   * How documents are recorded.
   *
   * @param limit how many documents may wait before webhooks are answered 429 (embedded broker)
   */
  public record Inbox(int batch, int consumers, long limit) {}

  /** How deliveries are carried out. */
  public record Deliveries(int workers, Duration sweepEvery, Duration oldestPending) {}

  /**
   * The Odoo server.
   *
   * @param requestLimit how long after a call that was not answered it may still take effect
   * @param callers how many requests may be under way at once: its workers, more bring nothing
   * @param createProducts whether an unknown SKU may become a product
   */
  public record Odoo(
      String url,
      String db,
      String login,
      Secret apiKey,
      Duration connectTimeout,
      Duration timeout,
      Duration requestLimit,
      int callers,
      boolean createProducts) {}

  /**
   * The nightly run.
   *
   * @param at when, in each entity's own zone
   * @param clustered whether Quartz keeps its triggers in the (PostgreSQL) database
   */
  public record Night(LocalTime at, boolean clustered) {}

  /** How long raw documents are kept, and with them the personal data that they hold. */
  public record Retention(Duration documents) {}

  /** Someone who may use the console, the API and JMX. */
  public record User(String name, Secret key, Set<Role> roles) {

    public User {
      roles = Set.copyOf(roles);
    }
  }

  /** What a user may do. */
  public enum Role {
    /** Watches exchanges and clears the operations desk. */
    OPERATOR,
    /** Runs, approves and writes off. */
    FINANCE,
    /** Changes and replays. */
    ENGINEER
  }
}
