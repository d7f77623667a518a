package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.work.recording.WriteOffs;
import io.kontor.work.settlement.OpenOrderReports;
import java.util.Currency;
import java.util.Optional;

/**
 * The orders that no statement has settled to the end: {@code /api/open-orders/CHANNEL}, and {@code
 * ?currency=…} where the channel has several; also as a page, with {@code format=html}. What is
 * open of one is given up at {@code …/write-off}.
 */
public final class OpenOrdersPart implements ConsoleApi.Part {

  private final OpenOrderReports reports;
  private final WriteOffs writeOffs;

  public OpenOrdersPart(OpenOrderReports reports, WriteOffs writeOffs) {
    this.reports = reports;
    this.writeOffs = writeOffs;
  }

  /** Where the page of a channel and currency is. */
  static String place(String channel, String currency) {
    return "/api/open-orders/%s%s&currency=%s"
        .formatted(Request.encoded(channel), HtmlPage.FORMAT, Request.encoded(currency));
  }

  @Override
  public Reply answer(Request request) {
    if (request.method().equals(ApiPaths.DO)) {
      return writeOff(request);
    }
    Optional<Currency> currency = request.parameter("currency").map(Currency::getInstance);
    ObjectNode view = view(reports.open(request.path().get(1), currency));
    return request.isForPage() ? page(view) : Reply.json(view);
  }

  private Reply writeOff(Request request) {
    request.needs("finance");
    WriteOffs.Done done =
        writeOffs.writeOff(
            new WriteOffs.Wanted(
                request.path().get(1),
                request.required("order"),
                request.amount("amount"),
                Optional.of(request.field("gateway")).filter(gateway -> !gateway.isBlank()),
                request.required("note")),
            request.actor());
    return Reply.json(
        Views.object()
            .put("order", done.order().order())
            .put("channel", done.order().channel())
            .put("currency", done.amount().currency().getCurrencyCode())
            .put("writtenOff", done.amount().plain())
            .put("open", done.open().plain()));
  }

  private static ObjectNode view(OpenOrderReports.Report report) {
    ObjectNode view =
        Views.object()
            .put("entity", report.entity())
            .put("channel", report.channel())
            .put("currency", report.currency().getCurrencyCode())
            .put("count", report.count())
            .put("open", SettlementViews.cents(report.open()));
    view.set(
        "orders",
        Views.list(
            report.orders(),
            one ->
                Views.object()
                    .put("order", one.order())
                    .put("since", one.since().toString())
                    .put("charged", SettlementViews.cents(one.charged()))
                    .put("refunded", SettlementViews.cents(one.refunded()))
                    .put("writtenOff", SettlementViews.cents(one.writtenOff()))
                    .put("settled", SettlementViews.cents(one.settled()))
                    .put("open", SettlementViews.cents(one.open()))));
    return view;
  }

  private static Reply page(JsonNode view) {
    HtmlPage page =
        new HtmlPage(
            "Open orders of %s, in %s"
                .formatted(view.path("channel").asText(), view.path("currency").asText()));
    page.links("Kontor", "/api", "Tie-out", "/api/tie-out" + HtmlPage.FORMAT);
    page.text(
        "",
        "%d orders, together %s: what was charged less what was refunded, written off and settled; below zero are refunds that no statement took yet, and what was paid too much"
            .formatted(view.path("count").asLong(), view.path("open").asText()));
    if (view.path("orders").size() < view.path("count").asLong()) {
      page.text("break", "Only the oldest %d are shown.".formatted(view.path("orders").size()));
    }
    return page.table(view.path("orders"), Columns.OPEN_ORDERS.names()).reply();
  }
}
