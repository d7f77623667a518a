package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryUserException;
import net.thisptr.jackson.jq.path.Path;

/**
 * A function of jq that is written in Java, on the values of its arguments. As jq does it, an
 * argument with several outputs makes several calls.
 */
final class JqFunction implements Function {

  private final OnValues function;

  JqFunction(OnValues function) {
    this.function = function;
  }

  /** What is done with the values. */
  @FunctionalInterface
  interface OnValues {
    JsonNode apply(JqCall call) throws JsonQueryException;
  }

  @Override
  public void apply(
      Scope scope,
      List<Expression> arguments,
      JsonNode in,
      Path path,
      PathOutput output,
      Version version)
      throws JsonQueryException {
    applyTo(scope, arguments, in, new ArrayList<>(arguments.size()), output);
  }

  private void applyTo(
      Scope scope,
      List<Expression> arguments,
      JsonNode in,
      List<JsonNode> values,
      PathOutput output)
      throws JsonQueryException {
    if (values.size() == arguments.size()) {
      output.emit(computed(new JqCall(in, values)), null);
      return;
    }
    arguments
        .get(values.size())
        .apply(
            scope,
            in,
            value -> {
              List<JsonNode> more = new ArrayList<>(values);
              more.add(value);
              applyTo(scope, arguments, in, more, output);
            });
  }

  private JsonNode computed(JqCall call) throws JsonQueryException {
    try {
      return function.apply(call);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw rejected("not-computable", JqCatchable.reason(e));
    } catch (RuntimeException e) {
      throw new JsonQueryException(JqCatchable.reason(e), e);
    }
  }

  /** Ends the order that is being read, as the mapping's own {@code reject} does. */
  static JsonQueryUserException rejected(String code, String message) {
    ObjectNode reason = JsonNodeFactory.instance.objectNode();
    reason.put("code", code).put("message", message);
    return new JsonQueryUserException(reason);
  }
}
