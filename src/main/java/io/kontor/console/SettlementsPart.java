package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.store.Findings;
import io.kontor.store.LineFilter;
import io.kontor.store.Settlement;
import io.kontor.store.StagedLine;
import io.kontor.work.settlement.SettlementReports;
import io.kontor.work.settlement.SettlementReports.Report;
import io.kontor.work.settlement.SettlementReports.Row;
import io.kontor.work.settlement.SettlementReports.Section;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Settlements: {@code /api/settlements}, one of them at {@code /api/settlements/CHANNEL/ID}, and
 * its lines at {@code …/lines?code=…&marketplace=…} or {@code ?order=…}; the last two also as
 * pages, with {@code format=html}.
 */
public final class SettlementsPart implements ConsoleApi.Part {

  private static final int MOST_LINES = 50_000;
  private static final String PAGE = "?format=html";

  private final SettlementReports reports;

  public SettlementsPart(SettlementReports reports) {
    this.reports = reports;
  }

  @Override
  public Reply answer(Request request) {
    List<String> path = request.path();
    if (path.size() == 1) {
      return Reply.json(list());
    }
    if (path.size() == 4) {
      JsonNode lines = lines(request);
      return asPage(request) ? linesPage(request, lines) : Reply.json(lines);
    }
    ObjectNode view = view(reports.report(path.get(1), path.get(2)));
    return asPage(request) ? page(view) : Reply.json(view);
  }

  private static boolean asPage(Request request) {
    return switch (request.parameter("format").orElse("json")) {
      case "json" -> false;
      case "html" -> true;
      default -> throw new IllegalArgumentException("the formats are json and html");
    };
  }

  private JsonNode lines(Request request) {
    return Views.list(
        reports.lines(
            request.path().get(1),
            request.path().get(2),
            new LineFilter(
                request.parameter("code"),
                Optional.ofNullable(request.query().get("marketplace")),
                request.parameter("order")),
            MOST_LINES),
        SettlementsPart::line);
  }

  /** All settlements, the newest first. */
  JsonNode list() {
    return Views.list(reports.list(), SettlementsPart::header);
  }

  /** Where a settlement is found. */
  static String place(String channel, String settlement) {
    return "/api/settlements/%s/%s"
        .formatted(Request.encoded(channel), Request.encoded(settlement));
  }

  /** Where a settlement that a row names by {@code channel} and {@code settlement} has its page. */
  static String page(JsonNode row) {
    return place(row.path("channel").asText(), row.path("settlement").asText()) + PAGE;
  }

  private static ObjectNode header(Settlement settlement) {
    return Views.object()
        .put("entity", settlement.entity())
        .put("channel", settlement.channel())
        .put("settlement", settlement.settlementId())
        .put("from", settlement.from().toString())
        .put("to", settlement.to().toString())
        .put("currency", settlement.total().currency().getCurrencyCode())
        .put("total", settlement.total().plain())
        .put("state", settlement.state());
  }

  private static ObjectNode line(StagedLine line) {
    return Views.object()
        .put("line", line.line())
        .put("order", line.order())
        .put("sku", line.sku())
        .put("quantity", line.quantity().stripTrailingZeros().toPlainString())
        .put("postedAt", line.postedAt().toString())
        .put("marketplace", line.marketplace())
        .put("code", line.code())
        .put("amount", cents(line.amount()));
  }

  private static ObjectNode view(Report report) {
    ObjectNode view = header(report.settlement());
    ArrayNode sections = view.putArray("summary");
    report
        .sums()
        .forEach(
            (section, sum) ->
                sections.addObject().put("what", section.title()).put("amount", sum.plain()));
    sections
        .addObject()
        .put(
            "what",
            report.settlement().total().isNegative()
                ? "Owed to the channel"
                : "Arrives at the bank")
        .put("amount", report.settlement().total().plain())
        .put("isSum", true);
    ObjectNode rows = view.putObject("sections");
    for (Section section : Section.values()) {
      List<Row> ofSection = report.rows().stream().filter(r -> r.section() == section).toList();
      if (!ofSection.isEmpty()) {
        rows.set(section.title(), Views.list(ofSection, SettlementsPart::row));
      }
    }
    view.set("orders", Views.list(report.outcomes(), SettlementsPart::outcome));
    view.set("findings", Views.list(report.findings(), SettlementsPart::finding));
    report
        .link()
        .ifPresent(
            link ->
                view.putArray("carried")
                    .addObject()
                    .put("debtBroughtIn", cents(link.debtCarriedIn()))
                    .put("debtCarriedOut", cents(link.debtCarriedOut()))
                    .put("reserveReleased", cents(link.reserveBroughtIn()))
                    .put("reserveHeld", cents(link.reserveHeld())));
    return view;
  }

