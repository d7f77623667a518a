package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks over real HTTP, into the real broker, through the real routes. */
class WebhookTest {

  private static final int LIMIT = 20_000;

  @TempDir Path data;
  private final FakeParts fakes = new FakeParts();
  private final HttpClient http = HttpClient.newHttpClient();
  private Hub hub;

  @BeforeEach
  void start() throws Exception {
    start(Map.of());
  }

  private void start(Map<String, String> more) throws Exception {
    Map<String, String> given =
        new HashMap<>(
            Map.of(
                "kontor.data", data.toString(),
                "kontor.http.port", "0",
                "kontor.http.body-limit", String.valueOf(LIMIT),
                "kontor.inbox.limit", "5",
                "kontor.secret.shop-new", "new secret",
                "kontor.secret.shop-old", "old secret",
                "kontor.users.anna.key", "annas key",
                "kontor.users.frank.key", "franks key",
                "kontor.users.frank.roles", "finance"));
    given.putAll(more);
    hub = Hub.start(SettingsReader.of(given), fakes::wire);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void a_signed_webhook_is_recorded_as_it_was_sent() throws Exception {
    String body = "{ \"id\": 1.10,\t\"name\": \"Jürgen\" }";
    HttpResponse<String> answer = send("shop/orders", body, "new secret", "event-1");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"accepted\":\"shop/orders/event-1\"}");
    await().until(() -> fakes.recorded.size() == 1);
    RawDocument recorded = fakes.recorded.get(0);
    assertThat(recorded.id()).isEqualTo("shop/orders/event-1");
    assertThat(recorded.contentType()).isEqualTo("application/json");
    assertThat(new String(recorded.body(), StandardCharsets.UTF_8)).isEqualTo(body);
  }

  @Test
  void while_a_secret_is_rotated_both_are_valid() throws Exception {
    assertThat(send("shop/orders", "{}", "old secret", "a").statusCode()).isEqualTo(202);
    assertThat(send("shop/orders", "{}", "new secret", "b").statusCode()).isEqualTo(202);
  }

  @Test
  void a_document_without_an_event_id_is_named_by_its_content() throws Exception {
    HttpResponse<String> answer = send("shop/orders", "{}", "new secret", null);
    assertThat(answer.body()).contains("shop/orders/sha256:44136fa355b3678a1146ad16f7e8649e");
  }

