package io.kontor.sandbox;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A client that says exactly what a test wants said, in either dialect. */
final class Wire {

  static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** An answer: its status and its body, text if it is not JSON. */
  record Answer(int status, JsonNode body, HttpResponse<String> http) {

    String message() {
      return body.path("message").asText();
    }
  }

  private final URI uri;
  private final HttpClient client = HttpClient.newHttpClient();

  Wire(URI uri) {
    this.uri = uri;
  }

  int port() {
    return uri.getPort();
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /** Calls a model's method in JSON-2; the body may be written with single quotes. */
  Answer json2(String model, String method, String body) {
    return post("/json/2/" + model + "/" + method, json(body), "sandbox-key", "sandbox");
  }

  /** The answer's body of a call that must succeed. */
  JsonNode ok(String model, String method, String body) {
    Answer answer = json2(model, method, body);
    if (answer.status() != 200) {
      throw new AssertionError(model + "." + method + ": " + answer.body().toPrettyString());
    }
    return answer.body();
  }

  /** Calls {@code execute_kw} with arguments and keywords. */
  JsonNode rpc(String model, String method, String args, String kwargs) {
    ArrayNode all = MAPPER.createArrayNode();
    all.add("sandbox").add(2).add("sandbox-key").add(model).add(method);
    all.add(json(args)).add(json(kwargs));
    return service("object", "execute_kw", all);
  }

  JsonNode service(String service, String method, ArrayNode args) {
    ObjectNode envelope = MAPPER.createObjectNode();
    envelope.put("jsonrpc", "2.0").put("method", "call").put("id", 1);
    ObjectNode params = envelope.putObject("params");
    params.put("service", service).put("method", method).set("args", args);
    return post("/jsonrpc", envelope, "", "").body();
  }

  Answer post(String path, JsonNode body, String key, String database) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (!key.isEmpty()) {
      request.header("Authorization", "bearer " + key);
    }
    if (!database.isEmpty()) {
      request.header("X-Odoo-Database", database);
    }
    return send(request.build());
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(uri.resolve(path)).GET().build());
  }

  Answer delete(String path) {
    return send(HttpRequest.newBuilder(uri.resolve(path)).DELETE().build());
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      boolean json =
          response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
      JsonNode body =
          json
              ? MAPPER.readTree(response.body())
              : MAPPER.getNodeFactory().textNode(response.body());
      return new Answer(response.statusCode(), body, response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
