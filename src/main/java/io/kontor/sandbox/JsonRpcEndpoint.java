package io.kontor.sandbox;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code POST /jsonrpc}: the dialect of Odoo 16 to 18; HTTP 200 whatever happens. */
final class JsonRpcEndpoint {

  private static final String LOGIN = "admin";

  private final Dispatch dispatch;
  private final OdooVersion version;
  private final String database;
  private final String key;

  JsonRpcEndpoint(Dispatch dispatch, OdooVersion version, String database, String key) {
    this.dispatch = dispatch;
    this.version = version;
    this.database = database;
    this.key = key;
  }

  Call understand(Request request) {
    Map<String, Object> envelope;
    try {
      envelope = Values.map(Json.read(request.body()));
    } catch (IOException e) {
      return Call.plain(request.path(), Reply.html(400, "<h1>Bad Request</h1>Invalid JSON data"));
    }
    Map<String, Object> params = Values.map(envelope.get("params"));
    String service = Values.text(params.get("service"));
    String method = Values.text(params.get("method"));
    List<Object> args = Values.list(params.get("args"));
    boolean object = service.equals("object") && args.size() >= 5;
    String model = object ? Values.text(args.get(3)) : "";
    String called = object ? Values.text(args.get(4)) : service + "." + method;
    return new Call(
        model, called, snapshot -> answer(envelope, () -> run(service, method, args, snapshot)));
  }

  /** The answer to {@code /web/webclient/version_info}. */
  Reply versionInfo(Request request) {
    Map<String, Object> envelope;
    try {
      envelope = Values.map(Json.read(request.body()));
    } catch (IOException e) {
      envelope = Map.of();
    }
    return answer(envelope, this::version);
  }

  private Reply answer(Map<String, Object> envelope, Supplier<Object> work) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("jsonrpc", "2.0");
    reply.put("id", envelope.get("id"));
    try {
      Object result = work.get();
      if (result != null) {
        reply.put("result", result);
      }
    } catch (OdooFault fault) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("code", version == OdooVersion.V18 ? 200 : 0);
      error.put("message", "Odoo Server Error");
      error.put("data", fault.body());
      reply.put("error", error);
    }
    return Reply.json(200, reply);
  }

  private Object run(
      String service, String method, List<Object> args, Concurrency.Snapshot snapshot) {
    return switch (service + "." + method) {
      case "common.version" -> version();
      case "common.authenticate", "common.login" -> authenticate(args);
      case "object.execute_kw" -> {
        checkCredentials(args);
        yield dispatch.byPosition(
            Values.text(args.get(3)),
            Values.text(args.get(4)),
            args.size() > 5 ? Values.list(args.get(5)) : List.of(),
            args.size() > 6 ? Values.map(args.get(6)) : Map.of(),
            snapshot);
      }
      case "object.execute" -> {
        checkCredentials(args);
        yield dispatch.byPosition(
            Values.text(args.get(3)),
            Values.text(args.get(4)),
            args.subList(5, args.size()),
            Map.of(),
            snapshot);
      }
      default -> throw OdooFault.value("Method not found: " + service + "." + method);
    };
  }

  private Object authenticate(List<Object> args) {
    checkDatabase(args);
    boolean known = args.size() > 2 && LOGIN.equals(args.get(1)) && key.equals(args.get(2));
    return known ? (Object) Env.USER : (Object) false;
  }

  private Map<String, Object> version() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("server_version", version.series());
    answer.put("server_version_info", List.of(version.major(), 0, 0, "final", 0, ""));
    answer.put("server_serie", version.series());
    answer.put("protocol_version", 1);
    return answer;
  }

  private void checkCredentials(List<Object> args) {
    checkDatabase(args);
    boolean known =
        args.size() > 4 && Integer.valueOf(Env.USER).equals(args.get(1)) && key.equals(args.get(2));
    if (!known) {
      throw OdooFault.denied();
    }
  }

  private void checkDatabase(List<Object> args) {
    if (args.isEmpty() || !database.equals(args.get(0))) {
      throw OdooFault.operational(
          "connection to server failed: FATAL:  database \"%s\" does not exist\n"
              .formatted(args.isEmpty() ? "" : args.get(0)));
    }
  }
}
