package io.kontor.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Takes requests in, finds who understands them, lets faults strike, and sends the replies. */
final class Gateway implements HttpHandler {

  private final Odoo odoo;
  private final Faults faults = new Faults();
  private final Control control;
  private final Json2Endpoint json2;
  private final JsonRpcEndpoint jsonRpc;

  Gateway(Odoo odoo, String database, String key) {
    this.odoo = odoo;
    this.control = new Control(odoo, faults);
    Dispatch dispatch = new Dispatch(odoo);
    this.json2 = new Json2Endpoint(dispatch, database, key);
    this.jsonRpc = new JsonRpcEndpoint(dispatch, odoo.version(), database, key);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = Request.read(exchange);
      if (request.path().startsWith(Control.PREFIX)) {
        send(exchange, control.answer(request));
      } else {
        answer(exchange, understand(request));
      }
    }
  }

  private Call understand(Request request) {
    boolean newer = odoo.version() != OdooVersion.V18;
    String path = request.path();
    if (path.equals("/jsonrpc")) {
      return jsonRpc.understand(request);
    }
    if (path.equals("/web/webclient/version_info")) {
      return new Call("", path, snapshot -> jsonRpc.versionInfo(request));
    }
    if (newer && (path.equals("/web/version") || path.equals("/json/version"))) {
      Map<String, Object> version = new LinkedHashMap<>();
      version.put("version_info", List.of(odoo.version().major(), 0, 0, "final", 0, ""));
      version.put("version", odoo.version().series());
      return Call.plain(path, Reply.json(200, version));
    }
    if (newer && path.startsWith(Json2Endpoint.PREFIX)) {
      return json2.understand(request);
    }
    return Call.plain(path, Reply.notFound());
  }

  private void answer(HttpExchange exchange, Call call) throws IOException {
    long begun = System.nanoTime();
    Optional<Faults.Fault> fault = faults.next(call);
    String name = fault.map(struck -> struck.kind().name().toLowerCase(Locale.ROOT)).orElse("");
    Optional<Reply> reply = fault.isEmpty() ? Optional.of(run(call)) : struck(call, fault.get());
    long millis = (System.nanoTime() - begun) / 1_000_000;
    control.remember(call, reply.map(Reply::status).orElse(0), name, millis);
    if (reply.isPresent()) {
      send(exchange, reply.get());
    }
  }

  /** The reply to a call that a fault struck; none if the connection is to break. */
  private Optional<Reply> struck(Call call, Faults.Fault fault) {
    switch (fault.kind()) {
      case DELAY -> {
        pause(fault.number());
        return Optional.of(run(call));
      }
      case STATUS -> {
        Map<String, String> headers =
            fault.retryAfter() < 0
                ? Map.of()
                : Map.of("Retry-After", String.valueOf(fault.retryAfter()));
        return Optional.of(
            Reply.html(fault.number(), "<h1>" + fault.number() + "</h1>\n", headers));
      }
      case APPLY_THEN_DROP -> {
        run(call);
        return Optional.empty();
      }
      case APPLY_THEN_DELAY -> {
        Reply reply = run(call);
        pause(fault.number());
        return Optional.of(reply);
      }
      case SERIALIZE -> {
        return Optional.of(call.answer().to(odoo.arriveTooLate()));
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  private Reply run(Call call) {
    return call.answer().to(odoo.arrive());
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
