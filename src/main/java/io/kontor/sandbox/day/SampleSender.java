package io.kontor.sandbox.day;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends a sample day to a hub: webhooks over HTTP, signed, eight at a time, in the day's order as
 * far as eight at a time allow; files into the hub's inbox, each appearing whole or not at all.
 */
public final class SampleSender {

  private static final int CONNECTIONS = 8;
  private static final int MOST_TRIES = 60;
  private static final int MOST_UNANSWERED = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI hub;
  private final Path data;
  private final Map<String, String> secrets;
  private final HttpClient client;

  /**
   * @param hub where the hub listens: {@code http://localhost:8080}
   * @param data the hub's data directory; files go to {@code inbox/<channel>/<document>/}
   * @param secrets the webhook secret of each channel that has webhooks
   */
  public SampleSender(URI hub, Path data, Map<String, String> secrets) {
    this.hub = hub;
    this.data = data;
    this.secrets = Map.copyOf(secrets);
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
  }

  /**
   * What became of the documents.
   *
   * @param accepted webhooks that the hub took
   * @param waits how often it asked to come back later (429)
   * @param refused a line for each webhook that it did not take
   */
  public record Sent(int accepted, int files, int waits, List<String> refused) {}

  private record Outcome(boolean accepted, int waits, String refusal) {}

  /**
   * Sends everything and waits for the answers.
   *
   * @throws IOException if a file cannot be written; webhooks that fail are told in the result
   */
  public Sent send(List<SampleDocument> documents) throws IOException, InterruptedException {
    ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Outcome>> posted = new ArrayList<>();
      int files = 0;
      for (SampleDocument document : documents) {
        if (document.delivery() instanceof Delivery.Webhook webhook) {
          posted.add(connections.submit(() -> post(document, webhook)));
        } else {
          drop(document);
          files++;
        }
      }
      return tally(posted, files);
    } finally {
      connections.shutdownNow();
    }
  }

  private static Sent tally(List<Future<Outcome>> posted, int files) throws InterruptedException {
    int accepted = 0;
    int waits = 0;
    List<String> refused = new ArrayList<>();
    for (Future<Outcome> future : posted) {
      try {
        Outcome outcome = future.get();
        accepted += outcome.accepted() ? 1 : 0;
        waits += outcome.waits();
        if (!outcome.accepted()) {
          refused.add(outcome.refusal());
        }
      } catch (ExecutionException e) {
        refused.add(String.valueOf(e.getCause()));
      }
    }
    return new Sent(accepted, files, waits, List.copyOf(refused));
  }

  private Outcome post(SampleDocument document, Delivery.Webhook webhook)
      throws IOException, InterruptedException {
    HttpRequest request = request(document, webhook);
    String name = document.channel() + "/" + document.document() + " " + document.fileName();
    for (int waits = 0; waits < MOST_TRIES; waits++) {
      HttpResponse<String> response = answer(request);
      if (response.statusCode() / 100 == 2) {
        return new Outcome(true, waits, "");
      }
      if (response.statusCode() != 429) {
        return new Outcome(
            false, waits, name + ": HTTP " + response.statusCode() + " " + response.body());
      }
      Thread.sleep(retryAfter(response).toMillis());
    }
    return new Outcome(false, MOST_TRIES, name + ": told to wait " + MOST_TRIES + " times");
  }

  /**
   * As shops do, it is sent again where nothing comes back: a connection that was kept may be
   * closed at the other end just then. The hub knows by its id what arrives twice.
   */
  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return client.send(request, BodyHandlers.ofString());
      } catch (IOException e) {
        if (tries == MOST_UNANSWERED) {
          throw e;
        }
      }
    }
  }

  private static Duration retryAfter(HttpResponse<String> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("1");
    return seconds.matches("[0-9]{1,4}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ofSeconds(1);
  }

  private HttpRequest request(SampleDocument document, Delivery.Webhook webhook) {
    String secret = secrets.get(document.channel());
    if (secret == null) {
      throw new IllegalArgumentException("no webhook secret for channel " + document.channel());
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                hub.resolve("/hooks/" + document.channel() + "/" + document.document()))
            .timeout(TIMEOUT)
            .POST(BodyPublishers.ofByteArray(document.body()))
            .header("X-Shopify-Hmac-SHA256", signature(document.body(), secret));
    webhook.headers().forEach(request::header);
    return request.build();
  }

  /** HMAC-SHA-256 over the raw body, in base64, as Shopify signs. */
  public static String signature(byte[] body, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HmacSHA256", e);
    }
  }

  /** Writes beside the folder's watch (a name with a leading dot), then renames. */
  private void drop(SampleDocument document) throws IOException {
    Path folder = data.resolve("inbox").resolve(document.channel()).resolve(document.document());
    Files.createDirectories(folder);
    Path part = folder.resolve("." + document.fileName() + ".part");
    Files.write(part, document.body());
    Files.move(
        part,
        folder.resolve(document.fileName()),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
