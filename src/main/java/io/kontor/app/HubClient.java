package io.kontor.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Speaks to a running hub as one of its users. Thread-safe. */
public final class HubClient {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** The proof of a large ledger and the night take minutes, not hours. */
  private static final Duration ANSWER = Duration.ofMinutes(30);

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int UNKNOWN_USER = 401;
  private static final int NOT_ALLOWED = 403;
  private static final String SPEAKER = "KONTOR_USER and KONTOR_KEY say as whom a command speaks";

  private final String url;
  private final String user;
  private final String authorization;
  private final HttpClient http;

  public HubClient(String url, String user, String key) {
    this.url = url;
    this.user = user;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + key).getBytes(StandardCharsets.UTF_8));
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  /** The hub said no, and why. */
  public static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(int status, String message) {
      super(message + " (HTTP " + status + ")");
    }
  }

  public JsonNode get(String path, Map<String, String> query)
      throws IOException, InterruptedException {
    return JSON.readTree(text(path, query));
  }

  /** An answer that is not JSON, such as the journal. */
  public String text(String path, Map<String, String> query)
      throws IOException, InterruptedException {
    return new String(bytes(path, query), StandardCharsets.UTF_8);
  }

  /** An answer as it was sent, such as a document. */
  public byte[] bytes(String path, Map<String, String> query)
      throws IOException, InterruptedException {
    String parameters =
        query.entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
    String address = "/api/" + path + (parameters.isEmpty() ? "" : "?" + parameters);
    return send(request(address).GET().build());
  }

  /** Every open item of the desk that fits the query: the hub answers with so many at a time. */
  public ArrayNode openItems(Map<String, String> query) throws IOException, InterruptedException {
    ArrayNode all = JSON.createArrayNode();
    Map<String, String> next = new HashMap<>(query);
    JsonNode page;
    do {
      page = get("desk", next);
      page.forEach(all::add);
      next.put("after", page.path(page.size() - 1).path("id").asText());
    } while (!page.isEmpty());
    return all;
  }

  public JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
    return post(path, body.toString().getBytes(StandardCharsets.UTF_8), "application/json");
  }

  public JsonNode post(String path, byte[] body, String contentType)
      throws IOException, InterruptedException {
    HttpRequest request =
        request("/api/" + path)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return JSON.readTree(send(request));
  }

  public static ObjectNode body() {
    return JSON.createObjectNode();
  }

  private HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create(url + address))
        .timeout(ANSWER)
        .header("Authorization", authorization);
  }

  private byte[] send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() == UNKNOWN_USER) {
      throw new RefusedException(
          UNKNOWN_USER, "The hub knows no user '%s' with this key: %s".formatted(user, SPEAKER));
    }
    if (answer.statusCode() / 100 != 2) {
      String message = message(new String(answer.body(), StandardCharsets.UTF_8));
      throw new RefusedException(
          answer.statusCode(),
          answer.statusCode() == NOT_ALLOWED ? message + ": " + SPEAKER : message);
    }
    return answer.body();
  }

  private static String message(String body) {
    try {
      JsonNode tree = JSON.readTree(body);
      return tree.path("message").asText(body);
    } catch (IOException e) {
      return body.isBlank() ? "no reason given" : body;
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
