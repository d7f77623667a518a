package io.kontor.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.flow.OdooOverCamel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.support.PatternHelper;

/**
 * What must hold between the files of routes, and Camel does not ask: it takes no notice of a route
 * that the hub cannot do without, nor of an error policy that is named and does not exist; and that
 * nobody answers at {@code direct:x} it learns from the first document that goes there.
 */
final class RouteRules {

  /** What the hub does by a route of this id and by nothing else, and what would be without it. */
  private static final Map<String, String> NEEDED =
      new TreeMap<>(
          Map.of(
              "record-documents",
              "nothing that arrives would be recorded",
              "route-deliveries",
              "nothing would be delivered",
              "sweep-deliveries",
              "what is due again would never be delivered",
              "call-odoo",
              "Odoo could not be called",
              "seal-journal",
              "the journal would not be sealed",
              HubCamel.NIGHT_TEMPLATE,
              "no night would run",
              "catch-up-nights",
              "a missed night would stay missed",
              "reclaim-space",
              "the embedded database's file would only grow",
              "purge-documents",
              "personal data would be kept for ever",
              "serve-api",
              "the API would not answer"));

  private static final String DIRECT = "direct:";

  private final Map<String, JsonNode> files;
  private final List<String> faults = new ArrayList<>();

  private RouteRules(Map<String, JsonNode> files) {
    this.files = files;
  }

  /** What is wrong in these files, by name; nothing if the hub can start on them. */
  static List<String> faults(Map<String, JsonNode> files) {
    RouteRules rules = new RouteRules(files);
    rules.needed();
    rules.policies();
    rules.callees();
    rules.parameters();
    return rules.faults;
  }

  private void needed() {
    Map<String, String> ids = new LinkedHashMap<>();
    files.forEach(
        (name, tree) -> {
          for (JsonNode thing : things(tree)) {
            String id = thing.path("routeId").asText(thing.path("id").asText(""));
            String other = id.isEmpty() ? null : ids.putIfAbsent(id, name);
            if (other != null) {
              faults.add("%s: '%s' is the id of %s".formatted(name, id, other));
            }
          }
        });
    NEEDED.forEach(
        (id, without) -> {
          if (!ids.containsKey(id)) {
            faults.add("no file holds '%s': %s".formatted(id, without));
          }
        });
  }

  /** One policy without an id holds wherever none is named. */
  private void policies() {
    Set<String> ids = new HashSet<>();
    List<String> defaults = new ArrayList<>();
    files.forEach(
        (name, tree) -> {
          for (JsonNode policy : tree.findValues("routeConfiguration")) {
            String id = policy.path("id").asText("");
            ids.add(id);
            if (id.isEmpty()) {
              defaults.add(name);
            }
          }
        });
    if (defaults.size() != 1) {
      faults.add(
          defaults.isEmpty()
              ? "no file holds an error policy without an id: what fails in a route that names none would be lost"
              : "%s: each is an error policy without an id, and only one can be the default"
                  .formatted(String.join(", ", defaults)));
    }
    files.forEach(
        (name, tree) ->
            tree.findValuesAsText("routeConfigurationId")
                .forEach(named -> policies(name, named, ids)));
  }

  /** Camel takes several, and each with wildcards. */
  private void policies(String name, String named, Set<String> ids) {
    for (String pattern : named.split(",", -1)) {
      if (ids.stream().noneMatch(id -> PatternHelper.matchPattern(id, pattern.strip()))) {
        faults.add("%s: no file holds the error policy '%s'".formatted(name, pattern.strip()));
      }
    }
  }

  private void callees() {
    Set<String> consumed = new HashSet<>();
    for (JsonNode tree : files.values()) {
      for (JsonNode from : tree.findValues("from")) {
        consumed.add(address(from.path("uri").asText(from.asText(""))));
      }
    }
    files.forEach(
        (name, tree) -> {
          for (String text : texts(tree)) {
            if (text.startsWith(DIRECT)
                && !text.contains("{")
                && !consumed.contains(address(text))) {
              faults.add("%s: no route answers at '%s'".formatted(name, text));
            }
          }
        });
    if (!consumed.contains(OdooOverCamel.ROUTE)) {
      faults.add(
          "no route answers at '%s': Odoo could not be called".formatted(OdooOverCamel.ROUTE));
    }
  }

  /**
   * Camel takes no notice of a parameter that the template does not have: its default would hold.
   */
  private void parameters() {
    Map<String, Set<String>> templates = new TreeMap<>();
    for (JsonNode tree : files.values()) {
      for (JsonNode template : tree.findValues("routeTemplate")) {
        templates.put(template.path("id").asText(""), names(template));
      }
    }
    files.forEach(
        (name, tree) -> {
          for (JsonNode route : tree.findValues("templatedRoute")) {
            String template = route.path("routeTemplateRef").asText("");
            Set<String> known = templates.get(template);
            if (known == null) {
              faults.add(
                  "%s: no file holds the template '%s', there are %s"
                      .formatted(name, template, templates.keySet()));
              continue;
            }
            for (String parameter : names(route)) {
              if (!known.contains(parameter)) {
                faults.add(
                    "%s: template '%s' has no parameter '%s', it has %s"
                        .formatted(name, template, parameter, known));
              }
            }
          }
        });
  }

  private static Set<String> names(JsonNode of) {
    return new TreeSet<>(of.path("parameters").findValuesAsText("name"));
  }

  /** Routes, templates and policies of a file, whatever they are. */
  private static List<JsonNode> things(JsonNode tree) {
    List<JsonNode> things = new ArrayList<>();
    tree.forEach(entry -> entry.forEach(things::add));
    return things;
  }

  private static String address(String uri) {
    int options = uri.indexOf('?');
    return options < 0 ? uri : uri.substring(0, options);
  }

  private static List<String> texts(JsonNode tree) {
    List<String> texts = new ArrayList<>();
    if (tree.isTextual()) {
      texts.add(tree.asText());
    }
    tree.forEach(child -> texts.addAll(texts(child)));
    return texts;
  }
}
