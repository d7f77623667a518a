package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** The page that a browser opens first: what waits, for whom, and where everything else is. */
final class HomePage {

  private static final int NEWEST = 20;

  private HomePage() {}

  /** Each as the API answers it: the status, open work items, batches, settlements newest first. */
  static Reply of(JsonNode status, JsonNode items, JsonNode batches, JsonNode settlements) {
    ArrayNode waiting = Views.array();
    status
        .properties()
        .forEach(
            field ->
                waiting
                    .addObject()
                    .put("what", HtmlPage.words(field.getKey()))
                    .put("count", field.getValue().asLong()));
    return new HtmlPage("Kontor")
        .links(
            "Tie-out", "/api/tie-out?format=html",
            "Routes and exchanges", "/hawtio",
            "Health", "/observe/health",
            "Metrics", "/observe/metrics")
        .heading("Posting batches that are not posted")
        .table(batches, BatchPage::place, "id", "state", "entries", "makers", "reasons")
        .heading("Work desk")
        .table(
            items,
            item -> "/api/desk/" + item.path("id").asText(),
            "id",
            "team",
            "code",
            "subject",
            "message")
        .heading("Settlements")
        .table(
            first(settlements),
            SettlementPage::place,
            "settlement",
            "channel",
            "from",
            "to",
            "currency",
            "total",
            "state")
        .heading("How much there is")
        .table(waiting, "what", "count")
        .reply();
  }

  private static ArrayNode first(JsonNode rows) {
    ArrayNode first = Views.array();
    for (JsonNode row : rows) {
      if (first.size() < NEWEST) {
        first.add(row);
      }
    }
    return first;
  }
}
