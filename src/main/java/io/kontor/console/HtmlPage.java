package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A page to read and to print: headings, paragraphs and tables. Not thread-safe. */
final class HtmlPage {

  private static final String STYLE =
      """
      body { font: 14px/1.45 system-ui, sans-serif; margin: 2rem auto; padding: 0 1rem; max-width: 84rem; color: #1a1a1a }
      h1 { font-size: 1.5rem; margin-bottom: 0 } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem }
      table { border-collapse: collapse; width: 100% }
      th { text-align: left; font-weight: 600; border-bottom: 2px solid #999 }
      .wide { overflow-x: auto }
      th, td { padding: .2rem .6rem .2rem 0; vertical-align: top }
      td { overflow-wrap: break-word; min-width: 5.5rem } td { border-bottom: 1px solid #e3e3e3 }
      .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; min-width: 0 }
      .break { color: #a40000 } .good { color: #1f6f2b } .quiet { color: #666 }
      tr.sum td { font-weight: 600; border-top: 1px solid #999 }
      @page { size: A4 landscape; margin: 12mm }
      @media print { body { margin: 0; padding: 0; max-width: none; font-size: 9px; line-height: 1.2 }
        h1 { font-size: 15px } h2 { font-size: 11px; margin: .7rem 0 .15rem } p { margin: .3rem 0 }
        .wide { overflow: visible } td { min-width: 0; overflow-wrap: break-word } th, td { padding: 1px .35rem 1px 0 }
        tr { break-inside: avoid }
        a { color: inherit; text-decoration: none } }
      """;

  /** What a place is asked with for its page. */
  static final String FORMAT = "?format=html";

  private final StringBuilder body = new StringBuilder();
  private final String title;

  HtmlPage(String title) {
    this.title = title;
    body.append("<h1>").append(escaped(title)).append("</h1>\n");
  }

  HtmlPage heading(String text) {
    body.append("<h2>").append(escaped(text)).append("</h2>\n");
    return this;
  }

  /**
   * A paragraph.
   *
   * @param kind {@code break}, {@code good} or {@code quiet}
   */
  HtmlPage text(String kind, String text) {
    body.append("<p class=\"%s\">%s</p>%n".formatted(kind, escaped(text)));
    return this;
  }

  /** A line of links: a text and where it leads, in turn. */
  HtmlPage links(String... textsAndPlaces) {
    body.append("<p>");
    for (int i = 0; i < textsAndPlaces.length; i += 2) {
      body.append(i == 0 ? "" : " · ")
          .append(
              "<a href=\"%s\">%s</a>"
                  .formatted(escaped(textsAndPlaces[i + 1]), escaped(textsAndPlaces[i])));
    }
    body.append("</p>\n");
    return this;
  }

  HtmlPage table(JsonNode rows, String... columns) {
    return table(rows, row -> "", columns);
  }

  /**
   * A table.
   *
   * @param link where the first column of a row leads; empty for nowhere
   */
  HtmlPage table(JsonNode rows, Function<JsonNode, String> link, String... columns) {
    if (rows.isEmpty()) {
      return text("quiet", "none");
    }
    body.append("<div class=\"wide\"><table><thead><tr>");
    for (String column : columns) {
      boolean number = rows.findValues(column).stream().anyMatch(HtmlPage::isNumber);
      body.append(number ? "<th class=\"number\">" : "<th>").append(words(column)).append("</th>");
    }
    body.append("</tr></thead><tbody>\n");
    for (JsonNode row : rows) {
      row(row, link.apply(row), columns);
    }
    body.append("</tbody></table></div>\n");
    return this;
  }

  private void row(JsonNode row, String link, String... columns) {
    body.append(row.path("isSum").asBoolean() ? "<tr class=\"sum\">" : "<tr>");
    for (int i = 0; i < columns.length; i++) {
      JsonNode value = row.path(columns[i]);
      String text = escaped(text(value));
      boolean wrong = columns[i].equals("difference") && !text.matches("-?0(\\.0*)?");
      body.append(
              "<td class=\"%s%s\">"
                  .formatted(isNumber(value) ? "number" : "", wrong ? " break" : ""))
          .append(
              i == 0 && !link.isEmpty()
                  ? "<a href=\"%s\">%s</a>".formatted(escaped(link), text)
                  : text)
          .append("</td>");
    }
    body.append("</tr>\n");
  }

  /** Several values are one after the other. */
  static String text(JsonNode value) {
    if (value.isArray()) {
      List<String> texts = new ArrayList<>();
      value.forEach(one -> texts.add(text(one)));
      return String.join("; ", texts);
    }
    return value.isNull() || value.isMissingNode() ? "" : value.asText();
  }

  private static boolean isNumber(JsonNode value) {
    return value.isNumber() || value.asText().matches("-?\\d+\\.\\d+");
  }

  /** {@code unsettledOlder} as {@code unsettled older}. */
  static String words(String column) {
    return column.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  Reply reply() {
    return Reply.text(
        "text/html; charset=utf-8",
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>%s</title><style>%s</style></head><body>%n%s</body></html>%n"
            .formatted(escaped(title), STYLE, body));
  }
}
