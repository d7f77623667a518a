package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.HubClient;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the posting batches, shows what is in one, or what would take one back. */
@Command(
    name = "batches",
    description = {
      "Lists the posting batches and what they wait for.",
      "show: what a batch puts into a set of books; look at it before you approve it.",
      "reversal: shows what would take a posted batch back. Nothing is booked by it."
    },
    mixinStandardHelpOptions = true)
final class BatchesCommand extends Subcommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "list",
      description = "list, show or reversal.")
  private String action;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "BATCH",
      description = "The id of the batch, for show and reversal.")
  private String batch;

  @Option(
      names = "--date",
      description = "The day of the reversal (by default the first open one from today on).")
  private LocalDate date;

  @Option(names = "--book", description = "odoo or file (by default the entity's first).")
  private String book;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table or hledger, for show and reversal; --json for machines.")
  private String format;

  BatchesCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  void check() {
    if (!format.equals("table") && !format.equals("hledger")) {
      throw wrong("--format is table or hledger, not '%s'".formatted(format));
    }
    switch (action) {
      case "list" -> {
        if (batch != null) {
          throw wrong(
              "list takes no batch: it lists them all, and not '%s' alone".formatted(batch));
        }
      }
      case "show", "reversal" -> {
        if (batch == null) {
          throw wrong(action + " needs the id of a batch");
        }
        if (date != null && action.equals("show")) {
          throw wrong("--date is for reversal");
        }
      }
      default -> throw wrong("there is list, show and reversal, but no '%s'".formatted(action));
    }
  }

  @Override
  int run(Invocation invocation) throws Exception {
    try (HubSession hub = ask(invocation)) {
      return switch (action) {
        case "list" -> list(invocation, hub.client());
        case "show" ->
            entries(invocation, hub.client(), "batches/show", BatchesCommand::printSheet);
        default ->
            entries(invocation, hub.client(), "batches/reversal", BatchesCommand::printReversal);
      };
    }
  }

  private static int list(Invocation invocation, HubClient hub) throws Exception {
    JsonNode batches = hub.get("batches", Map.of());
    return invocation.print(batches, () -> print(invocation.out(), batches));
  }

  private int entries(
      Invocation invocation, HubClient hub, String place, BiConsumer<PrintWriter, JsonNode> print)
      throws Exception {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("id", batch);
    if (book != null) {
      query.put("book", book);
    }
    if (date != null) {
      query.put("date", date.toString());
    }
    if (format.equals("hledger")) {
      query.put("format", "hledger");
      invocation.out().print(hub.text(place, query));
      invocation.out().flush();
      return 0;
    }
    JsonNode entries = hub.get(place, query);
    return invocation.print(entries, () -> print.accept(invocation.out(), entries));
  }

  private static void printSheet(PrintWriter out, JsonNode sheet) {
    out.printf(
        "%s is %s: %d entries of the subledger, made by %s%n",
        sheet.path("id").asText(),
        sheet.path("state").asText(),
        sheet.path("entries").asLong(),
        texts(sheet.path("makers")));
    out.printf("hash       %s%n", sheet.path("hash").asText());
    sheet.path("reasons").forEach(reason -> out.printf("look at    %s%n", reason.asText()));
    for (JsonNode posted : sheet.path("posted")) {
      out.printf(
          "posted     %s, %s%n", posted.path("book").asText(), posted.path("reference").asText());
    }
    out.printf("%nIn the %s book, in its currency:%n", sheet.path("book").asText());
    TextTable.print(out, sheet.path("accounts"), "code", "name", "debit", "credit", "currency");
    out.printf(
        "%nEntries there: %d (--format hledger prints them, the page of the batch shows them)%n",
        sheet.path("entriesInBook").asLong());
  }

  private static String texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return String.join(", ", texts);
  }

  private static void printReversal(PrintWriter out, JsonNode preview) {
    out.printf(
        "What would take %s back from the %s book on %s; nothing is booked:%n",
        preview.path("batch").asText(),
        preview.path("book").asText(),
        preview.path("date").asText());
    TextTable.print(
        out,
        preview.path("lines"),
        "date",
        "reference",
        "code",
        "name",
        "debit",
        "credit",
        "currency");
  }

  /** Prints batches, a row each. */
  static void print(PrintWriter out, JsonNode batches) {
    if (batches.isEmpty()) {
      out.println("No batches.");
      return;
    }
    TextTable.print(out, batches, "id", "state", "entries", "makers", "checker", "hash", "reasons");
  }
}
