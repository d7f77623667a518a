package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** {@code POST /json/2/<model>/<method>}: the method's arguments by name, the key as a bearer. */
record Json2Dialect(OdooAccess access, int major) implements Dialect {

  /** JSON-2 came with 19; which later one answers makes no difference to this client. */
  static final int FIRST = 19;

  @Override
  public OdooRequest write(OdooCall call) {
    ObjectNode body = Json.object(call.arguments());
    if (!call.ids().isEmpty()) {
      body.set("ids", Json.tree(call.ids()));
    }
    if (!call.context().isEmpty()) {
      body.set("context", Json.tree(call.context()));
    }
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Bearer " + access.apiKey(),
            "X-Odoo-Database",
            access.database(),
            "Content-Type",
            "application/json; charset=utf-8");
    return new OdooRequest(
        "/json/2/" + call.model() + "/" + call.method(), headers, Json.text(body));
  }

  @Override
  public JsonNode read(OdooCall call, OdooReply reply) {
    Optional<JsonNode> body = Json.parse(reply.body());
    if (reply.status() == 200) {
      // An empty body is how some methods say None.
      return reply.body().isBlank()
          ? NullNode.getInstance()
          : body.orElseThrow(() -> Faults.notOdoo(call));
    }
    throw body.filter(said -> said.path("name").isTextual() && !Json.isBusy(reply.status()))
        .map(
            said ->
                Faults.ofException(call, said.path("name").asText(), said.path("message").asText()))
        .orElseGet(() -> Faults.ofStatus(call, reply));
  }
}
