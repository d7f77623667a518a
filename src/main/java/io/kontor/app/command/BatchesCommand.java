package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.HubClient;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the posting batches, or shows what would take one back. */
@Command(
    name = "batches",
    description = {
      "Lists the posting batches and what they wait for.",
      "reversal: shows what would take a posted batch back. Nothing is booked by it."
    },
    mixinStandardHelpOptions = true)
final class BatchesCommand extends Subcommand {

  @Parameters(index = "0", arity = "0..1", defaultValue = "list", description = "list or reversal.")
  private String action;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "BATCH",
      description = "The id of the batch, for reversal.")
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
      description = "table or hledger, for reversal; --json for machines.")
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
      case "reversal" -> {
        if (batch == null) {
          throw wrong("reversal needs the id of a batch");
        }
      }
      default -> throw wrong("there is list and reversal, but no '%s'".formatted(action));
    }
  }

  @Override
  int run(Invocation invocation) throws Exception {
    try (HubSession hub = open(invocation)) {
      return action.equals("list")
          ? list(invocation, hub.client())
          : reversal(invocation, hub.client());
    }
  }

  private static int list(Invocation invocation, HubClient hub) throws Exception {
    JsonNode batches = hub.get("batches", Map.of());
    return invocation.print(batches, () -> print(invocation.out(), batches));
  }

  private int reversal(Invocation invocation, HubClient hub) throws Exception {
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
      invocation.out().print(hub.text("batches/reversal", query));
      invocation.out().flush();
      return 0;
    }
    JsonNode preview = hub.get("batches/reversal", query);
    return invocation.print(preview, () -> printReversal(invocation.out(), preview));
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
