package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.HubClient;
import java.io.PrintWriter;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the closed periods, or closes or opens one. */
@Command(
    name = "periods",
    description = {
      "Lists the closed periods, or closes or opens one.",
      "What comes late for a closed period is booked on the first open day."
    },
    mixinStandardHelpOptions = true)
final class PeriodsCommand extends Subcommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "list",
      description = "list, lock or unlock.")
  private String action;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ENTITY", description = "The entity.")
  private String entity;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "MONTH",
      description = "The month, such as 2026-10.")
  private YearMonth month;

  @Option(names = "--note", description = "Why; unlock asks for it.")
  private String note;

  PeriodsCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  void check() {
    if (!List.of("list", "lock", "unlock").contains(action)) {
      throw wrong("there is list, lock and unlock, but no '%s'".formatted(action));
    }
    if (!action.equals("list") && (entity == null || month == null)) {
      throw wrong("%s needs an entity and a month, such as: nordwind 2026-10".formatted(action));
    }
    if (action.equals("unlock") && (note == null || note.isBlank())) {
      throw wrong("unlock needs a --note that says why a closed month is opened");
    }
  }

  @Override
  int run(Invocation invocation) throws Exception {
    try (HubSession hub = action.equals("list") ? ask(invocation) : open(invocation)) {
      if (action.equals("list")) {
        JsonNode periods = hub.client().get("periods", Map.of());
        return invocation.print(periods, () -> printAll(invocation.out(), periods));
      }
      JsonNode answer =
          hub.client()
              .post(
                  "periods/" + action,
                  HubClient.body()
                      .put("entity", entity)
                      .put("month", month.toString())
                      .put("note", note == null ? "" : note));
      return invocation.print(answer, () -> printOne(invocation.out(), answer));
    }
  }

  private static void printAll(PrintWriter out, JsonNode periods) {
    if (periods.isEmpty()) {
      out.println("No period is closed.");
      return;
    }
    TextTable.print(out, periods, "entity", "period", "lockedBy", "at", "note");
  }

  private static void printOne(PrintWriter out, JsonNode answer) {
    out.printf(
        "%s of %s is %s%n",
        answer.path("month").asText(),
        answer.path("entity").asText(),
        answer.path("state").asText());
    long later = answer.path("bookedLater").asLong();
    if (later > 0) {
      out.printf(
          "%d of its entries are not posted: reject the batches that hold some; they are"
              + " booked on the first open day%n",
          later);
    }
    if (!answer.path("openBefore").isEmpty()) {
      out.printf(
          "Still open before it: %s. What comes late for those months is booked in them%n",
          String.join(
              ", ",
              StreamSupport.stream(answer.path("openBefore").spliterator(), false)
                  .map(JsonNode::asText)
                  .toList()));
    }
  }
}
