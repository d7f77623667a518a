package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;

/** A posting batch to look at before it is approved, and to print afterwards. */
final class BatchPage {

  private BatchPage() {}

  /** Where the page of a batch is, which is given as the API answers it. */
  static String place(JsonNode batch) {
    return "/api/batches/show?format=html&id=" + Request.encoded(batch.path("id").asText());
  }

  static Reply of(JsonNode sheet) {
    HtmlPage page = new HtmlPage("Posting batch " + sheet.path("id").asText());
    page.links(
        "Kontor",
        "/api",
        "As hledger",
        "/api/batches/show?format=hledger&id=" + Request.encoded(sheet.path("id").asText()));
    page.text(
        "quiet",
        "%s, %d entries of the subledger, as the %s book takes them; made by %s%s"
            .formatted(
                sheet.path("state").asText(),
                sheet.path("entries").asLong(),
                sheet.path("book").asText(),
                HtmlPage.text(sheet.path("makers")),
                sheet.path("checker").isNull()
                    ? ""
                    : ", decided by " + sheet.path("checker").asText()));
    page.text("quiet", "hash " + sheet.path("hash").asText());
    page.heading("Why somebody should look at it");
    if (sheet.path("reasons").isEmpty()) {
      page.text("good", "No reason: it is like those before it.");
    }
    sheet.path("reasons").forEach(reason -> page.text("break", reason.asText()));
    page.heading("Books that have it")
        .table(sheet.path("posted"), "book", "reference", "at")
        .heading("Sums by account, in the currency of the books")
        .table(sheet.path("accounts"), "code", "name", "debit", "credit", "currency")
        .heading("Entries");
    if (sheet.path("entriesInBook").asLong() > BatchViews.MOST_ENTRIES) {
      page.text(
          "break",
          "Only the first %d of %d entries are shown; as hledger they are all there."
              .formatted(BatchViews.MOST_ENTRIES, sheet.path("entriesInBook").asLong()));
    }
    return page.table(
            sheet.path("lines"), "date", "narration", "code", "name", "debit", "credit", "currency")
        .reply();
  }
}
