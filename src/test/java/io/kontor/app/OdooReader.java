package io.kontor.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.odoo.OdooAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads whole models of an Odoo, without the client that the product has for it. */
final class OdooReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final OdooAccess access;
  private final int major;
  private final List<Long> companies = new ArrayList<>();

  OdooReader(String url, OdooAccess access) throws Exception {
    this.url = url;
    this.access = access;
    JsonNode version = rpc("common", "version", JSON.createArrayNode());
    this.major = version.path("server_version_info").path(0).asInt();
    for (JsonNode company : read("res.company", "name")) {
      companies.add(company.path("id").asLong());
    }
  }

  static OdooReader ofSandbox(String url) throws Exception {
    return new OdooReader(url, new OdooAccess("sandbox", "admin", KillableHub.KEY));
  }

  /** The accounts of a company; until 17 each had one of its own. */
  List<JsonNode> accounts(long company) throws Exception {
    String domain = major >= 18 ? "[[\"company_ids\",\"in\",[%d]]]" : "[[\"company_id\",\"=\",%d]]";
    return readAs(company, "account.account", domain.formatted(company), "code");
  }

  /** Every record of a model, whichever company it is of. */
  List<JsonNode> read(String model, String... fields) throws Exception {
    return read(model, JSON.createArrayNode(), companies, fields);
  }

  /**
   * Records of a model as one company sees them.
   *
   * @param domain in JSON
   */
  List<JsonNode> readAs(long company, String model, String domain, String... fields)
      throws Exception {
    return read(model, (ArrayNode) JSON.readTree(domain), List.of(company), fields);
  }

  private List<JsonNode> read(String model, ArrayNode domain, List<Long> allowed, String... fields)
      throws Exception {
    ObjectNode body = JSON.createObjectNode();
    body.set("domain", domain);
    body.set("fields", JSON.valueToTree(fields));
    if (!allowed.isEmpty()) {
      body.putObject("context").set("allowed_company_ids", JSON.valueToTree(allowed));
    }
    JsonNode answer = major >= 19 ? searchRead(model, body) : executeKw(model, body);
    List<JsonNode> records = new ArrayList<>();
    answer.forEach(records::add);
    return records;
  }

  private JsonNode searchRead(String model, ObjectNode arguments) throws Exception {
    return post(
        HttpRequest.newBuilder(URI.create(url + "/json/2/" + model + "/search_read"))
            .header("Authorization", "Bearer " + access.apiKey())
            .header("X-Odoo-Database", access.database()),
        arguments);
  }

  private JsonNode executeKw(String model, ObjectNode arguments) throws Exception {
    ArrayNode login = JSON.createArrayNode();
    login.add(access.database()).add(access.login()).add(access.apiKey()).addObject();
    ArrayNode args = JSON.createArrayNode();
    args.add(access.database()).add(rpc("common", "authenticate", login)).add(access.apiKey());
    args.add(model).add("search_read").add(JSON.createArrayNode()).add(arguments);
    return rpc("object", "execute_kw", args);
  }

  private JsonNode rpc(String service, String method, ArrayNode args) throws Exception {
    ObjectNode body = JSON.createObjectNode();
    body.put("jsonrpc", "2.0").put("method", "call");
    body.putObject("params").put("service", service).put("method", method).set("args", args);
    JsonNode answer = post(HttpRequest.newBuilder(URI.create(url + "/jsonrpc")), body);
    if (!answer.has("result")) {
      throw new IOException(method + ": " + answer);
    }
    return answer.get("result");
  }

  private JsonNode post(HttpRequest.Builder request, ObjectNode body) throws Exception {
    HttpResponse<String> answer =
        http.send(
            request
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.uri() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** Kontor's external ids of a model's records, by database id. */
  Map<String, String> externalIds(String model) throws Exception {
    Map<String, String> ids = new HashMap<>();
    for (JsonNode row : read("ir.model.data", "module", "name", "model", "res_id")) {
      if (row.path("model").asText().equals(model)) {
        ids.merge(
            row.path("res_id").asText(), row.path("name").asText(), (a, b) -> a + " and " + b);
      }
    }
    return ids;
  }
}
