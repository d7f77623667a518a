package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.DataDirectory.RunningHub;
import io.kontor.app.Settings;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a command.
 *
 * @param environment who speaks, and what overrides the settings file
 * @param hub the hub that runs on the data directory; if there is none, the command opens the
 *     directory itself
 * @param json whether the output is for machines
 * @param out where the output goes
 */
public record Invocation(
    Settings settings,
    Map<String, String> environment,
    Optional<RunningHub> hub,
    boolean json,
    PrintWriter out) {

  /** Prints an answer for machines or for people; 0. */
  int print(JsonNode answer, Runnable people) {
    if (json) {
      out.println(answer.toPrettyString());
    } else {
      people.run();
    }
    out.flush();
    return 0;
  }
}
