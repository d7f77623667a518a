package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kontor.Folders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The polling route against a small Amazon. */
class FeedTest {

  @TempDir Path data;
  private final FakeParts fakes = new FakeParts();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile boolean refusing;
  private volatile boolean silent;
  private final Map<String, String> given = new TreeMap<>();
  private HttpServer amazon;
  private Hub hub;

  @BeforeEach
  void start() throws Exception {
    amazon = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    amazon.createContext("/token", this::token);
    amazon.createContext("/orders", this::orders);
    amazon.start();
    String address = "http://127.0.0.1:" + amazon.getAddress().getPort();
    given.putAll(
        Map.of(
            "kontor.data", data.toString(),
            "kontor.http.port", "0",
            "kontor.routes", impatient().toString(),
            "kontor.secret.amazon-refresh-token", "r&t",
            "kontor.secret.amazon-client-id", "id",
            "kontor.secret.amazon-client-secret", "secret",
            "kontor.channel.amazon.orders.enabled", "true",
            "kontor.channel.amazon.orders.url", address + "/orders",
            "kontor.channel.amazon.token-url", address + "/token",
            "kontor.channel.amazon.orders.period", "200"));
    hub = Hub.start(SettingsReader.of(given), fakes::wire);
  }

  @AfterEach
  void stop() {
    hub.close();
    amazon.stop(0);
  }

  /** The routes with a patience of seconds. */
  private Path impatient() throws IOException {
    Path routes = Folders.copy(Path.of("routes"), data.resolve("routes"));
    Path policy = routes.resolve("errors/wait-for-feed.camel.yaml");
    String text = Files.readString(policy);
    assertThat(text).contains("redeliveryDelay: \"2000\"", "maximumRedeliveryDelay: \"120000\"");
    Files.writeString(
        policy,
        text.replace("redeliveryDelay: \"2000\"", "redeliveryDelay: \"50\"")
            .replace("maximumRedeliveryDelay: \"120000\"", "maximumRedeliveryDelay: \"100\""));
    return routes;
  }

  private void token(HttpExchange call) throws IOException {
    tokens.incrementAndGet();
    if (silent) {
      call.close(); // without an answer
    } else {
      reply(call, "{\"access_token\":\"a token\"}");
    }
  }

  /** As Amazon does: a page is asked for as the first one was, and the token besides. */
  private void orders(HttpExchange call) throws IOException {
    String query = call.getRequestURI().getRawQuery();
    asked.add(query + " " + call.getRequestHeaders().getFirst("x-amz-access-token"));
    boolean second = query.contains("paginationToken");
    if (refusing) {
      reply(call, 403, "{\"errors\":[{\"code\":\"Unauthorized\"}]}");
    } else if (second && busy.getAndDecrement() > 0) {
      reply(call, 429, "{\"errors\":[{\"code\":\"QuotaExceeded\"}]}");
    } else if (!query.contains("lastUpdatedAfter=") || !query.contains("marketplaceIds=")) {
      reply(call, 400, "{\"errors\":[{\"code\":\"InvalidInput\"}]}");
    } else {
      reply(
          call,
          second
              ? "{\"orders\":[2],\"pagination\":{}}"
              : "{\"orders\":[1],\"pagination\":{\"nextToken\":\"t/1=\"}}");
    }
  }

  private static void reply(HttpExchange call, String body) throws IOException {
    reply(call, 200, body);
  }

  private static void reply(HttpExchange call, int status, String body) throws IOException {
    call.getRequestBody().readAllBytes();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().add("Content-Type", "application/json");
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
    call.close();
  }

  @Test
  void a_feed_is_read_page_by_page_from_where_it_was_left_and_repeats_are_skipped() {
    await().atMost(Duration.ofSeconds(40)).until(() -> asked.size() >= 4);
    await().until(() -> fakes.recorded.size() == 2);
    assertThat(fakes.recorded)
        .allSatisfy(
            d -> {
              assertThat(d.id()).startsWith("amazon/orders/sha256:");
              assertThat(d.contentType()).isEqualTo("application/json");
            });
    String first =
        "marketplaceIds=ATVPDKIKX0DER&includedData=PROCEEDS,FULFILLMENT,PACKAGES,RECIPIENT,BUYER"
            + "&lastUpdatedAfter=2026-01-01T00%3A00%3A00Z";
    assertThat(asked.get(0)).isEqualTo(first + " a token");
    assertThat(asked.get(1)).isEqualTo(first + "&paginationToken=t%2F1%3D a token");
    assertThat(asked.get(2)).doesNotContain("2026-01-01T00%3A00%3A00Z");
    assertThat(fakes.refused).isEmpty();
    assertThat(fakes.wentWell).contains("poll-amazon-orders");
  }

  @Test
  void a_page_that_the_vendor_is_too_busy_for_is_asked_for_again() {
    busy.set(1);
    await().atMost(Duration.ofSeconds(40)).until(() -> fakes.recorded.size() == 2);
    assertThat(asked.get(2)).isEqualTo(asked.get(1)).contains("paginationToken");
    assertThat(fakes.refused).isEmpty();
  }

  @Test
  void a_feed_that_stays_busy_is_asked_so_many_times_and_ends_on_the_desk() {
    busy.set(Integer.MAX_VALUE);
    await().atMost(Duration.ofSeconds(40)).until(() -> !fakes.refused.isEmpty());
    assertThat(fakes.refused.get(0))
        .isEqualTo("poll-amazon-orders/feed-busy/amazon/orders: The feed answers 429");
    assertThat(asked.stream().skip(1).takeWhile(one -> one.contains("paginationToken")).count())
        .as("once, and ten times more")
        .isEqualTo(11);
  }

  @Test
  void a_vendor_that_gives_no_token_is_asked_so_many_times_and_ends_on_the_desk() {
    silent = true;
    await().atMost(Duration.ofSeconds(40)).until(() -> !fakes.refused.isEmpty());
    assertThat(fakes.refused.get(0)).contains("poll-amazon-orders/");
    assertThat(tokens).hasValueGreaterThanOrEqualTo(11);
    assertThat(asked).isEmpty();
  }

  @Test
  void a_feed_that_cannot_be_read_is_on_the_desk_and_not_taken_for_well() {
    refusing = true;
    await().atMost(Duration.ofSeconds(40)).until(() -> !fakes.refused.isEmpty());
    assertThat(fakes.refused.get(0))
        .isEqualTo("poll-amazon-orders/feed-refused/amazon/orders: The feed answers 403");
    assertThat(fakes.wentWell).doesNotContain("poll-amazon-orders");
  }

  @Test
  void a_secret_that_is_missing_is_named_as_it_is_set_and_over_once_it_is_there() throws Exception {
    hub.close();
    fakes.wentWell.clear();
    String key = "kontor.secret.amazon-client-id";
    String secret = given.remove(key);
    hub = Hub.start(SettingsReader.of(given), fakes::wire);
    await().atMost(Duration.ofSeconds(40)).until(() -> !fakes.refused.isEmpty());
    assertThat(fakes.refused.get(0))
        .isEqualTo(
            "poll-amazon-orders/no-secret/amazon-client-id: There is no secret 'amazon-client-id':"
                + " set kontor.secret.amazon-client-id and restart the hub");
    assertThat(fakes.wentWell).doesNotContain("poll-amazon-orders");

    hub.close();
    given.put(key, secret);
    hub = Hub.start(SettingsReader.of(given), fakes::wire);
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> fakes.wentWell.contains("poll-amazon-orders"));
  }
}
