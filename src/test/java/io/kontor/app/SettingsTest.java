package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.kontor.app.Settings.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir Path directory;

  @Test
  void a_variable_that_looks_like_a_setting_and_is_none_is_warned_of_with_the_nearest() {
    List<String> warnings = new ArrayList<>();
    SettingsReader.read(
        Optional.empty(),
        Map.of(
            "KONTOR_HTP_PORT", "1",
            "KONTOR_DATABASE_URI", "jdbc:postgresql://db/kontor",
            "KONTOR_USER", "anna",
            "KONTOR_KEY", "annas key",
            "KONTOR_ODOO_API_KEY", "k",
            "KONTOR_SECRET_SHOPIFY", "s",
            "KONTOR_SERVICE_HOST", "10.0.0.1",
            "KONTOR_PORT", "tcp://10.0.0.1:8080",
            "KONTOR_PORT_8080_TCP_ADDR", "10.0.0.1"),
        Map.of(),
        warnings::add);
    assertThat(warnings)
        .containsExactlyInAnyOrder(
            "KONTOR_DATABASE_URI is no setting and is ignored; did you mean KONTOR_DATABASE_URL?",
            "KONTOR_HTP_PORT is no setting and is ignored; did you mean KONTOR_HTTP_PORT?");
  }

  @Test
  void what_the_routes_ask_of_a_channel_can_be_set_by_a_variable() {
    Settings settings =
        SettingsReader.read(
            Optional.empty(),
            Map.of(
                "KONTOR_CHANNEL_AMAZON_ORDERS_ENABLED", "true",
                "KONTOR_CHANNEL_AMAZON_TOKEN_URL", "http://127.0.0.1:1/token"),
            Map.of(),
            warning -> fail(warning));
    assertThat(settings.channels())
        .containsEntry("kontor.channel.amazon.orders.enabled", "true")
        .containsEntry("kontor.channel.amazon.token-url", "http://127.0.0.1:1/token");
  }

  @Test
  void defaults_are_a_hub_on_loopback_with_everything_embedded() {
    Settings settings = SettingsReader.of(Map.of());
    assertThat(settings.data()).isEqualTo(Path.of("data"));
    assertThat(settings.http()).isEqualTo(new Settings.Http("127.0.0.1", 8080, 8_388_608, 64));
    assertThat(settings.broker().embedded()).isTrue();
    assertThat(settings.database().embedded()).isTrue();
    assertThat(settings.inbox()).isEqualTo(new Settings.Inbox(100, 2, 100_000));
    assertThat(settings.deliveries())
        .isEqualTo(new Settings.Deliveries(2, Duration.ofSeconds(15), Duration.ofHours(1)));
    assertThat(settings.odoo().url()).isEqualTo("http://127.0.0.1:8069");
    assertThat(settings.odoo().createProducts()).isFalse();
    assertThat(settings.night()).isEqualTo(new Settings.Night(LocalTime.of(2, 0), false));
    assertThat(settings.retention().documents()).isEqualTo(Duration.ofDays(400));
    assertThat(settings.users()).isEmpty();
  }

  @Test
  void a_broker_has_one_address_or_several() {
    for (String url :
        List.of(
            "tcp://artemis",
            "tcp://artemis:61616?sslEnabled=true",
            "(tcp://one:61616,tcp://the_other:61616)?ha=true&reconnectAttempts=-1")) {
      assertThat(SettingsReader.of(Map.of("kontor.broker.url", url)).broker().url()).isEqualTo(url);
    }
    for (String url : List.of("artemis:61616", "tcp://", "(tcp://one:61616", "http://artemis")) {
      assertThatThrownBy(() -> SettingsReader.of(Map.of("kontor.broker.url", url)))
          .as(url)
          .hasMessageContaining("kontor.broker.url is '" + url + "', not the address");
    }
  }

  @Test
  void every_key_is_read() throws IOException {
    Map<String, String> values = new TreeMap<>();
    values.put("kontor.data", "/d");
    values.put("kontor.routes", "/r");
    values.put("kontor.mappings", "/m");
    values.put("kontor.http.host", "0.0.0.0");
    values.put("kontor.http.port", "81");
    values.put("kontor.http.body-limit", "99");
    values.put("kontor.http.workers", "7");
    values.put("kontor.broker.url", "tcp://artemis:61616");
    values.put("kontor.broker.user", "bu");
    values.put("kontor.broker.password", "bp");
    values.put("kontor.database.url", "jdbc:postgresql://db/kontor");
    values.put("kontor.database.user", "du");
    values.put("kontor.database.password", "dp");
    values.put("kontor.database.pool", "11");
    values.put("kontor.inbox.batch", "12");
    values.put("kontor.inbox.consumers", "13");
    values.put("kontor.inbox.limit", "14");
    values.put("kontor.deliveries.workers", "15");
    values.put("kontor.deliveries.sweep-every", "16s");
    values.put("kontor.deliveries.oldest-pending", "17m");
    values.put("kontor.odoo.url", "https://odoo.example/");
    values.put("kontor.odoo.db", "prod");
    values.put("kontor.odoo.login", "robot");
    values.put("kontor.odoo.api-key", "ok");
    values.put("kontor.odoo.connect-timeout", "18ms");
    values.put("kontor.odoo.timeout", "19s");
    values.put("kontor.odoo.request-limit", "24s");
    values.put("kontor.odoo.callers", "20");
    values.put("kontor.odoo.create-products", "true");
    values.put("kontor.night.at", "03:30");
    values.put("kontor.night.clustered", "true");
    values.put("kontor.books", "/b");
    values.put("kontor.retention.documents", "21d");
    values.put("kontor.stop-within", "23s");
    assertThat(values.keySet())
        .containsExactlyInAnyOrderElementsOf(
            List.of(SettingsKey.values()).stream().map(SettingsKey::key).toList());

    Settings settings = SettingsReader.of(values);

    assertThat(List.of(settings.data(), settings.routes(), settings.mappings(), settings.books()))
        .containsExactly(Path.of("/d"), Path.of("/r"), Path.of("/m"), Path.of("/b"));
    assertThat(settings.http()).isEqualTo(new Settings.Http("0.0.0.0", 81, 99, 7));
    assertThat(settings.broker().url()).isEqualTo("tcp://artemis:61616");
    assertThat(settings.broker().user()).isEqualTo("bu");
    assertThat(settings.broker().password().reveal()).isEqualTo("bp");
    assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://db/kontor");
    assertThat(settings.database().user()).isEqualTo("du");
    assertThat(settings.database().password().reveal()).isEqualTo("dp");
    assertThat(settings.database().pool()).isEqualTo(11);
    assertThat(settings.inbox()).isEqualTo(new Settings.Inbox(12, 13, 14));
    assertThat(settings.deliveries())
        .isEqualTo(new Settings.Deliveries(15, Duration.ofSeconds(16), Duration.ofMinutes(17)));
    assertThat(settings.odoo().url()).isEqualTo("https://odoo.example");
    assertThat(settings.odoo().db()).isEqualTo("prod");
    assertThat(settings.odoo().login()).isEqualTo("robot");
    assertThat(settings.odoo().apiKey().reveal()).isEqualTo("ok");
    assertThat(settings.odoo().connectTimeout()).isEqualTo(Duration.ofMillis(18));
    assertThat(settings.odoo().requestLimit()).isEqualTo(Duration.ofSeconds(24));
    assertThat(settings.odoo().timeout()).isEqualTo(Duration.ofSeconds(19));
    assertThat(settings.odoo().callers()).isEqualTo(20);
    assertThat(settings.odoo().createProducts()).isTrue();
    assertThat(settings.night()).isEqualTo(new Settings.Night(LocalTime.of(3, 30), true));
    assertThat(settings.retention()).isEqualTo(new Settings.Retention(Duration.ofDays(21)));
    assertThat(settings.stopWithin()).isEqualTo(Duration.ofSeconds(23));
  }

  @Test
  void an_unknown_key_is_named_with_the_nearest_known_one() {
    assertThatThrownBy(() -> SettingsReader.of(Map.of("kontor.odoo.api_key", "x")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("unknown key 'kontor.odoo.api_key'")
        .hasMessageContaining("'kontor.odoo.api-key'");
    assertThatThrownBy(() -> SettingsReader.of(Map.of("kontor.users.anna.rolls", "x")))
        .hasMessageContaining("'kontor.users.<name>.roles'");
  }

  @Test
  void all_faults_are_listed_together() {
    Map<String, String> values =
        Map.of(
            "kontor.http.port", "eighty",
            "kontor.odoo.timeout", "5 minutes",
            "kontor.odoo.url", "odoo",
            "kontor.night.clustered", "true",
            "kontor.users.anna.roles", "boss",
            "kontor.users.kontor.key", "x",
            "kontor.broker.url", "nonsense",
            "kontor.odoo.api-key.file", directory.resolve("none").toString(),
            "kontor.database.password.file", directory.toString());
    assertThatThrownBy(() -> SettingsReader.of(values))
        .isInstanceOfSatisfying(
            SettingsException.class,
            e ->
                assertThat(e.faults())
                    .hasSize(10)
                    .anyMatch(f -> f.contains("kontor.http.port is 'eighty'"))
                    .anyMatch(f -> f.contains("a duration such as 30s"))
                    .anyMatch(f -> f.contains("kontor.odoo.url"))
                    .anyMatch(f -> f.contains("needs a PostgreSQL database"))
                    .anyMatch(f -> f.contains("no role 'boss'"))
                    .anyMatch(f -> f.contains("user 'anna' has no key"))
                    .anyMatch(f -> f.contains("no user can be called 'kontor'"))
                    .anyMatch(f -> f.contains("kontor.broker.url is 'nonsense', not the address"))
                    .anyMatch(f -> f.endsWith("there is no file " + directory.resolve("none")))
                    .anyMatch(f -> f.endsWith(directory + " is a folder")));
  }

  @Test
  void a_key_is_of_one_person() {
    assertThatThrownBy(
            () ->
                SettingsReader.of(
                    Map.of(
                        "kontor.users.anna.key", "changeme",
                        "kontor.users.bert.key", "changeme",
                        "kontor.users.carl.key", "another")))
        .isInstanceOfSatisfying(
            SettingsException.class,
            e ->
                assertThat(e.faults())
                    .containsExactly(
                        "users 'anna' and 'bert' have the same key: give each a key of its own"));
  }

  @Test
  void the_command_line_wins_over_the_environment_over_the_file() throws IOException {
    Path file = directory.resolve("kontor.properties");
    Files.writeString(
        file, "kontor.http.port = 1\nkontor.odoo.db = file\nkontor.odoo.login = jürgen\n");
    Settings settings =
        SettingsReader.read(
            Optional.of(file),
            Map.of("KONTOR_HTTP_PORT", "2", "KONTOR_ODOO_DB", "environment"),
            Map.of("kontor.http.port", "3"));
    assertThat(settings.http().port()).isEqualTo(3);
    assertThat(settings.odoo().db()).isEqualTo("environment");
    assertThat(settings.odoo().login()).isEqualTo("jürgen");
  }

  @Test
  void secrets_and_users_come_from_the_environment_or_from_files() throws IOException {
    Path secret = directory.resolve("secret");
    Files.writeString(secret, "from a file\n");
    Settings settings =
        SettingsReader.read(
            Optional.empty(),
            Map.of(
                "KONTOR_SECRET_SHOPIFY_NEW", "from the environment",
                "KONTOR_USERS_ANNA_KEY", "k",
                "KONTOR_USERS_ANNA_ROLES", "finance, engineer",
                "KONTOR_ODOO_API_KEY_FILE", secret.toString(),
                "KONTOR_SERVICE_HOST", "a container platform sets this"),
            Map.of("kontor.secret.shopify-old.file", secret.toString()));
    assertThat(settings.secret("shopify-new")).contains("from the environment");
    assertThat(settings.secret("shopify-old")).contains("from a file");
    assertThat(settings.secret("other")).isEmpty();
    assertThat(settings.odoo().apiKey().reveal()).isEqualTo("from a file");
    assertThat(settings.users().get("anna").roles())
        .containsExactlyInAnyOrder(Role.FINANCE, Role.ENGINEER);
  }

  @Test
  void secrets_are_never_printed() {
    Settings settings =
        SettingsReader.of(
            Map.of(
                "kontor.secret.shop", "hush1",
                "kontor.odoo.api-key", "hush2",
                "kontor.users.anna.key", "hush3",
                "kontor.database.password", "hush4"));
    assertThat(settings.toString()).doesNotContain("hush");
  }
}
