package io.kontor.app;

import java.util.Locale;
import java.util.Optional;

/**
 * The keys of {@code kontor.properties}, each with its default and its meaning. Durations are
 * written {@code 30s}, {@code 5m}, {@code 2h}, {@code 90d}; a size is in bytes.
 */
public enum SettingsKey {
  DATA("kontor.data", "data", "directory of everything that the hub owns"),
  ROUTES("kontor.routes", "routes", "directory of the routes"),
  MAPPINGS("kontor.mappings", "mappings", "directory of the mappings"),

  BOOKS("kontor.books", "", "directory of the file books, which nodes share; empty: data/books"),

  HTTP_HOST("kontor.http.host", "127.0.0.1", "address to listen on"),
  HTTP_PORT("kontor.http.port", "8080", "port to listen on; 0 for any free one"),
  HTTP_BODY_LIMIT("kontor.http.body-limit", "8388608", "longest webhook, in bytes"),
  HTTP_WORKERS("kontor.http.workers", "64", "requests handled at once"),

  BROKER_URL("kontor.broker.url", "", "an external Artemis, such as tcp://artemis:61616"),
  BROKER_USER("kontor.broker.user", "", "user at the external broker"),
  BROKER_PASSWORD("kontor.broker.password", "", "password at the external broker", true),

  DATABASE_URL("kontor.database.url", "", "jdbc:postgresql://host/db; empty for a file"),
  DATABASE_USER("kontor.database.user", "kontor", "user at the database"),
  DATABASE_PASSWORD("kontor.database.password", "", "password at the database", true),
  DATABASE_POOL("kontor.database.pool", "10", "connections at most"),

  INBOX_BATCH("kontor.inbox.batch", "100", "documents recorded in one transaction at most"),
  INBOX_CONSUMERS("kontor.inbox.consumers", "2", "threads that record"),
  INBOX_LIMIT("kontor.inbox.limit", "100000", "waiting documents beyond which 429 is answered"),

  DELIVERIES_WORKERS("kontor.deliveries.workers", "2", "threads that deliver"),
  DELIVERIES_SWEEP("kontor.deliveries.sweep-every", "15s", "how often lost tickets are found"),
  DELIVERIES_OLDEST("kontor.deliveries.oldest-pending", "1h", "a longer wait is reported as down"),

  ODOO_URL("kontor.odoo.url", "http://127.0.0.1:8069", "address of the Odoo server"),
  ODOO_DB("kontor.odoo.db", "odoo", "name of its database"),
  ODOO_LOGIN("kontor.odoo.login", "admin", "login (JSON-RPC, Odoo 16 to 18)"),
  ODOO_API_KEY("kontor.odoo.api-key", "", "API key", true),
  ODOO_CONNECT_TIMEOUT("kontor.odoo.connect-timeout", "5s", "longest wait for a connection"),
  ODOO_TIMEOUT("kontor.odoo.timeout", "120s", "longest wait for an answer"),
  ODOO_REQUEST_LIMIT(
      "kontor.odoo.request-limit", "120s", "after which a call has no effect: its limit_time_real"),
  ODOO_CALLERS("kontor.odoo.callers", "2", "calls at once: as many as Odoo has workers"),
  ODOO_CREATE_PRODUCTS("kontor.odoo.create-products", "false", "may create unknown products"),

  NIGHT_AT("kontor.night.at", "02:00", "when the night is run, in each entity's zone"),
  NIGHT_CLUSTERED("kontor.night.clustered", "false", "Quartz triggers in the shared database"),

  RETENTION_DOCUMENTS(
      "kontor.retention.documents",
      "400d",
      "how long raw documents and the buyers of orders are kept"),

  STOP_WITHIN("kontor.stop-within", "30s", "longest time to stop in an orderly way");

  private final String key;
  private final String absent;
  private final String meaning;
  private final boolean secret;

  SettingsKey(String key, String absent, String meaning) {
    this(key, absent, meaning, false);
  }

  SettingsKey(String key, String absent, String meaning, boolean secret) {
    this.key = key;
    this.absent = absent;
    this.meaning = meaning;
    this.secret = secret;
  }

  public String key() {
    return key;
  }

  /** The value where none is given. */
  public String absent() {
    return absent;
  }

  public String meaning() {
    return meaning;
  }

  /** Whether it may also be given as {@code <key>.file}, and is never printed. */
  public boolean secret() {
    return secret;
  }

  /** The environment variable that sets it: {@code KONTOR_HTTP_PORT}. */
  public String variable() {
    return variable(key);
  }

  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  static Optional<SettingsKey> of(String key) {
    for (SettingsKey candidate : values()) {
      if (candidate.key.equals(key)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
