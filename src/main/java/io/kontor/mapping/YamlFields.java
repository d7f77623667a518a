package io.kontor.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One object of a YAML file, read strictly: a key that nobody asks for is a fault, and so is one
 * that stands twice. Faults are noted and reading goes on with a stand-in.
 */
final class YamlFields {

  private final JsonNode node;
  private final String place;
  private final TableFaults faults;
  private final Set<String> asked = new HashSet<>();

  YamlFields(JsonNode node, String place, TableFaults faults) {
    this.node = node;
    this.place = place;
    this.faults = faults;
    if (!node.isObject() && !node.isMissingNode()) {
      faults.add(place, "must hold keys and values");
    }
  }

  /** Parses a file; empty, and noted, if that cannot be done. */
  static Optional<JsonNode> parse(String text, String place, TableFaults faults) {
    try {
      return Optional.of(Yaml.tree(text));
    } catch (Yaml.NotYamlException e) {
      faults.add(place + ":" + e.line(), e.getMessage());
      return Optional.empty();
    }
  }

  String text(String key) {
    return optionalText(key)
        .orElseGet(
            () -> {
              faults.add(place, "'%s' is missing".formatted(key));
              return "";
            });
  }

  Optional<String> optionalText(String key) {
    asked.add(key);
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isValueNode()) {
      faults.add(place, "'%s' must be a single value".formatted(key));
      return Optional.empty();
    }
    return Optional.of(value.asText());
  }

  boolean truth(String key) {
    String text = text(key);
    if (!text.equals("true") && !text.equals("false") && !text.isEmpty()) {
      faults.add(place, "'%s' must be true or false, not '%s'".formatted(key, text));
    }
    return text.equals("true");
  }

  /** A value of another type; what {@code of} throws is noted. */
  <T> Optional<T> value(String key, Function<String, T> of) {
    String text = text(key);
    return text.isEmpty() ? Optional.empty() : converted(key, text, of);
  }

  private <T> Optional<T> converted(String key, String text, Function<String, T> of) {
    try {
      return Optional.of(of.apply(text));
    } catch (RuntimeException e) {
      faults.add(place, "'%s': %s".formatted(key, e.getMessage()));
      return Optional.empty();
    }
  }

  List<String> texts(String key) {
    asked.add(key);
    List<String> texts = new ArrayList<>();
    JsonNode value = node.path(key);
    if (value.isValueNode() && !value.isNull()) {
      texts.add(value.asText());
    }
    for (JsonNode element : value) {
      if (element.isValueNode() && value.isArray()) {
        texts.add(element.asText());
      } else {
        faults.add(place, "'%s' must be a list of single values".formatted(key));
      }
    }
    return texts;
  }

  <T> List<T> values(String key, Function<String, T> of) {
    List<T> values = new ArrayList<>();
    texts(key).forEach(text -> converted(key, text, of).ifPresent(values::add));
    return values;
  }

  Map<String, String> textMap(String key) {
    asked.add(key);
    Map<String, String> map = new LinkedHashMap<>();
    JsonNode value = node.path(key);
    if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
      faults.add(place, "'%s' must hold keys and values".formatted(key));
    }
    value.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }

  boolean has(String key) {
    asked.add(key);
    return node.hasNonNull(key);
  }

  YamlFields object(String key) {
    asked.add(key);
    return new YamlFields(node.path(key), place + ", " + key, faults);
  }

  List<YamlFields> objects(String key) {
    asked.add(key);
    return elements(node.path(key), place + ", " + key, faults);
  }

  static List<YamlFields> elements(JsonNode list, String place, TableFaults faults) {
    List<YamlFields> objects = new ArrayList<>();
    if (!list.isArray() && !list.isMissingNode()) {
      faults.add(place, "must be a list");
      return objects;
    }
    for (int i = 0; i < list.size(); i++) {
      objects.add(new YamlFields(list.get(i), "%s, entry %d".formatted(place, i + 1), faults));
    }
    return objects;
  }

  Set<String> keys() {
    Set<String> keys = new java.util.LinkedHashSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  void fault(String what) {
    faults.add(place, what);
  }

  /** To be called when all has been asked for. */
  void noOthers() {
    for (String key : keys()) {
      if (!asked.contains(key)) {
        faults.add(place, "unknown key '%s', known are %s".formatted(key, sorted(asked)));
      }
    }
  }

  private static List<String> sorted(Set<String> keys) {
    return keys.stream().sorted().toList();
  }
}
