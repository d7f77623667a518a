package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryUserException;

/**
 * One jq file, compiled, with a channel's settings. Thread-safe: each application has its scope.
 */
final class JqMapping {

  private final String file;
  private final JsonQuery query;
  private final Scope library;

  /**
   * @param library what the file sees: functions, and the channel's settings
   */
  JqMapping(String file, JsonQuery query, Scope library) {
    this.file = file;
    this.query = query;
    this.library = library;
  }

  /**
   * Applies the file to a tree. Outputs before a failure have been handed over when it is found.
   *
   * @param failed takes what ended the application, if something did
   */
  void apply(JsonNode tree, Consumer<JsonNode> output, Consumer<Finding> failed) {
    List<JsonNode> outputs = new ArrayList<>();
    try {
      query.apply(Scope.newChildScope(library), tree, outputs::add);
    } catch (JsonQueryUserException e) {
      failed.accept(finding(e.getMessageAsJsonNode()));
    } catch (JsonQueryException e) {
      failed.accept(notUnderstood("document", e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      failed.accept(notUnderstood("document", JqCatchable.reason(e)));
    }
    // Not while jq runs: an output is handed on from the depth of the expression that makes it.
    outputs.forEach(output);
  }

  /** What {@code reject} threw, or what jq's own error said. */
  Finding finding(JsonNode thrown) {
    if (thrown.hasNonNull("code") && thrown.hasNonNull("message")) {
      return new Finding(thrown.get("code").asText(), thrown.get("message").asText());
    }
    return notUnderstood("order", thrown.isTextual() ? thrown.textValue() : thrown.toString());
  }

  private Finding notUnderstood(String what, String why) {
    return new Finding(
        "not-understood",
        "mappings/%s could not read this %s (%s): correct the document or the mapping"
            .formatted(file, what, why));
  }
}
