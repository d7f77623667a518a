package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;

/** The proof as one page to print: breaks first. */
final class TieOutPage {

  private TieOutPage() {}

  static Reply of(JsonNode proof) {
    HtmlPage page = new HtmlPage("Tie-out");
    page.links("Kontor", "/api");
    page.text("quiet", "made at " + proof.path("madeAt").asText());
    page.heading("Breaks");
    if (proof.path("breaks").isEmpty()) {
      page.text("good", "None: everything agrees, to the cent.");
    }
    proof.path("breaks").forEach(one -> page.text("break", one.asText()));
    TieOutSummary.open(proof).forEach(one -> page.text("", "Still to be done: " + one));
    BookRows books = BookRows.of(proof);
    return page.heading("Clearing: " + TieOutSummary.EXPECTED)
        .table(proof.path("clearing"), Columns.CLEARING.names())
        .heading("Open: what no statement has settled, and lines in suspense")
        .table(
            proof.path("clearing"),
            row ->
                OpenOrdersPart.place(row.path("channel").asText(), row.path("currency").asText()),
            Columns.OPEN.names())
        .heading("Settlements")
        .table(
            proof.path("settlements"),
            SettlementPage::place,
            "settlement",
            "channel",
            "from",
            "to",
            "lines",
            "currency",
            "header",
            "sum",
            "entry")
        .heading("Tax")
        .table(proof.path("tax"), Columns.TAX.names())
        .heading("Books: " + TieOutSummary.BOOKS)
        .table(books.rows(), books.names())
        .heading("Documents")
        .table(proof.path("documents"), Columns.DOCUMENTS.names())
        .reply();
  }
}
