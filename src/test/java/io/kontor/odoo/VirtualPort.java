package io.kontor.odoo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A port with nothing behind it: answers from a script, in order, and remembers what was asked. */
final class VirtualPort implements OdooPort {

  private final Deque<Supplier<OdooReply>> script = new ArrayDeque<>();
  private final List<OdooRequest> requests = new ArrayList<>();

  VirtualPort answers(int status, String body) {
    return answers(status, Map.of(), body);
  }

  VirtualPort answers(int status, Map<String, String> headers, String body) {
    script.add(() -> new OdooReply(status, headers, body));
    return this;
  }

  VirtualPort fails(RuntimeException failure) {
    script.add(
        () -> {
          throw failure;
        });
    return this;
  }

  /** The beginning that makes a client of the JSON-2 dialect. */
  VirtualPort speaksJson2() {
    return answers(200, "{\"lang\": \"en_US\", \"tz\": false, \"uid\": 2}");
  }

  /** The beginning that makes a client of the JSON-RPC dialect of 18. */
  VirtualPort speaksJsonRpc() {
    return answers(404, "<!DOCTYPE html>\n<title>404 Not Found</title>")
        .answers(
            200,
            """
            {"jsonrpc": "2.0", "id": 1, "result": {"server_version": "18.0",
             "server_version_info": [18, 0, 0, "final", 0, ""], "protocol_version": 1}}""")
        .answers(200, "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": 2}");
  }

  @Override
  public OdooReply send(OdooRequest request) {
    requests.add(request);
    if (script.isEmpty()) {
      throw new IllegalStateException("nothing is scripted for " + request + ": " + request.body());
    }
    return script.remove().get();
  }

  OdooRequest lastRequest() {
    return requests.get(requests.size() - 1);
  }
}
