package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;

/** The lines of a settlement behind a figure, as a page. */
final class LinesPage {

  private LinesPage() {}

  /** Where the lines behind a row are, that have these values in common with it. */
  static String of(JsonNode row, String... common) {
    StringBuilder place = new StringBuilder("/lines" + HtmlPage.FORMAT);
    for (String name : common) {
      if (!row.path(name).isNull()) {
        place.append('&').append(name).append('=').append(Request.encoded(row.path(name).asText()));
      }
    }
    return place.toString();
  }

  static Reply of(Request request, JsonNode lines) {
    String place = SettlementPage.place(request.path().get(1), request.path().get(2));
    HtmlPage page =
        new HtmlPage(
            "Lines of settlement %s of %s".formatted(request.path().get(2), request.path().get(1)));
    for (String name : List.of("code", "marketplace", "order", "orders")) {
      request.parameter(name).ifPresent(value -> page.text("quiet", name + ": " + value));
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode line : lines) {
      sum = sum.add(new BigDecimal(line.path("amount").asText()));
    }
    page.links("The settlement", place + HtmlPage.FORMAT)
        .text("", "%d lines, together %s".formatted(lines.size(), SettlementViews.cents(sum)));
    if (lines.size() == SettlementsPart.MOST_LINES) {
      page.text("break", "Only the first " + lines.size() + " lines are shown.");
    }
    return page.table(
            lines,
            line -> line.path("order").asText().isEmpty() ? "" : place + of(line, "order"),
            Columns.LINES.names())
        .reply();
  }
}
