package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kontor.failure.FaultPoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub's process is killed between its steps, and started again on the same data. */
class CrashTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void killed_after_the_broker_took_it_and_before_the_answer_a_document_is_recorded_all_the_same()
      throws Exception {
    crashAt(FaultPoint.AFTER_ACCEPT);
    Process again = start("");
    await().atMost(LONG).until(() -> !recorded().isEmpty());
    assertThat(recorded()).containsOnly("shop/orders/event");
    stop(again);
  }

  @Test
  void killed_between_database_and_broker_a_document_comes_again() throws Exception {
    crashAt(FaultPoint.BEFORE_BROKER_ACKNOWLEDGE);
    assertThat(recorded()).hasSize(1);
    Process again = start("");
    await().atMost(LONG).until(() -> recorded().size() == 2);
    assertThat(recorded()).containsOnly("shop/orders/event");
    stop(again);
  }

  @Test
  void killed_after_the_broker_acknowledged_a_document_does_not_come_again() throws Exception {
    crashAt(FaultPoint.AFTER_BROKER_ACKNOWLEDGE);
    Process again = start("");
    send(running(), "later");
    await().atMost(LONG).until(() -> recorded().contains("shop/orders/later"));
    assertThat(recorded()).containsExactly("shop/orders/event", "shop/orders/later");
    stop(again);
  }

  private void crashAt(FaultPoint point) throws Exception {
    Process process = start(point.name());
    try {
      send(running(), "event");
    } catch (IOException e) {
      // The hub died before it answered: the vendor would send again, the test need not.
      assertThat(e).isNotNull();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(FaultPoint.EXIT_CODE);
    // A killed hub leaves its address behind; the next one writes its own.
    Files.deleteIfExists(data().resolve("hub.json"));
  }

  private Process start(String fault) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dkontor.fault=" + fault,
            "-cp",
            System.getProperty("java.class.path"),
            CrashingHub.class.getName(),
            data().toString(),
            journal().toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("output").toFile()))
        .start();
  }

  private static void stop(Process process) throws Exception {
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  private String running() {
    await().atMost(LONG).until(() -> DataDirectory.runningHub(data()).isPresent());
    return DataDirectory.runningHub(data()).orElseThrow().url();
  }

  private static void send(String url, String event) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("new secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/hooks/shop/orders"))
            .header("Content-Type", "application/json")
            .header("X-Event-Id", event)
            .header(
                "X-Signature", Base64.getEncoder().encodeToString(mac.doFinal(new byte[] {'1'})))
            .POST(BodyPublishers.ofString("1"))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(202);
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Path journal() {
    return directory.resolve("journal");
  }

  private List<String> recorded() throws IOException {
    return Files.exists(journal()) ? Files.readAllLines(journal()) : List.of();
  }
}
