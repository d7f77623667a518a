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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The night as a person at a terminal sees it: how far it is, and where each stands. */
final class NightWatch {

  private static final long LOOK_MILLIS = 300;

  private NightWatch() {}

  /** Has the night run, and shows how far it is while somebody looks. */
  static JsonNode settle(HubClient client, ObjectNode body, ProgressBar bar)
      throws IOException, InterruptedException {
    if (!bar.isWatched()) {
      return client.post("settle", body);
    }
    FutureTask<JsonNode> night = new FutureTask<>(() -> client.post("settle", body));
    Thread runner = new Thread(night, "settle");
    runner.setDaemon(true);
    runner.start();
    while (true) {
      try {
        JsonNode proposed = night.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        bar.done();
        return proposed;
      } catch (TimeoutException e) {
        // Still at it: that is what the bar is for.
        for (JsonNode step : client.get("nights/progress", Map.of())) {
          bar.step(
              "%s %s: %s"
                  .formatted(
                      step.path("entity").asText(),
                      step.path("date").asText(),
                      step.path("what").asText()),
              step.path("done").asInt(),
              step.path("steps").asInt());
        }
      } catch (ExecutionException e) {
        bar.done();
        throw rethrown(e.getCause());
      }
    }
  }

  private static IOException rethrown(Throwable cause) throws InterruptedException {
    if (cause instanceof RuntimeException defect) {
      throw defect;
    }
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    return cause instanceof IOException broken ? broken : new IOException(cause);
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
      out.println("MISSING  due and not done; caught up at start and every hour");
      TextTable.print(out, status.path("missing"), "entity", "date", "dueAt");
    }
    out.println();
    out.println("NEXT");
    TextTable.print(out, status.path("next"), "entity", "date", "dueAt");
  }
}
