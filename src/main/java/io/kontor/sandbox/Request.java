package io.kontor.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What came over HTTP, read whole. */
record Request(
    String method,
    String path,
    String contentType,
    String authorization,
    String database,
    String body) {

  static Request read(HttpExchange exchange) throws IOException {
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        header(exchange, "Content-Type"),
        header(exchange, "Authorization"),
        header(exchange, "X-Odoo-Database"),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  boolean isJson() {
    return contentType.startsWith("application/json");
  }
}
