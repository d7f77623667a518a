package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.failure.RejectedFailure;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /jsonrpc}, {@code object.execute_kw}: 16 to 18. Everything answers HTTP 200; an error
 * has a name of its own, and a method that returns None has no {@code result} at all.
 */
record JsonRpcDialect(OdooAccess access, int major, long userId) implements Dialect {

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json; charset=utf-8");

  /** The greeting: which server is this? Needs no database and no login. */
  static OdooRequest askVersion() {
    return request("common", "version", Json.array());
  }

  /** Exchanges login and key for the user's id; the answer is false where they are wrong. */
  static OdooRequest authenticate(OdooAccess access) {
    ArrayNode args = Json.array();
    args.add(access.database()).add(access.login()).add(access.apiKey()).add(Json.object(Map.of()));
    return request("common", "authenticate", args);
  }

  @Override
  public OdooRequest write(OdooCall call) {
    ObjectNode named = Json.object(call.arguments());
    ArrayNode positional = Json.array();
    if (!call.ids().isEmpty()) {
      positional.add(Json.tree(call.ids()));
    }
    // What create and write are given has another name in some models: by position it needs none.
    for (String values : List.of("vals_list", "vals")) {
      if (named.has(values)) {
        positional.add(named.remove(values));
      }
    }
    if (!call.context().isEmpty()) {
      named.set("context", Json.tree(call.context()));
    }
    ArrayNode args = Json.array();
    args.add(access.database()).add(userId).add(access.apiKey());
    args.add(call.model()).add(call.method()).add(positional).add(named);
    return request("object", "execute_kw", args);
  }

  @Override
  public JsonNode read(OdooCall call, OdooReply reply) {
    return result(call, reply);
  }

  static JsonNode result(OdooCall call, OdooReply reply) {
    if (reply.status() != 200) {
      throw Faults.ofStatus(call, reply);
    }
    JsonNode body =
        Json.parse(reply.body()).filter(JsonNode::isObject).orElseThrow(() -> Faults.notOdoo(call));
    JsonNode error = body.get("error");
    if (error == null) {
      JsonNode result = body.get("result");
      return result == null ? NullNode.getInstance() : result;
    }
    JsonNode data = error.path("data");
    if (!data.path("name").isTextual()) {
      throw new RejectedFailure("odoo-error", call.name(), error.path("message").asText());
    }
    throw Faults.ofException(call, data.path("name").asText(), data.path("message").asText());
  }

  private static OdooRequest request(String service, String method, ArrayNode args) {
    ObjectNode params = Json.object(Map.of("service", service, "method", method));
    params.set("args", args);
    ObjectNode body = Json.object(Map.of("jsonrpc", "2.0", "method", "call", "id", 1));
    body.set("params", params);
    return new OdooRequest("/jsonrpc", HEADERS, Json.text(body));
  }
}
