package io.kontor.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Replays what was recorded on real servers against the sandbox, step by step. The recordings are
 * not part of the project; without them the test is skipped.
 */
class RecordingsAgreementTest {

  /** Steps outside the sandbox's models: Kontor does not invoice, take payments or return goods. */
  private static final Set<String> OUTSIDE =
      Set.of(
          "invoice what was delivered, post it",
          "partial payment on the invoice",
          "return one mug to stock",
          "credit note for one line of the invoice: reverse, keep one line, post");

  /** What a read finds here depends on what else the recorded databases held. */
  private static final Set<String> SHAPE_ONLY =
      Set.of(
          "res.company",
          "stock.warehouse",
          "account.tax",
          "account.journal",
          "account.account",
          "account.move.line");

  @Test
  void the_sandbox_agrees_with_a_real_odoo_19_step_by_step() throws IOException {
    assertThat(replay("odoo-19.0-json2.jsonl", OdooVersion.V19, 29)).isEmpty();
  }

  @Test
  void the_sandbox_agrees_with_a_real_odoo_18_step_by_step() throws IOException {
    assertThat(replay("odoo-18.0-jsonrpc.jsonl", OdooVersion.V18, 30)).isEmpty();
  }

  private static List<String> replay(String file, OdooVersion version, int discountAccount)
      throws IOException {
    Path recording =
        Path.of(System.getProperty("kontor.shared", "../shared"))
            .resolve("odoo-wire")
            .resolve(file);
    if (!Files.exists(recording)) {
      recording = Path.of("../../shared/odoo-wire").resolve(file);
    }
    assumeTrue(Files.exists(recording), "no recordings at hand");
    List<String> differences = new ArrayList<>();
    int replayed = 0;
    try (SandboxOdoo sandbox = SandboxOdoo.start(SandboxSettings.inMemory(version))) {
      Wire wire = new Wire(sandbox.uri());
      RecordedIds ids = new RecordedIds();
      ids.learn("account.account", discountAccount, account(wire, "443000"));
      for (String line : Files.readAllLines(recording)) {
        JsonNode step = Wire.MAPPER.readTree(line);
        if (!OUTSIDE.contains(step.get("step").asText())) {
          differences.addAll(
              version == OdooVersion.V18 ? jsonRpc(wire, ids, step) : json2(wire, ids, step));
          replayed++;
        }
      }
    }
    assertThat(replayed).isGreaterThan(45);
    return differences;
  }

  private static int account(Wire wire, String code) {
    return wire.rpc("account.account", "search", "[[['code','=','" + code + "']]]", "{}")
        .get("result")
        .get(0)
        .asInt();
  }

  private static List<String> json2(Wire wire, RecordedIds ids, JsonNode step) {
    String[] path = step.get("path").asText().split("/", -1);
    String name = step.get("step").asText();
    ObjectNode request = ids.translate(path[3], (ObjectNode) step.get("request"));
    Wire.Answer answer =
        wire.post(
            step.get("path").asText(),
            request,
            name.equals("bad key") ? "wrong" : "sandbox-key",
            name.equals("no such database") ? "nowhere" : "sandbox");
    List<String> differences = new ArrayList<>();
    if (answer.status() != step.get("status").asInt()) {
      differences.add(
          name
              + ": recorded status "
              + step.get("status")
              + ", ours "
              + answer.status()
              + " "
              + answer.body());
    }
    differences.addAll(compare(ids, name, path[3], path[4], step.get("response"), answer.body()));
    return differences;
  }

  private static List<String> jsonRpc(Wire wire, RecordedIds ids, JsonNode step) {
    ObjectNode params = (ObjectNode) step.get("request").get("params");
    ArrayNode args = params.withArray("args").deepCopy();
    args.set(0, com.fasterxml.jackson.databind.node.TextNode.valueOf("sandbox"));
    args.set(2, com.fasterxml.jackson.databind.node.TextNode.valueOf("sandbox-key"));
    String model = "";
    String method = "";
    if (params.get("service").asText().equals("object")) {
      model = args.get(3).asText();
      method = args.get(4).asText();
      ArrayNode positional = (ArrayNode) args.get(5);
      if (!positional.isEmpty() && method.equals("create")) {
        String created = model;
        positional.get(0).forEach(values -> ids.values(created, (ObjectNode) values));
      } else if (!positional.isEmpty()) {
        positional.set(0, ids.ids(model, positional.get(0)));
      }
      if (args.size() > 6) {
        args.set(6, ids.translate(model, (ObjectNode) args.get(6)));
      }
    }
    JsonNode answer =
        wire.service(params.get("service").asText(), params.get("method").asText(), args);
    return compare(ids, step.get("step").asText(), model, method, step.get("response"), answer);
  }

  private static List<String> compare(
      RecordedIds ids,
      String step,
      String model,
      String method,
      JsonNode recorded,
      JsonNode actual) {
    String at = step + " (" + model + "." + method + ")";
    Agreement agreement = new Agreement(ids, model);
    String key = Set.of("create", "load", "search").contains(method) ? "id" : "";
    boolean shapeOnly = SHAPE_ONLY.contains(model) && !Set.of("load", "create").contains(method);
    JsonNode left = recorded.has("result") ? recorded.get("result") : recorded;
    JsonNode right = recorded.has("result") ? actual.path("result") : actual;
    if (shapeOnly) {
      agreement.sameShape(at, key, left, right);
    } else if (left.path("ids").isArray() && right.path("ids").isArray()) {
      agreement.same(at, "id", left.get("ids"), right.get("ids"));
      agreement.same(at, "", left.get("messages"), right.get("messages"));
    } else {
      agreement.same(at, key, left, right);
    }
    return agreement.differences();
  }
}
