package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One Odoo database, whichever dialect its server speaks. Immutable; may be shared by threads if
 * its port may.
 *
 * <p>Every method throws the {@link io.kontor.failure.Failure} that the reply means: rejected where
 * Odoo says no, transient where nothing was changed and it is worth another try, in doubt where a
 * write may have happened. A read that got no answer is transient: it left nothing in doubt.
 */
public final class OdooClient {

  private static final int JSON_RPC_FROM = 16;

  private final OdooPort port;
  private final Dialect dialect;

  private OdooClient(OdooPort port, Dialect dialect) {
    this.port = port;
    this.dialect = dialect;
  }

  /**
   * Asks the server which dialect it speaks: JSON-2 where it has it, else JSON-RPC.
   *
   * @throws RejectedFailure where the key, the database or the version is refused
   * @throws TransientFailure where the server cannot be reached now
   */
  public static OdooClient connect(OdooPort port, OdooAccess access) {
    OdooCall whoAmI = OdooCall.onModel("res.users", "context_get", Map.of());
    Dialect json2 = new Json2Dialect(access, Json2Dialect.FIRST);
    OdooReply reply = send(port, whoAmI, json2.write(whoAmI));
    if (isOfJson2(reply)) {
      json2.read(whoAmI, reply);
      return new OdooClient(port, json2);
    }
    return new OdooClient(port, jsonRpc(port, access));
  }

  /**
   * Whether this is JSON-2 speaking. A server without it answers with a page (16 and 17: not found;
   * 18: log in first), and so does one that has it, where the database is unknown: that one is told
   * by its version afterwards.
   */
  private static boolean isOfJson2(OdooReply reply) {
    if (reply.status() == 429 || reply.status() >= 500) {
      return true;
    }
    return Json.parse(reply.body())
        .filter(body -> body.has("uid") || body.path("name").isTextual())
        .isPresent();
  }

  private static Dialect jsonRpc(OdooPort port, OdooAccess access) {
    OdooCall version = OdooCall.onModel("common", "version", Map.of());
    OdooReply reply = send(port, version, JsonRpcDialect.askVersion());
    int major = JsonRpcDialect.result(version, reply).path("server_version_info").path(0).asInt();
    if (major >= Json2Dialect.FIRST) {
      throw new RejectedFailure(
          "odoo-unknown-database",
          access.database(),
          "Odoo %d has no database '%s'".formatted(major, access.database()));
    }
    if (major < JSON_RPC_FROM) {
      throw new RejectedFailure(
          "odoo-too-old",
          access.database(),
          "Odoo %d is older than %d".formatted(major, JSON_RPC_FROM));
    }
    OdooCall login = OdooCall.onModel("common", "authenticate", Map.of());
    JsonNode user =
        JsonRpcDialect.result(login, send(port, login, JsonRpcDialect.authenticate(access)));
    if (!user.isIntegralNumber()) {
      throw new RejectedFailure(
          "odoo-access-denied",
          access.login(),
          "Odoo does not accept the login %s or its key".formatted(access));
    }
    return new JsonRpcDialect(access, major, user.asLong());
  }

  /** The server's major version; 19 stands for 19 and everything after it. */
  public int major() {
    return dialect.major();
  }

  /** {@code sale.order.line}'s taxes: the field was renamed in 19. */
  String taxField() {
    return major() >= 19 ? "tax_ids" : "tax_id";
  }

  JsonNode call(OdooCall call) {
    return dialect.read(call, send(port, call, dialect.write(call)));
  }

  /** Records of a model that fit a domain, each with its id and the fields asked for. */
  List<JsonNode> searchRead(
      String model, List<?> domain, List<String> fields, Map<String, Object> context) {
    return searchRead(model, domain, fields, Map.of(), context);
  }

  /** At most so many records of a model, in the order of their ids. */
  List<JsonNode> searchPage(String model, List<?> domain, List<String> fields, int most) {
    return searchRead(model, domain, fields, Map.of("limit", most, "order", "id"), Map.of());
  }

  private List<JsonNode> searchRead(
      String model,
      List<?> domain,
      List<String> fields,
      Map<String, Object> page,
      Map<String, Object> context) {
    Map<String, Object> arguments = new LinkedHashMap<>(page);
    arguments.put("domain", domain);
    arguments.put("fields", fields);
    List<JsonNode> records = new ArrayList<>();
    call(OdooCall.onModel(model, "search_read", arguments).with(context)).forEach(records::add);
    return records;
  }

  /** Calls a method without arguments on records, such as {@code action_confirm}. */
  JsonNode act(String model, String method, Collection<Long> ids, Map<String, Object> context) {
    return call(OdooCall.onRecords(model, method, List.copyOf(ids)).with(context));
  }

  /**
   * Upserts rows by their external ids.
   *
   * @return Odoo's own answer: {@code ids}, one for each main record, or false and {@code messages}
   */
  ObjectNode load(
      String model, List<String> fields, List<List<String>> rows, Map<String, Object> context) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("fields", fields);
    arguments.put("data", rows);
    JsonNode answer = call(OdooCall.onModel(model, "load", arguments).with(context));
    if (answer instanceof ObjectNode object) {
      return object;
    }
    throw new RejectedFailure(
        "odoo-error", model, "load answered without ids or messages: " + answer);
  }

  private static OdooReply send(OdooPort port, OdooCall call, OdooRequest request) {
    try {
      return port.send(request);
    } catch (InDoubtFailure e) {
      if (call.isRead()) {
        throw new TransientFailure("odoo-unavailable", call.name(), e.getMessage(), e);
      }
      throw e;
    }
  }
}
