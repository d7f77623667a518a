package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A settlement as a page: what was sold, taken, paid out and is still open. */
final class SettlementPage {

  private SettlementPage() {}

  /** Where a settlement is found. */
  static String place(String channel, String settlement) {
    return "/api/settlements/%s/%s"
        .formatted(Request.encoded(channel), Request.encoded(settlement));
  }

  /** Where a settlement that a row names by {@code channel} and {@code settlement} has its page. */
  static String place(JsonNode row) {
    return place(row.path("channel").asText(), row.path("settlement").asText()) + HtmlPage.FORMAT;
  }

  static Reply of(ObjectNode view) {
    String channel = view.path("channel").asText();
    String place = place(channel, view.path("settlement").asText());
    HtmlPage page =
        new HtmlPage("Settlement %s of %s".formatted(view.path("settlement").asText(), channel));
    page.links(
        "Kontor",
        "/api",
        "Tie-out",
        "/api/tie-out" + HtmlPage.FORMAT,
        "Orders of %s that are still open".formatted(channel),
        OpenOrdersPart.place(channel, view.path("currency").asText()));
    page.text(
        "quiet",
        "%s, %s to %s; %s"
            .formatted(
                view.path("entity").asText(),
                view.path("from").asText(),
                view.path("to").asText(),
                view.path("state").asText()));
    page.heading("In short, in " + view.path("currency").asText())
        .table(view.path("summary"), Columns.SUMMARY.names());
    view.path("sections")
        .properties()
        .forEach(
            section ->
                page.heading(section.getKey())
                    .table(
                        section.getValue(),
                        row -> place + LinesPage.of(row, "code", "marketplace", "orders"),
                        Columns.SECTION.names()));
    page.heading("How its orders came out, against the ledger and all settlements so far")
        .table(view.path("orders"), Columns.OUTCOMES.names());
    page.heading("Orders to be looked at")
        .table(
            view.path("findings"),
            row -> place + LinesPage.of(row, "order"),
            Columns.FINDINGS.names());
    return page.heading("What stood open between the channel and us before it, and after")
        .table(view.path("carried"), Columns.CARRIED.names())
        .reply();
  }
}
