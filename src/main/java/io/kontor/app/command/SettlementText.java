package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.console.Columns;
import java.io.PrintWriter;
import java.util.Locale;

/** Settlements as people read them in a terminal. */
public final class SettlementText {

  private SettlementText() {}

  static void list(PrintWriter out, JsonNode settlements) {
    TextTable.print(
        out,
        settlements,
        "entity",
        "channel",
        "settlement",
        "from",
        "to",
        "currency",
        "total",
        "state");
  }

  public static void print(PrintWriter out, JsonNode one) {
    out.printf(
        "SETTLEMENT %s of %s (%s), %s to %s, in %s, %s%n",
        one.path("settlement").asText(),
        one.path("channel").asText(),
        one.path("entity").asText(),
        one.path("from").asText(),
        one.path("to").asText(),
        one.path("currency").asText(),
        one.path("state").asText());
    TextTable.print(out, one.path("summary"), Columns.SUMMARY.names());
    one.path("sections")
        .properties()
        .forEach(
            section -> {
              out.printf("%n%s%n", section.getKey().toUpperCase(Locale.ROOT));
              TextTable.print(out, section.getValue(), Columns.SECTION.names());
            });
    out.printf("%nORDERS  how they came out against the ledger%n");
    TextTable.print(out, one.path("orders"), Columns.OUTCOMES.names());
    out.printf("%nORDERS TO BE LOOKED AT%n");
    TextTable.print(out, one.path("findings"), Columns.FINDINGS.names());
    out.printf("%nOPEN  between the channel and us, before it and after%n");
    TextTable.print(out, one.path("carried"), Columns.CARRIED.names());
  }
}