  @Test
  void a_wrong_signature_is_refused() throws Exception {
    HttpResponse<String> answer = send("shop/orders", "{}", "guess", "a");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"error\":\"wrong-signature\"");
    HttpResponse<String> unsigned =
        http.send(request("shop/orders", "{}").build(), BodyHandlers.ofString());
    assertThat(unsigned.statusCode()).isEqualTo(401);
    HttpRequest metrics =
        HttpRequest.newBuilder(URI.create(hub.url() + "/observe/metrics")).build();
    assertThat(http.send(metrics, BodyHandlers.ofString()).body())
        .contains("kontor_webhooks_refused_total{channel=\"shop\",error=\"wrong-signature\"} 2.0");
  }

  @Test
  void an_answer_is_json_whatever_the_event_is_called() throws Exception {
    HttpResponse<String> answer = send("shop/orders", "{}", "new secret", "a\",\"x\":\"b");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(new ObjectMapper().readTree(answer.body()).path("accepted").asText())
        .isEqualTo("shop/orders/a\",\"x\":\"b");
  }

  @Test
  void what_does_not_exist_is_answered_with_what_does() throws Exception {
    HttpResponse<String> channel = send("shopp/orders", "{}", "new secret", "a");
    assertThat(channel.statusCode()).isEqualTo(404);
    assertThat(channel.body()).contains("[shop]");
    HttpResponse<String> document = send("shop/refunds", "{}", "new secret", "a");
    assertThat(document.statusCode()).isEqualTo(404);
    assertThat(document.body()).contains("[orders]");
  }

  @Test
  void a_query_string_does_not_change_the_channel() throws Exception {
    HttpResponse<String> answer =
        send("shop/orders?channel=other&document=x", "{}", "new secret", "q");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("shop/orders/q");
  }

  @Test
  void only_the_documents_own_content_types_are_taken() throws Exception {
    for (String type :
        List.of(
            "text/html", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
      HttpRequest request =
          signed(request("shop/orders", "a=b").setHeader("Content-Type", type), "a=b", "new secret")
              .build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(type).isEqualTo(415);
      assertThat(answer.body()).contains("\"error\":\"content-type\"");
    }
  }

  @Test
  void empty_and_oversized_bodies_are_refused() throws Exception {
    assertThat(send("shop/orders", "", "new secret", "a").statusCode()).isEqualTo(400);
    HttpResponse<String> big = send("shop/orders", "x".repeat(LIMIT + 1), "new secret", "a");
    assertThat(big.statusCode()).isEqualTo(413);
    assertThat(big.body()).contains("\"error\":\"too-big\"");
  }

  @Test
  void an_oversized_body_of_unstated_length_is_refused_too() throws Exception {
    byte[] body = "x".repeat(LIMIT + 1).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(hub.url() + "/hooks/shop/orders"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
  }

  @Test
  void a_document_just_within_the_limit_is_taken_whole() throws Exception {
    String body = "x".repeat(LIMIT);
    assertThat(send("shop/orders", body, "new secret", "big").statusCode()).isEqualTo(202);
    await().until(() -> fakes.recorded.size() == 1);
    assertThat(fakes.recorded.get(0).body()).hasSize(LIMIT);
  }

  @Test
  void a_full_inbox_is_answered_with_come_again_and_loses_nothing() throws Exception {
    fakes.recording.set(
        documents -> {
          throw new TransientFailure("database-down", "test", "down");
        });
    List<String> accepted = new ArrayList<>();
    HttpResponse<String> refused = null;
    for (int i = 0; i < 10_000 && refused == null; i++) {
      HttpResponse<String> answer = send("shop/orders", "{}", "new secret", "full-" + i);
      if (answer.statusCode() == 202) {
        accepted.add("shop/orders/full-" + i);
      } else {
        refused = answer;
      }
    }
    assertThat(refused).isNotNull();
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.body()).contains("\"error\":\"inbox-full\"");

    fakes.recording.set(fakes::remember);
    await().until(() -> fakes.recorded.size() >= accepted.size());
    assertThat(fakes.recorded.stream().map(RawDocument::id))
        .containsExactlyInAnyOrderElementsOf(accepted);
  }

  @Test
  void a_poison_document_is_refused_and_the_rest_of_its_batch_goes_on() throws Exception {
    fakes.recording.set(
        documents -> {
          if (documents.stream().anyMatch(d -> d.externalId().equals("poison"))) {
            throw new RejectedFailure("broken", "poison", "does not parse");
          }
          fakes.remember(documents);
        });
    for (String event : List.of("a", "poison", "b")) {
      send("shop/orders", "{}", "new secret", event);
    }
    await().until(() -> fakes.recorded.size() == 2 && fakes.refused.size() == 1);
    assertThat(fakes.refused.get(0)).contains("shop/orders/poison").contains("does not parse");
  }

  @Test
  void an_order_that_another_transaction_holds_keeps_no_other_one_waiting() throws Exception {
    hub.close();
    start(Map.of("kontor.inbox.consumers", "1"));
    AtomicBoolean all = new AtomicBoolean();
    fakes.recording.set(
        documents -> {
          await().untilTrue(all);
          if (documents.stream().anyMatch(d -> d.id().endsWith("held"))) {
            throw new TransientFailure("database-conflict", "held", "lock timeout");
          }
          fakes.remember(documents);
        });
    for (String event : List.of("held", "one", "two", "three")) {
      send("shop/orders", "{}", "new secret", event);
    }
    all.set(true);

    await()
        .until(
            () ->
                fakes.recorded.stream()
                    .map(RawDocument::externalId)
                    .toList()
                    .containsAll(List.of("one", "two", "three")));
    fakes.recording.set(fakes::remember);
    await().until(() -> fakes.recorded.stream().anyMatch(d -> d.externalId().equals("held")));
  }

  @Test
  void whatever_goes_wrong_inside_the_inbox_goes_on() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    fakes.recording.set(
        documents -> {
          throw new RejectedFailure("broken", "poison", "does not parse");
        });
    fakes.beforeRefusing.set(
        () -> {
          // As often as there are threads, and once more.
          if (attempts.incrementAndGet() <= 3) {
            throw new StackOverflowError("far too deep");
          }
        });
    send("shop/orders", "{}", "new secret", "poison");
    await().until(() -> fakes.refused.size() == 1);
    assertThat(attempts.get()).isEqualTo(4);
  }

  @Test
  void what_was_accepted_survives_a_restart_and_is_redelivered() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    fakes.recording.set(
        documents -> {
          attempts.incrementAndGet();
          throw new TransientFailure("database-down", "test", "down");
        });
    send("shop/orders", "{}", "new secret", "survivor");
    await().until(() -> attempts.get() > 0);
    hub.close();
    fakes.recording.set(fakes::remember);
    start(Map.of());
    await().until(() -> fakes.recorded.size() == 1);
    assertThat(fakes.recorded.get(0).id()).isEqualTo("shop/orders/survivor");
  }

  @Test
  void a_crash_between_database_and_broker_is_a_redelivery_of_the_same_document() throws Exception {
    Map<String, Integer> seen = new ConcurrentHashMap<>();
    fakes.recording.set(
        documents -> {
          documents.forEach(d -> seen.merge(d.id(), 1, Integer::sum));
          if (seen.get("shop/orders/twice") == 1) {
            // The database has committed, and then the process loses its way.
            throw new TransientFailure("lost", "twice", "after the commit");
          }
        });
    send("shop/orders", "{}", "new secret", "twice");
    await().until(() -> seen.getOrDefault("shop/orders/twice", 0) == 2);
  }

  private HttpResponse<String> send(String path, String body, String secret, String event)
      throws Exception {
    HttpRequest.Builder request = signed(request(path, body), body, secret);
    if (event != null) {
      request.header("X-Event-Id", event);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String body) {
    return HttpRequest.newBuilder(URI.create(hub.url() + "/hooks/" + path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static HttpRequest.Builder signed(HttpRequest.Builder request, String body, String secret)
      throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signature = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    return request.header("X-Signature", Base64.getEncoder().encodeToString(signature));
  }
}
