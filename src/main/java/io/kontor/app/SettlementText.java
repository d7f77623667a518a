package io.kontor.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** Settlements as people read them in a terminal. */
final class SettlementText {

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

  static void print(PrintWriter out, JsonNode one) {
    out.printf(
        "SETTLEMENT %s of %s, %s to %s, %s%n",
        one.path("settlement").asText(),
        one.path("channel").asText(),
        one.path("from").asText(),
        one.path("to").asText(),
        one.path("state").asText());
    TextTable.print(out, one.path("summary"), "what", "amount");
    one.path("sections")
        .properties()
        .forEach(
            section -> {
              out.printf("%n%s%n", section.getKey().toUpperCase(Locale.ROOT));
              TextTable.print(
                  out, section.getValue(), "code", "account", "marketplace", "lines", "amount");
            });
    out.printf("%nORDERS  how they came out against the ledger%n");
    TextTable.print(
        out, one.path("orders"), "outcome", "orders", "lines", "expected", "found", "difference");
    out.printf("%nTO BE LOOKED AT%n");
    TextTable.print(
        out,
        one.path("findings"),
        "order",
        "sku",
        "outcome",
        "cause",
        "expected",
        "found",
        "difference");
  }
}
