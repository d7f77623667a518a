package io.kontor.app;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.sandbox.day.Delivery;
import io.kontor.sandbox.day.SampleDocument;
import io.kontor.sandbox.day.SampleSender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What shops and people do with a hub that may be gone at any moment: they try again until they are
 * answered. A webhook is sent again until it is answered 202; a file is laid into its folder once.
 */
final class WorkingDay implements AutoCloseable {

  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofMillis(40);
  private static final int CONNECTIONS = 4;
  private static final int QUIET_LOOKS = 3;

  private final HubUnderFire hub;
  private final LocalDate night;
  private final ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
  private final ExecutorService people = Executors.newSingleThreadExecutor();
  private final List<Future<?>> begun = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  WorkingDay(HubUnderFire hub, LocalDate night) {
    this.hub = hub;
    this.night = night;
  }

  /** Begins to send, and returns at once. */
  void send(List<SampleDocument> documents) {
    for (SampleDocument document : documents) {
      begun.add(connections.submit(() -> send(document)));
    }
  }

  /** Lays a file into its folder, and returns when it is there. */
  void drop(String channel, String document, Path file) throws IOException {
    Path folder =
        Files.createDirectories(hub.data().resolve("inbox").resolve(channel).resolve(document));
    Path part = folder.resolve("." + file.getFileName() + ".part");
    Files.copy(file, part);
    Files.move(part, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Has the night run, and returns at once. */
  void settle() {
    begun.add(
        people.submit(
            () ->
                insist(
                    () ->
                        hub.client(KillableHub.MAKER)
                            .post("settle", HubClient.body().put("date", night.toString())))));
  }

  /** Has every batch approved that waits for it, and returns at once. */
  void approve() {
    begun.add(people.submit(() -> insist(this::approveAll)));
  }

  /** Waits until all that was begun is answered. */
  void awaitAnswers() throws Exception {
    for (Future<?> answer : begun) {
      answer.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }
    begun.clear();
  }

  /** Waits until nothing is left to take in, to record or to deliver. */
  void awaitQuiet() {
    int[] quiet = {0};
    await()
        .atMost(LONG)
        .pollInterval(SOON)
        .ignoreExceptions()
        .until(
            () -> {
              boolean files = files() > 0;
              JsonNode now = hub.client(KillableHub.MAKER).get("status", Map.of());
              boolean busy =
                  files
                      || now.path("waitingInInbox").asLong() > 0
                      || now.path("pendingDeliveries").asLong() > 0;
              quiet[0] = busy ? 0 : quiet[0] + 1;
              return quiet[0] >= QUIET_LOOKS;
            });
  }

  private Void insist(Callable<?> request) {
    await()
        .atMost(LONG)
        .pollInterval(SOON)
        .ignoreExceptions()
        .until(
            () -> {
              request.call();
              return true;
            });
    return null;
  }

  private JsonNode approveAll() throws Exception {
    HubClient checker = hub.client(KillableHub.CHECKER);
    JsonNode batches = checker.get("batches", Map.of());
    for (JsonNode batch : batches) {
      if (List.of("proposed", "waiting").contains(batch.path("state").asText())) {
        checker.post(
            "batches/approve",
            HubClient.body()
                .put("id", batch.path("id").asText())
                .put("hash", batch.path("hash").asText())
                .put("note", "looked at it"));
      }
    }
    return batches;
  }

  private Void send(SampleDocument document) throws IOException {
    if (!(document.delivery() instanceof Delivery.Webhook webhook)) {
      drop(document);
      return null;
    }
    await()
        .atMost(LONG)
        .pollInterval(SOON)
        .ignoreExceptions()
        .until(() -> post(document, webhook) == 202);
    return null;
  }

  private int post(SampleDocument document, Delivery.Webhook webhook) throws Exception {
    URI url =
        URI.create(
            hub.url().orElseThrow() + "/hooks/" + document.channel() + "/" + document.document());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofByteArray(document.body()))
            .header(
                "X-Shopify-Hmac-SHA256", SampleSender.signature(document.body(), KillableHub.KEY));
    webhook.headers().forEach(request::header);
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private void drop(SampleDocument document) throws IOException {
    Path folder =
        hub.data().resolve("inbox").resolve(document.channel()).resolve(document.document());
    Files.createDirectories(folder);
    Path part = folder.resolve("." + document.fileName() + ".part");
    Files.write(part, document.body());
    Files.move(part, folder.resolve(document.fileName()), StandardCopyOption.ATOMIC_MOVE);
  }

  private long files() throws IOException {
    Path inbox = hub.data().resolve("inbox");
    if (Files.notExists(inbox)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(inbox, 3)) {
      return files
          .filter(file -> inbox.relativize(file).getNameCount() == 3 && Files.isRegularFile(file))
          .count();
    }
  }

  @Override
  public void close() {
    connections.shutdownNow();
    people.shutdownNow();
  }
}
