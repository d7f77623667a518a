package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kontor.document.RawDocument;
import io.kontor.failure.TransientFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub whose broker is a process of its own, set up as {@code docker/artemis} says. */
class ExternalBrokerTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String SECRET = "a secret";

  @TempDir Path directory;

  private final FakeParts fakes = new FakeParts();
  private final HttpClient http = HttpClient.newHttpClient();
  private BrokerProcess broker;
  private Hub hub;

  @BeforeEach
  void start() throws Exception {
    broker = BrokerProcess.start(directory.resolve("broker"), "100K");
    Map<String, String> settings = new TreeMap<>(broker.settings());
    settings.put("kontor.data", directory.resolve("data").toString());
    settings.put("kontor.http.port", "0");
    settings.put("kontor.secret.shop-new", SECRET);
    hub = Hub.start(SettingsReader.of(settings), fakes::wire);
  }

  @AfterEach
  void stop() {
    hub.close();
    broker.close();
  }

  @Test
  void when_the_broker_refuses_more_the_answer_is_429_and_what_was_accepted_is_recorded_once()
      throws Exception {
    hold();
    List<String> accepted = new ArrayList<>();
    HttpResponse<String> refused = sendUntilRefused(accepted);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.body()).contains("\"error\":\"inbox-full\"");
    assertThat(accepted).hasSizeGreaterThan(10);
    assertThat(fakes.outside.waiting().getAsLong()).isEqualTo(accepted.size());

    fakes.recording.set(fakes::remember);
    await().atMost(LONG).until(() -> fakes.outside.waiting().getAsLong() == 0);
    assertThat(fakes.recorded.stream().map(RawDocument::id))
        .containsExactlyInAnyOrderElementsOf(accepted);
    await().atMost(LONG).until(() -> send("later").statusCode() == 202);
  }

  @Test
  void what_was_answered_202_survives_the_death_of_the_broker() throws Exception {
    hold();
    for (int i = 0; i < 10; i++) {
      assertThat(send("before-" + i).statusCode()).isEqualTo(202);
    }
    broker.kill();
    HttpResponse<String> meanwhile = send("meanwhile");
    assertThat(meanwhile.statusCode()).isEqualTo(503);
    assertThat(meanwhile.headers().firstValue("Retry-After")).isPresent();

    fakes.recording.set(fakes::remember);
    broker.start();
    await().atMost(LONG).ignoreExceptions().until(() -> send("after").statusCode() == 202);
    await().atMost(LONG).until(() -> fakes.recorded.size() >= 11);
    assertThat(fakes.recorded.stream().map(RawDocument::id))
        .contains("shop/orders/before-0", "shop/orders/before-9", "shop/orders/after");
  }

  /** The database is away: nothing is recorded. */
  private void hold() {
    fakes.recording.set(
        documents -> {
          throw new TransientFailure("database-down", "test", "down");
        });
  }

  private HttpResponse<String> sendUntilRefused(List<String> accepted) throws Exception {
    for (int i = 0; i < 10_000; i++) {
      HttpResponse<String> answer = send("full-" + i);
      if (answer.statusCode() != 202) {
        return answer;
      }
      accepted.add("shop/orders/full-" + i);
    }
    throw new AssertionError("nothing was refused");
  }

  private HttpResponse<String> send(String event) throws Exception {
    String body = "{\"text\":\"%s\"}".formatted("x".repeat(1_000));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return http.send(
        HttpRequest.newBuilder(URI.create(hub.url() + "/hooks/shop/orders"))
            .timeout(LONG)
            .header("Content-Type", "application/json")
            .header("X-Event-Id", event)
            .header(
                "X-Signature",
                Base64.getEncoder()
                    .encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8))))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
