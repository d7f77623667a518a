package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.console.Columns;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the orders of a channel that no statement has settled to the end. */
@Command(
    name = "open-orders",
    description = {
      "Lists the orders of a channel that no statement has settled to the end, the",
      "oldest first: what was charged less what was refunded, written off and",
      "settled. Below zero are refunds that none took yet, and what was paid too",
      "much. What will not come is given up with write-off."
    },
    mixinStandardHelpOptions = true)
final class OpenOrdersCommand extends Subcommand {

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel.")
  private String channel;

  @Option(names = "--currency", description = "Which, if the channel sells in several.")
  private String currency;

  OpenOrdersCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  int run(Invocation invocation) throws Exception {
    try (HubSession hub = ask(invocation)) {
      JsonNode report =
          hub.client()
              .get(
                  "open-orders/" + URLEncoder.encode(channel, StandardCharsets.UTF_8),
                  currency == null ? Map.of() : Map.of("currency", currency));
      return invocation.print(report, () -> print(invocation.out(), report));
    }
  }

  private static void print(PrintWriter out, JsonNode report) {
    out.printf(
        "OPEN ORDERS of %s (%s), in %s: %d, together %s%n",
        report.path("channel").asText(),
        report.path("entity").asText(),
        report.path("currency").asText(),
        report.path("count").asLong(),
        report.path("open").asText());
    TextTable.print(out, report.path("orders"), Columns.OPEN_ORDERS.names());
    if (report.path("orders").size() < report.path("count").asLong()) {
      out.printf("Only the oldest %d are listed.%n", report.path("orders").size());
    }
  }
}
