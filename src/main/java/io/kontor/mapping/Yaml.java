package io.kontor.mapping;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Reads YAML as people write it: a key that stands twice in one object is a fault. */
public final class Yaml {

  private static final YAMLMapper MAPPER =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private Yaml() {}

  /** A text is no YAML: its message says why, in one line. */
  public static final class NotYamlException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    private NotYamlException(JsonProcessingException cause) {
      super(
          // The lines between say where, each in its own way.
          cause
              .getOriginalMessage()
              .lines()
              .filter(text -> !text.isEmpty() && !text.startsWith(" "))
              .collect(joining(", ", "is not YAML: ", "")),
          cause);
      line = cause.getLocation() == null ? 1 : cause.getLocation().getLineNr();
    }

    /** Where, counted from 1. */
    public int line() {
      return line;
    }
  }

  /** What a text holds; a missing node if that is nothing. */
  public static JsonNode tree(String text) throws NotYamlException {
    try {
      JsonNode tree = MAPPER.readTree(text);
      return tree == null || tree.isNull() ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException e) {
      throw new NotYamlException(e);
    }
  }
}
