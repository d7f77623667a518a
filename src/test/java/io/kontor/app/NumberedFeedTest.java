package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kontor.Folders;
import io.kontor.document.RawDocument;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The polling route against a small shop that counts its pages, as WooCommerce does. */
class NumberedFeedTest {

  private static final String ROUTE =
      """
      - templatedRoute:
          routeTemplateRef: poll-feed
          routeId: poll-shop-orders
          parameters:
            - { name: feed, value: shop-orders }
            - { name: channel, value: shop }
            - { name: document, value: orders }
            - { name: url, value: "http://127.0.0.1:%d/orders" }
            - { name: query, value: "per_page=1" }
            - { name: sinceParameter, value: modified_after }
            - { name: first, value: "2026-01-01T00:00:00Z" }
            - { name: pageParameter, value: page }
      %s
            - { name: authorize, value: direct:authorize-shop }
            - { name: tokenHeader, value: Authorization }
            - { name: period, value: "200" }
            - { name: enabled, value: "true" }
      """;

  private static final String AUTHORIZE =
      """
      - route:
          id: authorize-shop
          description: The key of the shop
          errorHandler: { noErrorHandler: {} }
          from:
            uri: direct:authorize-shop
            steps:
              - setProperty:
                  name: token
                  expression: { method: { ref: feeds, method: "secret('shop')" } }
      """;

  @TempDir Path data;
  private final FakeParts fakes = new FakeParts();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile List<String> pages = List.of("[{\"id\":1}]", "[{\"id\":2}]");
  private volatile int broken = -1;
  private HttpServer shop;
  private Hub hub;

  @BeforeEach
  void open() throws IOException {
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext("/orders", this::orders);
    shop.start();
  }

  @AfterEach
  void stop() {
    hub.close();
    shop.stop(0);
  }

  private void orders(HttpExchange call) throws IOException {
    String query = call.getRequestURI().getRawQuery();
    asked.add(query);
    int page = query.contains("&page=") ? Integer.parseInt(query.replaceAll(".*&page=", "")) : 1;
    byte[] body =
        (page > pages.size() ? "[]" : pages.get(page - 1)).getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(page == broken ? 400 : 200, body.length);
    call.getResponseBody().write(body);
    call.close();
  }

  private void start(String parameter) throws Exception {
    Path routes = Folders.copy(Path.of("routes"), data.resolve("routes"));
    Files.writeString(
        routes.resolve("inbound/poll-shop-orders.camel.yaml"),
        ROUTE.formatted(shop.getAddress().getPort(), parameter));
    Files.writeString(routes.resolve("inbound/authorize-shop.camel.yaml"), AUTHORIZE);
    hub =
        Hub.start(
            SettingsReader.of(
                Map.of(
                    "kontor.data",
                    data.toString(),
                    "kontor.http.port",
                    "0",
                    "kontor.routes",
                    routes.toString(),
                    "kontor.secret.shop",
                    "Basic c2hvcA==")),
            fakes::wire);
  }

  @Test
  void every_page_is_read_until_an_empty_one_and_then_the_cursor_moves() throws Exception {
    start("");
    await().atMost(Duration.ofSeconds(40)).until(() -> asked.size() >= 6);
    String since = "per_page=1&modified_after=2026-01-01T00%3A00%3A00Z";
    assertThat(asked.subList(0, 3))
        .containsExactly(since + "&page=1", since + "&page=2", since + "&page=3");
    assertThat(asked.get(3)).doesNotContain("2026-01-01").endsWith("&page=1");
    await().until(() -> fakes.recorded.size() >= 2);
    assertThat(fakes.recorded)
        .extracting(document -> new String(document.body(), StandardCharsets.UTF_8))
        .containsExactlyElementsOf(pages);
    assertThat(fakes.refused).isEmpty();
  }

  @Test
  void a_reading_that_was_broken_off_begins_again_with_the_first_page() throws Exception {
    broken = 2;
    start("");
    await().atMost(Duration.ofSeconds(40)).until(() -> !fakes.refused.isEmpty());
    assertThat(fakes.refused.get(0))
        .isEqualTo("poll-shop-orders/feed-refused/shop/orders: The feed answers 400");
    broken = -1;
    await().until(() -> fakes.wentWell.contains("poll-shop-orders"));
    assertThat(asked)
        .as("from where the one before began")
        .contains("per_page=1&modified_after=2026-01-01T00%3A00%3A00Z&page=3");
    await().until(() -> fakes.recorded.stream().map(RawDocument::id).distinct().count() == 2);
  }

  @Test
  void a_token_that_is_looked_for_where_none_can_be_leaves_the_cursor_and_is_on_the_desk()
      throws Exception {
    start("      - { name: pagePointer, value: /meta/next }");
    await().atMost(Duration.ofSeconds(40)).until(() -> asked.size() >= 1);
    await().until(() -> fakes.refused.size() >= 2);
    assertThat(fakes.refused)
        .allSatisfy(
            item ->
                assertThat(item)
                    .startsWith("poll-shop-orders/feed-shape/shop/orders: ")
                    .contains("pagePointer '/meta/next'"));
    assertThat(asked).allSatisfy(query -> assertThat(query).contains("2026-01-01"));
    assertThat(fakes.wentWell).doesNotContain("poll-shop-orders");
  }
}
