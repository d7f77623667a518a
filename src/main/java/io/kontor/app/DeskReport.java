package io.kontor.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.CommandLineApi.DeskCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The work desk at the command line. */
final class DeskReport {

  private final HubSession hub;
  private final Invocation invocation;

  DeskReport(HubSession hub, Invocation invocation) {
    this.hub = hub;
    this.invocation = invocation;
  }

  /** Does what the command says and prints what came of it; the exit code. */
  int run(DeskCommand command) throws Exception {
    if (command.item().isEmpty() && !command.action().equals("list")) {
      throw new IllegalArgumentException(
          "desk %s needs the number of an item: desk lists them".formatted(command.action()));
    }
    if (List.of("skip", "resolve").contains(command.action()) && command.note().isEmpty()) {
      throw new IllegalArgumentException(
          "desk %s needs --note: say why, for those who ask later".formatted(command.action()));
    }
    if (command.item().isEmpty()) {
      JsonNode items =
          hub.client().openItems(command.team().map(team -> Map.of("team", team)).orElse(Map.of()));
      return HubCommands.print(invocation, items, () -> print(invocation.out(), items));
    }
    String path = "desk/" + command.item().get();
    JsonNode answer =
        switch (command.action()) {
          case "show" -> shown(hub.client(), path, command.file());
          case "edit" ->
              hub.client()
                  .post(
                      path + "/edit",
                      Files.readAllBytes(
                          command
                              .file()
                              .orElseThrow(
                                  () -> new IllegalArgumentException("edit needs --file"))),
                      "application/octet-stream");
          default ->
              hub.client()
                  .post(
                      path + "/" + command.action(),
                      HubClient.body()
                          .put("note", command.note().orElse(""))
                          .put("to", command.team().orElse("")));
        };
    HubCommands.print(invocation, answer, () -> HubCommands.printShown(invocation.out(), answer));
    return List.of("retry", "edit").contains(command.action()) && stillOpen(command) ? 1 : 0;
  }

  /** An item; its document, byte by byte, goes to the file if one is named. */
  private static JsonNode shown(HubClient client, String path, Optional<Path> file)
      throws IOException, InterruptedException {
    JsonNode item = client.get(path, Map.of());
    if (file.isPresent()) {
      Files.write(file.get(), client.bytes(path + "/document", Map.of()));
    }
    return item;
  }

  /** Whether an item waits for a person again after what it is about was tried anew. */
  private boolean stillOpen(DeskCommand command) throws Exception {
    hub.settleDown((inbox, deliveries) -> {});
    return hub.client()
        .get("desk/" + command.item().orElseThrow(), Map.of())
        .path("state")
        .asText()
        .equals("open");
  }

  static void print(PrintWriter out, JsonNode items) {
    out.println(items.isEmpty() ? "Nothing waits for a person." : "");
    for (JsonNode item : items) {
      out.printf(
          "  %4d  %-10s  %-22s  %s%n        %s%n",
          item.path("id").asLong(),
          item.path("team").asText(),
          item.path("code").asText(),
          item.path("subject").asText(),
          item.path("message").asText());
    }
  }
}
