package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.failure.RejectedFailure;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Lifts facts that were recorded under an older schema to the current one. A schema that changes
 * gets a new file ({@code order-placed.v2.json}) and, here, the step from the version before.
 */
final class Upcasts {

  /** By kind: step 0 makes version 2 of version 1, and so on. */
  private static final Map<String, List<UnaryOperator<ObjectNode>>> STEPS = Map.of();

  private Upcasts() {}

  /** The version that facts of a kind are written in. */
  static int current(String kind) {
    return STEPS.getOrDefault(kind, List.of()).size() + 1;
  }

  /**
   * @throws RejectedFailure {@code unknown-schema-version} if a newer Kontor wrote it
   */
  static JsonNode toCurrent(JsonNode fact) {
    String kind = fact.path("fact").asText();
    int version = fact.path("version").asInt(0);
    int current = current(kind);
    if (!(fact instanceof ObjectNode lifted) || version < 1 || version > current) {
      throw new RejectedFailure(
          "unknown-schema-version",
          kind,
          "a fact of kind '%s' has version %d, this Kontor knows 1 to %d"
              .formatted(kind, version, current));
    }
    for (UnaryOperator<ObjectNode> step :
        STEPS.getOrDefault(kind, List.of()).subList(version - 1, current - 1)) {
      lifted = step.apply(lifted);
    }
    return lifted;
  }
}
