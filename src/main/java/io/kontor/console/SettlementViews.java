package io.kontor.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.money.Money;
import io.kontor.store.Findings;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementLinks;
import io.kontor.store.StagedLine;
import io.kontor.words.Words;
import io.kontor.work.settlement.SettledRows.Row;
import io.kontor.work.settlement.SettledRows.Section;
import io.kontor.work.settlement.SettlementReports.Report;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Settlements as JSON; days and times are those of the entity's clock. */
final class SettlementViews {

  private SettlementViews() {}

  static ObjectNode header(Settlement settlement, ZoneId zone) {
    return Views.object()
        .put("entity", settlement.entity())
        .put("channel", settlement.channel())
        .put("settlement", settlement.settlementId())
        .put("from", day(settlement.from(), zone))
        .put("to", day(settlement.to(), zone))
        .put("paidOn", settlement.paidOn().map(at -> day(at, zone)).orElse(null))
        .put("currency", settlement.total().currency().getCurrencyCode())
        .put("total", settlement.total().plain())
        .put("state", settlement.isWithdrawn() ? "withdrawn" : settlement.state());
  }

  static ObjectNode line(StagedLine line, ZoneId zone) {
    return Views.object()
        .put("line", line.line())
        .put("order", line.order())
        .put("sku", line.sku())
        .put("quantity", line.quantity().stripTrailingZeros().toPlainString())
        .put(
            "postedAt",
            line.postedAt()
                .truncatedTo(ChronoUnit.SECONDS)
                .atZone(zone)
                .toOffsetDateTime()
                .toString())
        .put("marketplace", line.marketplace())
        .put("code", line.code())
        .put("amount", cents(line.amount()));
  }

  static ObjectNode report(Report report) {
    ObjectNode view = header(report.settlement(), report.zone());
    ArrayNode summary = view.putArray("summary");
    report
        .sums()
        .forEach(
            (section, sum) ->
                summary.addObject().put("what", section.title()).put("amount", sum.plain()));
    summary
        .addObject()
        .put("what", total(report))
        .put("amount", report.settlement().total().plain())
        .put("isSum", true);
    ObjectNode rows = view.putObject("sections");
    for (Section section : Section.values()) {
      List<Row> ofSection = report.rows().stream().filter(r -> r.section() == section).toList();
      if (!ofSection.isEmpty()) {
        rows.set(section.title(), Views.list(ofSection, SettlementViews::row));
      }
    }
    view.set("orders", Views.list(report.outcomes(), SettlementViews::outcome));
    view.set("findings", Views.list(report.findings(), SettlementViews::finding));
    report.link().ifPresent(link -> view.putArray("carried").add(carried(report, link)));
    return view;
  }

  private static String total(Report report) {
    Settlement settlement = report.settlement();
    if (settlement.total().isNegative()) {
      return "Owed to the channel";
    }
    return "Paid out to the bank"
        + settlement.paidOn().map(at -> ", due " + day(at, report.zone())).orElse("");
  }

  /** What stood open before and stands open after it, each above zero. */
  private static ObjectNode carried(Report report, SettlementLinks.Link link) {
    Money total = report.settlement().total();
    BigDecimal owed = total.amount().negate().max(BigDecimal.ZERO);
    return Views.object()
        .put("debtBefore", cents(link.debtCarriedIn().negate()))
        .put("debtAfter", cents(link.debtCarriedOut().add(owed)))
        .put("reserveBefore", cents(link.reserveBroughtIn()))
        .put("reserveAfter", cents(link.reserveHeld().negate()));
  }

  private static ObjectNode row(Row row) {
    return Views.object()
        .put("code", row.code())
        .put("account", row.role())
        .put("marketplace", row.marketplace())
        .put("orders", row.orders().map(Words::of).orElse(null))
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

  private static String day(Instant at, ZoneId zone) {
    return LocalDate.ofInstant(at, zone).toString();
  }

  /** Amounts are kept with four decimals; currencies have three at most, and most have two. */
  static String cents(BigDecimal amount) {
    BigDecimal plain = amount.stripTrailingZeros();
    return (plain.scale() < 2 ? plain.setScale(2) : plain).toPlainString();
  }
}
