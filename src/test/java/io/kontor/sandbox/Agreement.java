package io.kontor.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/** Compares a recorded answer with ours: ids, dates, tracebacks and numbers in names aside. */
final class Agreement {

  private final RecordedIds ids;
  private final String model;
  private final List<String> differences = new ArrayList<>();

  Agreement(RecordedIds ids, String model) {
    this.ids = ids;
    this.model = model;
  }

  List<String> differences() {
    return differences;
  }

  /** Values and shape; {@code field} is the key under which the value stands. */
  void same(String at, String field, JsonNode recorded, JsonNode actual) {
    String target = RecordedIds.target(field, model);
    if (target != null && recorded.isInt() && actual.isInt()) {
      if (!ids.learn(target, recorded.asInt(), actual.asInt())) {
        differ(at, recorded, actual);
      }
    } else if (target != null && isPair(recorded) && isPair(actual)) {
      same(at, field, recorded.get(0), actual.get(0));
      same(at, "", recorded.get(1), actual.get(1));
    } else if (recorded.isObject() && actual.isObject()) {
      sameObject(at, recorded, actual);
    } else if (recorded.isArray() && actual.isArray()) {
      sameArray(at, field, recorded, actual);
    } else if (recorded.isTextual() && actual.isTextual()) {
      if (!folded(recorded.asText()).equals(folded(actual.asText()))) {
        differ(at, recorded, actual);
      }
    } else if (!recorded.equals(actual)) {
      differ(at, recorded, actual);
    }
  }

  private void sameObject(String at, JsonNode recorded, JsonNode actual) {
    keys(at, recorded, actual);
    recorded
        .properties()
        .forEach(
            entry -> {
              String key = entry.getKey();
              if (actual.has(key) && !key.equals("debug")) {
                same(at + "." + key, key, entry.getValue(), actual.get(key));
              }
            });
  }

  private void sameArray(String at, String field, JsonNode recorded, JsonNode actual) {
    if (recorded.size() != actual.size()) {
      differ(at, recorded, actual);
      return;
    }
    for (int index = 0; index < recorded.size(); index++) {
      same(at + "[" + index + "]", field, recorded.get(index), actual.get(index));
    }
  }

  /** Only the shape: what is read depends on what a database holds besides. */
  void sameShape(String at, String field, JsonNode recorded, JsonNode actual) {
    String target = RecordedIds.target(field, model);
    if (target != null && isPair(recorded) && isPair(actual)) {
      ids.learn(target, recorded.get(0).asInt(), actual.get(0).asInt());
    } else if (recorded.isArray() && actual.isArray()) {
      if (recorded.isEmpty() != actual.isEmpty()) {
        differ(at, recorded, actual);
      }
      for (JsonNode row : recorded) {
        learnByKey(row, actual);
      }
      if (!recorded.isEmpty() && !actual.isEmpty()) {
        sameShape(at + "[0]", "", recorded.get(0), actual.get(0));
      }
    } else if (recorded.isObject() && actual.isObject()) {
      keys(at, recorded, actual);
      recorded
          .properties()
          .forEach(
              entry -> {
                if (actual.has(entry.getKey())) {
                  String inner = at + "." + entry.getKey();
                  sameShape(inner, entry.getKey(), entry.getValue(), actual.get(entry.getKey()));
                }
              });
    } else if (recorded.getNodeType() != actual.getNodeType()) {
      differ(at, recorded, actual);
    }
  }

  private void learnByKey(JsonNode recorded, JsonNode rows) {
    for (JsonNode row : rows) {
      for (String key : List.of("code", "name")) {
        if (recorded.has(key) && recorded.has("id") && recorded.get(key).equals(row.get(key))) {
          ids.learn(model, recorded.get("id").asInt(), row.get("id").asInt());
        }
      }
    }
  }

  private void keys(String at, JsonNode recorded, JsonNode actual) {
    TreeSet<String> expected = new TreeSet<>();
    TreeSet<String> given = new TreeSet<>();
    for (Iterator<String> names = recorded.fieldNames(); names.hasNext(); ) {
      expected.add(names.next());
    }
    for (Iterator<String> names = actual.fieldNames(); names.hasNext(); ) {
      given.add(names.next());
    }
    if (!expected.equals(given)) {
      differences.add(at + ": recorded keys " + expected + ", ours " + given);
    }
  }

  private void differ(String at, JsonNode recorded, JsonNode actual) {
    differences.add(at + ": recorded " + recorded + ", ours " + actual);
  }

  private static boolean isPair(JsonNode node) {
    return node.isArray() && node.size() == 2 && node.get(0).isInt() && node.get(1).isTextual();
  }

  private static String folded(String text) {
    return text.replaceAll("[0-9]+", "#").replaceAll("\\s+", " ").strip();
  }
}
