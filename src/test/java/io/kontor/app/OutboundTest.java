package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.flow.OdooOverCamel;
import io.kontor.mapping.Consequence;
import io.kontor.odoo.OdooPort;
import io.kontor.odoo.OdooReply;
import io.kontor.odoo.OdooRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves the hub and what is dropped into its folder, through the real routes and broker. */
class OutboundTest {

  @TempDir Path data;
  private final FakeParts fakes = new FakeParts();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicReference<Answer> answer = new AtomicReference<>(c -> reply(c, 200, "{}"));
  private final CountDownLatch silence = new CountDownLatch(1);
  private HttpServer odoo;
  private Hub hub;

  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange call) throws IOException;
  }

  @BeforeEach
  void start() throws Exception {
    odoo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    odoo.setExecutor(Executors.newCachedThreadPool());
    odoo.createContext("/", this::handle);
    odoo.start();
    hub = start(Map.of());
  }

  private Hub start(Map<String, String> more) throws Exception {
    Map<String, String> given =
        new HashMap<>(
            Map.of(
                "kontor.data", data.toString(),
                "kontor.http.port", "0",
                "kontor.deliveries.sweep-every", "200ms",
                "kontor.odoo.url", "http://127.0.0.1:" + odoo.getAddress().getPort(),
                "kontor.odoo.timeout", "1s",
                "kontor.odoo.callers", "2"));
    given.putAll(more);
    return Hub.start(SettingsReader.of(given), fakes::wire);
  }

  @AfterEach
  void stop() {
    silence.countDown();
    hub.close();
    odoo.stop(0);
  }

  private void handle(HttpExchange call) throws IOException {
    int now = atOnce.incrementAndGet();
    mostAtOnce.accumulateAndGet(now, Math::max);
    try {
      String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(
          call.getRequestMethod()
              + " "
              + call.getRequestURI()
              + " "
              + call.getRequestHeaders().getFirst("Authorization")
              + " "
              + body);
      answer.get().to(call);
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private static void reply(HttpExchange call, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    call.getResponseBody().write(bytes);
    call.close();
  }

  private OdooPort port() {
    return fakes.outside.odoo();
  }

  private static OdooRequest request() {
    return new OdooRequest(
        "/json/2/sale.order/load",
        Map.of("Authorization", "Bearer k", "Content-Type", "application/json; charset=utf-8"),
        "{\"name\":\"Jürgen\"}");
  }

  @Test
  void a_call_to_odoo_carries_path_headers_and_body_and_brings_back_any_status() {
    answer.set(
        call -> {
          call.getResponseHeaders().add("X-Odoo", "19");
          reply(call, 422, "{\"message\":\"Größe\"}");
        });
    OdooReply reply = port().send(request());
    assertThat(calls)
        .containsExactly("POST /json/2/sale.order/load Bearer k {\"name\":\"Jürgen\"}");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body()).isEqualTo("{\"message\":\"Größe\"}");
    assertThat(reply.headers()).containsEntry("x-odoo", "19").doesNotContainKey("Authorization");
  }

  @Test
  void busy_answers_are_transient_and_are_not_repeated_by_the_client() {
    for (int status : List.of(429, 503)) {
      calls.clear();
      answer.set(
          call -> {
            call.getResponseHeaders().add("Retry-After", "7");
            reply(call, status, "");
          });
      assertThatThrownBy(() -> port().send(request()))
          .isInstanceOfSatisfying(
              TransientFailure.class,
              e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
      assertThat(calls).hasSize(1);
    }
  }

  @Test
  void no_answer_after_sending_is_in_doubt() {
    answer.set(
        call -> {
          try {
            silence.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThatThrownBy(() -> port().send(request())).isInstanceOf(InDoubtFailure.class);
    assertThat(calls).hasSize(1);
  }

  @Test
  void a_connection_that_breaks_after_sending_is_in_doubt() {
    answer.set(HttpExchange::close);
    assertThatThrownBy(() -> port().send(request())).isInstanceOf(InDoubtFailure.class);
    assertThat(calls).hasSize(1);
  }

  @Test
  void a_refused_connection_was_certainly_not_sent_and_after_some_odoo_is_left_alone() {
    odoo.stop(0);
    assertThatThrownBy(() -> port().send(request()))
        .isInstanceOfSatisfying(
            TransientFailure.class, e -> assertThat(e.code()).isEqualTo("odoo-unreachable"));
    await()
        .until(
            () ->
                catchThrowable(() -> port().send(request())) instanceof TransientFailure e
                    && e.code().equals("odoo-paused"));
  }

  @Test
  void the_log_says_once_that_odoo_is_away_and_once_that_it_is_back() {
    List<String> said = new CopyOnWriteArrayList<>();
    Appender listener =
        new AbstractAppender("listener", null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            said.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
          }
        };
    listener.start();
    Configurator.setLevel(OdooOverCamel.class, Level.INFO);
    Logger logger = (Logger) LogManager.getLogger(OdooOverCamel.class);
    logger.addAppender(listener);
    try {
      answer.set(call -> reply(call, 503, ""));
      assertThatThrownBy(() -> port().send(request())).isInstanceOf(TransientFailure.class);
      assertThatThrownBy(() -> port().send(request())).isInstanceOf(TransientFailure.class);
      answer.set(call -> reply(call, 200, "{}"));
      port().send(request());
      port().send(request());
    } finally {
      logger.removeAppender(listener);
    }
    assertThat(said).hasSize(2);
    assertThat(said.get(0)).startsWith("WARN ").contains("503").endsWith("is tried again");
    assertThat(said.get(1)).isEqualTo("INFO Odoo answers again");
  }

  @Test
  void no_more_calls_are_under_way_than_odoo_has_workers() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    answer.set(
        call -> {
          try {
            hold.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          reply(call, 200, "{}");
        });
    List<Thread> callers = new CopyOnWriteArrayList<>();
    AtomicInteger answered = new AtomicInteger();
    for (int i = 0; i < 6; i++) {
      Thread caller =
          new Thread(
              () -> {
                port().send(request());
                answered.incrementAndGet();
              });
      callers.add(caller);
      caller.start();
    }
    await().until(() -> atOnce.get() == 2);
    hold.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(answered).hasValue(6);
    assertThat(mostAtOnce.get()).isEqualTo(2);
  }

  @Test
  void a_ticket_wakes_a_worker_until_nothing_is_due() {
    fakes.due.put(Consequence.ODOO_ORDER, new AtomicInteger(3));
    fakes.due.put(Consequence.RECONCILE, new AtomicInteger(1));
    fakes.outside.tickets().wake(Consequence.ODOO_ORDER);
    fakes.outside.tickets().wake(Consequence.ODOO_ORDER);
    fakes.outside.tickets().wake(Consequence.RECONCILE);
    await().until(() -> fakes.delivered.size() == 4);
  }

  @Test
  void the_sweeper_finds_what_got_no_ticket_for_every_consequence() {
    for (Consequence consequence : Consequence.values()) {
      fakes.due.put(consequence, new AtomicInteger(1));
    }
    await().until(() -> fakes.delivered.size() == Consequence.values().length);
    assertThat(fakes.delivered).containsExactlyInAnyOrder(Consequence.values());
  }

  @Test
  void a_dropped_file_is_taken_in_and_moved_to_done() throws IOException {
    Path folder = Files.createDirectories(data.resolve("inbox/shop/orders"));
    Files.writeString(folder.resolve("day.json"), "{}");
    await().until(() -> fakes.recorded.size() == 1 && files(folder.resolve("done")).size() == 1);
    assertThat(fakes.recorded.get(0).id()).isEqualTo("shop/orders/file:day.json");
    assertThat(files(folder)).isEmpty();

    Files.writeString(folder.resolve("again.json"), "{}");
    await().until(() -> files(folder.resolve("done")).size() == 2);
    assertThat(fakes.recorded).hasSize(1);
  }

  @Test
  void a_file_that_is_not_taken_is_moved_to_failed_and_ends_on_the_desk() throws IOException {
    Path folder = Files.createDirectories(data.resolve("inbox/nowhere/orders"));
    Files.writeString(folder.resolve("day.json"), "{}");
    await().until(() -> files(folder.resolve("failed")).size() == 1);
    assertThat(fakes.refused).hasSize(1);
    assertThat(fakes.refused.get(0)).startsWith("watch-inbox/unknown-channel/nowhere");
  }

  @Test
  void a_file_stays_until_its_work_item_is_written() throws IOException {
    AtomicInteger without = new AtomicInteger(2);
    Path folder = Files.createDirectories(data.resolve("inbox/nowhere/orders"));
    fakes.beforeRefusing.set(
        () -> {
          if (without.getAndDecrement() > 0) {
            throw new TransientFailure("database-unavailable", "database", "it is away");
          }
        });
    Files.writeString(folder.resolve("day.json"), "{}");
    await().atMost(Duration.ofSeconds(40)).until(() -> files(folder.resolve("failed")).size() == 1);
    assertThat(without).hasValue(-1);
    assertThat(fakes.refused).hasSize(1);
  }

  @Test
  void a_file_that_cannot_be_moved_away_is_taken_in_once_and_somebody_is_told() throws IOException {
    Path folder = Files.createDirectories(data.resolve("inbox/shop/orders"));
    Files.writeString(folder.resolve("done"), "no folder");
    await().until(() -> !fakes.refused.isEmpty());
    Files.writeString(folder.resolve("day.json"), "{}");
    await().until(() -> fakes.refused.stream().anyMatch(one -> one.contains("day.json")));
    assertThat(fakes.refused).allMatch(one -> one.startsWith("watch-inbox/file-not-moved/"));
    assertThat(fakes.recorded.stream().filter(one -> one.id().contains("day.json"))).hasSize(1);
  }

  @Test
  void a_file_in_the_wrong_place_ends_on_the_desk() throws IOException {
    for (String place : List.of("inbox", "inbox/shop", "inbox/shop/orders/more")) {
      Path folder = Files.createDirectories(data.resolve(place));
      Files.writeString(folder.resolve("day.json"), "{}");
    }
    await().until(() -> fakes.refused.size() == 3);
    assertThat(fakes.refused).allMatch(one -> one.startsWith("watch-inbox/file-misplaced/"));
    assertThat(files(data.resolve("inbox/shop/orders/more/failed"))).hasSize(1);
    assertThat(fakes.recorded).isEmpty();
  }

  @Test
  void the_night_is_caught_up_at_start() {
    await().atMost(Duration.ofSeconds(30)).until(() -> fakes.nights.get() > 0);
    assertThat(hub.camel().getRoute("run-nightly-nordwind")).isNotNull();
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
