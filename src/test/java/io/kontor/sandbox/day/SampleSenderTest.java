package io.kontor.sandbox.day;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSenderTest {

  @TempDir private Path data;

  private final Queue<String> paths = new ConcurrentLinkedQueue<>();
  private final AtomicInteger badlySigned = new AtomicInteger();
  private final AtomicInteger turnedAway = new AtomicInteger();
  private HttpServer hub;

  @BeforeEach
  void listen() throws IOException {
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    hub.createContext("/hooks", this::answer);
    hub.start();
  }

  @AfterEach
  void stop() {
    hub.stop(0);
  }

  @Test
  void the_whole_day_arrives_signed_and_after_a_busy_moment() throws Exception {
    SampleSender.Sent sent = sender().send(Days.DAY.documents());
    long webhooks =
        Days.DAY.documents().stream().filter(d -> d.delivery() instanceof Delivery.Webhook).count();
    assertThat(sent.refused()).isEmpty();
    assertThat(sent.accepted()).isEqualTo((int) webhooks);
    assertThat(sent.waits()).isEqualTo(3);
    assertThat(sent.files()).isEqualTo(Days.DAY.documents().size() - (int) webhooks);
    assertThat(badlySigned).hasValue(0);
    assertThat(paths)
        .contains("/hooks/shopify/orders", "/hooks/shopify/refunds", "/hooks/shopify-eu/orders");
    try (Stream<Path> files = Files.walk(data)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSize(sent.files())
          .noneMatch(file -> file.getFileName().toString().endsWith(".part"));
    }
    assertThat(data.resolve("inbox/amazon/settlement")).isNotEmptyDirectory();
  }

  private SampleSender sender() {
    URI address = URI.create("http://localhost:" + hub.getAddress().getPort());
    return new SampleSender(address, data, Map.of("shopify", "s1", "shopify-eu", "s2"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (turnedAway.incrementAndGet() <= 3) {
        exchange.getResponseHeaders().add("Retry-After", "0");
        exchange.sendResponseHeaders(429, -1);
        return;
      }
      String path = exchange.getRequestURI().getPath();
      String secret = path.startsWith("/hooks/shopify-eu/") ? "s2" : "s1";
      String signature = exchange.getRequestHeaders().getFirst("X-Shopify-Hmac-SHA256");
      if (!SampleSender.signature(body, secret).equals(signature)
          || exchange.getRequestHeaders().getFirst("X-Shopify-Event-Id") == null
          || exchange.getRequestHeaders().getFirst("X-Shopify-Webhook-Id") == null
          || exchange.getRequestHeaders().getFirst("X-Shopify-Topic") == null) {
        badlySigned.incrementAndGet();
      }
      paths.add(path);
      exchange.sendResponseHeaders(202, -1);
    }
  }
}