  private static ObjectNode row(Row row) {
    return Views.object()
        .put("code", row.code())
        .put("account", row.role())
        .put("marketplace", row.marketplace())
        .put("lines", row.lines())
        .put("amount", row.amount().plain());
  }

  private static ObjectNode outcome(Findings.Count count) {
    return Views.object()
        .put("outcome", count.outcome())
        .put("orders", count.orders())
        .put("lines", count.lines())
        .put("expected", cents(count.expected()))
        .put("found", cents(count.found()))
        .put("difference", cents(count.found().subtract(count.expected())));
  }

  private static ObjectNode finding(Findings.Finding finding) {
    return Views.object()
        .put("order", finding.order())
        .put("sku", finding.sku())
        .put("outcome", finding.outcome())
        .put("cause", finding.cause())
        .put("expected", cents(finding.expected()))
        .put("found", cents(finding.found()))
        .put("difference", cents(finding.found().subtract(finding.expected())));
  }

  /** Amounts are kept with four decimals; currencies have three at most, and most have two. */
  private static String cents(BigDecimal amount) {
    BigDecimal plain = amount.stripTrailingZeros();
    return (plain.scale() < 2 ? plain.setScale(2) : plain).toPlainString();
  }

  private static Reply page(ObjectNode view) {
    String place = place(view.path("channel").asText(), view.path("settlement").asText());
    HtmlPage page =
        new HtmlPage(
            "Settlement %s of %s"
                .formatted(view.path("settlement").asText(), view.path("channel").asText()));
    page.links("Kontor", "/api", "Tie-out", "/api/tie-out?format=html");
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
                        row -> place + linesOf(row, "code", "marketplace"),
                        Columns.SECTION.names()));
    page.heading("How its orders came out, against the ledger")
        .table(view.path("orders"), Columns.OUTCOMES.names());
    page.heading("To be looked at")
        .table(
            view.path("findings"), row -> place + linesOf(row, "order"), Columns.FINDINGS.names());
    return page.heading("Brought in from the settlement before, and left to the one after")
        .table(
            view.path("carried"),
            "debtBroughtIn",
            "debtCarriedOut",
            "reserveReleased",
            "reserveHeld")
        .reply();
  }

  /** Where the lines behind a row are, that have these values in common with it. */
  private static String linesOf(JsonNode row, String... common) {
    StringBuilder place = new StringBuilder("/lines" + PAGE);
    for (String name : common) {
      place.append('&').append(name).append('=').append(Request.encoded(row.path(name).asText()));
    }
    return place.toString();
  }

  private static Reply linesPage(Request request, JsonNode lines) {
    String place = place(request.path().get(1), request.path().get(2));
    HtmlPage page =
        new HtmlPage(
            "Lines of settlement %s of %s".formatted(request.path().get(2), request.path().get(1)));
    for (String name : List.of("code", "marketplace", "order")) {
      request.parameter(name).ifPresent(value -> page.text("quiet", name + " " + value));
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode line : lines) {
      sum = sum.add(new BigDecimal(line.path("amount").asText()));
    }
    page.links("Its page", place + PAGE)
        .text("", "%d lines, together %s".formatted(lines.size(), cents(sum)));
    if (lines.size() == MOST_LINES) {
      page.text("break", "Only the first " + MOST_LINES + " lines are shown.");
    }
    return page.table(
            lines,
            line -> line.path("order").asText().isEmpty() ? "" : place + linesOf(line, "order"),
            Columns.LINES.names())
        .reply();
  }
}
