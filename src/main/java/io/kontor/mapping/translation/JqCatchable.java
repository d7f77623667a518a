package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/**
 * {@code catchable(f)} is f, but whatever f fails on is an error that jq's {@code catch} takes. By
 * itself jq lets some through, such as a regular expression that is none and a function that calls
 * itself without end, and these would end the whole document.
 */
final class JqCatchable implements Function {

  @Override
  public void apply(
      Scope scope,
      List<Expression> arguments,
      JsonNode in,
      Path path,
      PathOutput output,
      Version version)
      throws JsonQueryException {
    List<JsonNode> outputs = new ArrayList<>();
    JsonQueryException failure = null;
    try {
      arguments.get(0).apply(scope, in, outputs::add);
    } catch (JsonQueryException e) {
      failure = e;
    } catch (RuntimeException | StackOverflowError e) {
      failure = new JsonQueryException(reason(e), e);
    }
    // Not while f runs: what goes wrong with an output further on is no failure of f.
    for (JsonNode one : outputs) {
      output.emit(one, null);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** What something threw that was not meant for people, as well as it can be said. */
  static String reason(Throwable thrown) {
    if (thrown instanceof StackOverflowError) {
      return "a function calls itself without end";
    }
    String kind = thrown.getClass().getSimpleName();
    return thrown.getMessage() == null ? kind : kind + ": " + thrown.getMessage();
  }
}
