package io.kontor.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code POST /json/2/<model>/<method>}: the dialect of Odoo 19. */
final class Json2Endpoint {

  static final String PREFIX = "/json/2";

  private static final String NO_DATABASE =
      """
      <!DOCTYPE html>
      <title>404 Not Found</title>
      <h1>Not Found</h1>
      <p>No database is selected and the requested URL was not found in the server-wide \
      controllers.</p>
      <p>Please verify the hostname, <a href=/web/login>login</a> and try again.</p>

      <!-- Alternatively, use the X-Odoo-Database header. -->
      """;

  private final Dispatch dispatch;
  private final String database;
  private final String key;

  Json2Endpoint(Dispatch dispatch, String database, String key) {
    this.dispatch = dispatch;
    this.database = database;
    this.key = key;
  }

  Call understand(Request request) {
    String[] steps = request.path().substring(PREFIX.length()).split("/", -1);
    String model = steps.length > 1 ? steps[1] : "";
    String method = steps.length > 2 ? steps[2] : "";
    return new Call(model, method, snapshot -> answer(request, model, method, snapshot));
  }

  private Reply answer(
      Request request, String model, String method, Concurrency.Snapshot snapshot) {
    if (!request.database().isEmpty() && !request.database().equals(database)) {
      return Reply.html(404, NO_DATABASE);
    }
    return guarded(
        () -> {
          if (!request.method().equals("POST") || method.isEmpty()) {
            throw OdooFault.http(404, "Did you mean POST /json/2/<model>/<method>?");
          }
          authenticate(request);
          return dispatch.byName(model, method, body(request), snapshot);
        });
  }

  private static Reply guarded(Supplier<Object> work) {
    try {
      return Reply.json(200, work.get());
    } catch (OdooFault fault) {
      return Reply.json(fault.status(), fault.body());
    }
  }

  private void authenticate(Request request) {
    String header = request.authorization();
    if (header.isEmpty()) {
      throw OdooFault.http(
          401, "User not authenticated, use an API Key with a Bearer Authorization header.");
    }
    boolean bearer = header.regionMatches(true, 0, "bearer ", 0, 7);
    if (!bearer || !header.substring(7).strip().equals(key)) {
      throw OdooFault.http(401, "Invalid apikey");
    }
  }

  private static Map<String, Object> body(Request request) {
    if (request.body().isEmpty()) {
      return Map.of();
    }
    if (!request.isJson()) {
      throw OdooFault.http(415, "Request body must be application/json");
    }
    try {
      Object body = Json.read(request.body());
      if (!(body instanceof Map<?, ?>)) {
        throw OdooFault.http(400, "could not parse the body, expected a json object");
      }
      return Values.map(body);
    } catch (IOException e) {
      throw OdooFault.http(
          400,
          "could not parse the body as json: " + List.of(e.getMessage().split("\n", -1)).get(0));
    }
  }
}
