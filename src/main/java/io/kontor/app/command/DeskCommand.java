package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.app.HubClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The work desk: lists what waits for a person, or shows and settles an item. */
@Command(
    name = "desk",
    description = "Lists what waits for a person, or shows and settles an item.",
    mixinStandardHelpOptions = true)
final class DeskCommand extends Subcommand {

  private static final List<String> ACTIONS =
      List.of("list", "show", "retry", "edit", "replace", "skip", "resolve", "assign");

  private static final List<String> READING = List.of("list", "show");

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "list",
      description = "list, show, retry, edit, replace, skip, resolve or assign.")
  private String action;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ITEM", description = "Its number.")
  private Long item;

  @Option(names = "--note", description = "Why, for replace, skip and resolve.")
  private String note;

  @Option(
      names = "--file",
      description = "The edited document, for edit; where to write the document, for show.")
  private Path file;

  @Option(names = "--team", description = "operations or finance, for list and assign.")
  private String team;

  @Option(
      names = "--code",
      description = "Only items of this code, for list; retry without ITEM: all of them.")
  private String code;

  DeskCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  void check() {
    if (!ACTIONS.contains(action)) {
      throw wrong("there is %s, but no '%s'".formatted(String.join(", ", ACTIONS), action));
    }
    if (action.equals("list") && item != null) {
      throw wrong("list takes no item: desk show %d shows it".formatted(item));
    }
    if (item == null && !action.equals("list") && !retriesAll()) {
      throw wrong("%s needs the number of an item: desk lists them".formatted(action));
    }
    if (List.of("replace", "skip", "resolve").contains(action) && note == null) {
      throw wrong("%s needs --note: say why, for those who ask later".formatted(action));
    }
    if (action.equals("edit") && file == null) {
      throw wrong("edit needs --file");
    }
    if (action.equals("edit") && Files.isDirectory(file)) {
      throw wrong("%s is a folder: edit takes the corrected document".formatted(file));
    }
    if (action.equals("assign") && team == null) {
      throw wrong("assign needs --team: operations or finance");
    }
  }

  @Override
  int run(Invocation invocation) throws Exception {
    try (HubSession hub = READING.contains(action) ? ask(invocation) : open(invocation)) {
      if (retriesAll()) {
        return retryAll(invocation, hub);
      }
      return item == null ? list(invocation, hub.client()) : act(invocation, hub);
    }
  }

  private boolean retriesAll() {
    return item == null && action.equals("retry") && code != null;
  }

  private JsonNode items(HubClient hub) throws IOException, InterruptedException {
    Map<String, String> query = new HashMap<>();
    if (team != null) {
      query.put("team", team);
    }
    if (code != null) {
      query.put("code", code);
    }
    return hub.openItems(query);
  }

  /**
   * One cause, such as a key that has expired, stops many: after it is mended they go out together.
   */
  private int retryAll(Invocation invocation, HubSession hub) throws Exception {
    JsonNode items = items(hub.client());
    if (items.isEmpty()) {
      throw new IllegalArgumentException(
          "no open item has the code '%s': desk lists those that wait".formatted(code));
    }
    Set<String> refusals = new LinkedHashSet<>();
    for (JsonNode one : items) {
      try {
        hub.client()
            .post("desk/" + one.path("id").asText() + "/retry", HubClient.body().put("note", ""));
      } catch (HubClient.RefusedException e) {
        // One may have closed by itself meanwhile, by an earlier one's success: the others go on.
        refusals.add(e.getMessage());
      }
    }
    hub.settleDown((inbox, deliveries) -> {});
    JsonNode open = items(hub.client());
    ObjectNode answer =
        HubClient.body().put("retried", items.size()).put("stillWaiting", open.size());
    if (!refusals.isEmpty()) {
      answer.put("refused", String.join("; ", refusals));
    }
    invocation.print(
        answer,
        () -> {
          TextTable.printFields(invocation.out(), answer);
          print(invocation.out(), open);
        });
    return open.isEmpty() ? 0 : 1;
  }

  private int list(Invocation invocation, HubClient hub) throws Exception {
    JsonNode items = items(hub);
    return invocation.print(items, () -> print(invocation.out(), items));
  }

  private int act(Invocation invocation, HubSession hub) throws Exception {
    JsonNode answer =
        switch (action) {
          case "show" -> show(hub.client());
          case "edit" ->
              hub.client()
                  .post(path() + "/edit", Files.readAllBytes(file), "application/octet-stream");
          default ->
              hub.client()
                  .post(
                      path() + "/" + action,
                      HubClient.body()
                          .put("note", note == null ? "" : note)
                          .put("to", team == null ? "" : team));
        };
    invocation.print(answer, () -> TextTable.printFields(invocation.out(), answer));
    return switch (action) {
      // What is wrong with the corrected document is another item.
      case "edit" -> answer.path("state").asText().equals("open") || stillOpen(hub) ? 1 : 0;
      case "retry", "replace" -> stillOpen(hub) ? 1 : 0;
      default -> 0;
    };
  }

  private String path() {
    return "desk/" + item;
  }

  /** The item; its document, byte by byte, goes to the file if one is named. */
  private JsonNode show(HubClient hub) throws IOException, InterruptedException {
    JsonNode shown = hub.get(path(), Map.of());
    if (file != null) {
      Files.write(file, hub.bytes(path() + "/document", Map.of()));
    }
    return shown;
  }

  /** Whether the item waits for a person again after what it is about was tried anew. */
  private boolean stillOpen(HubSession hub) throws Exception {
    hub.settleDown((inbox, deliveries) -> {});
    return hub.client().get(path(), Map.of()).path("state").asText().equals("open");
  }

  /** Prints items, two lines each. */
  static void print(PrintWriter out, JsonNode items) {
    out.println(items.isEmpty() ? "Nothing waits for a person." : "");
    for (JsonNode one : items) {
      out.printf(
          "  %4d  %-10s  %-22s  %s%n        %s%n",
          one.path("id").asLong(),
          one.path("team").asText(),
          one.path("code").asText(),
          one.path("subject").asText(),
          one.path("message").asText());
    }
  }
}
