package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.app.HubClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The night as a person at a terminal sees it: how far it is, and where each stands. */
final class NightWatch {

  private NightWatch() {}

  /** Has the night run, and shows how far it is while somebody looks. */
  static JsonNode settle(HubClient client, ObjectNode body, ProgressBar bar)
      throws IOException, InterruptedException {
    return Watched.run(
        () -> client.post("settle", body),
        bar,
        () -> {
          for (JsonNode step : client.get("nights/progress", Map.of())) {
            bar.step(
                "%s %s: %s"
                    .formatted(
                        step.path("entity").asText(),
                        step.path("date").asText(),
                        step.path("what").asText()),
                step.path("done").asLong(),
                step.path("steps").asLong());
          }
        });
  }

  /** What concerns one entity, or all of them. */
  static ObjectNode ofEntity(JsonNode status, Optional<String> entity) {
    ObjectNode of = JsonNodeFactory.instance.objectNode();
    status
        .properties()
        .forEach(
            part -> {
              ArrayNode rows = of.putArray(part.getKey());
              for (JsonNode row : part.getValue()) {
                if (entity.isEmpty() || row.path("entity").asText().equals(entity.get())) {
                  rows.add(row);
                }
              }
            });
    if (of.path("next").isEmpty()) {
      throw new IllegalArgumentException(
          "there is no entity '%s'; there are: %s"
              .formatted(
                  entity.orElse(""),
                  String.join(
                      ", ", new TreeSet<>(status.path("next").findValuesAsText("entity")))));
    }
    return of;
  }

  static void print(PrintWriter out, JsonNode status) {
    if (status.path("nights").isEmpty()) {
      out.println("No night has run yet.");
    } else {
      TextTable.print(
          out,
          status.path("nights"),
          "entity",
          "date",
          "state",
          "attempts",
          "started",
          "took",
          "note");
    }
    if (!status.path("missing").isEmpty()) {
      out.println();
      out.println("MISSING  due and not done; caught up at start and every ten minutes");
      TextTable.print(out, status.path("missing"), "entity", "date", "dueAt");
    }
    out.println();
    out.println("NEXT");
    TextTable.print(out, status.path("next"), "entity", "date", "dueAt");
  }
}
