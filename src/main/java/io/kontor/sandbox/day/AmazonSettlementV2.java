package io.kontor.sandbox.day;

import io.kontor.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes a settlement report in the flat-file V2 layout: tabs, 24 columns, totals first. */
final class AmazonSettlementV2 {

  private static final String HEADER =
      String.join(
          "\t",
          "settlement-id",
          "settlement-start-date",
          "settlement-end-date",
          "deposit-date",
          "total-amount",
          "currency",
          "transaction-type",
          "order-id",
          "merchant-order-id",
          "adjustment-id",
          "shipment-id",
          "marketplace-name",
          "amount-type",
          "amount-description",
          "amount",
          "fulfillment-id",
          "posted-date",
          "posted-date-time",
          "order-item-code",
          "merchant-order-item-id",
          "merchant-adjustment-item-id",
          "sku",
          "quantity-purchased",
          "promotion-id");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd 00:00:00 'UTC'").withZone(ZoneOffset.UTC);

  /** What a line is about; all empty for what is not of an order. */
  record Subject(
      String order,
      String adjustment,
      String shipment,
      String fulfilment,
      String item,
      String sku,
      String quantity) {

    static final Subject NONE = new Subject("", "", "", "", "", "", "");
  }

  private record Line(
      String transaction,
      Subject subject,
      String type,
      String description,
      Money amount,
      Instant postedAt,
      String promotion) {}

  private final String id;
  private final Instant from;
  private final Instant to;
  private final Instant paidOn;
  private final List<Line> lines = new ArrayList<>();

  AmazonSettlementV2(String id, Instant from, Instant to, Instant paidOn) {
    this.id = id;
    this.from = from;
    this.to = to;
    this.paidOn = paidOn;
  }

  String id() {
    return id;
  }

  /** Adds a line; one of zero is left out, as Amazon does. */
  void add(
      String transaction,
      Subject subject,
      String type,
      String description,
      Money amount,
      Instant postedAt,
      String promotion) {
    if (!amount.isZero()) {
      addEvenZero(transaction, subject, type, description, amount, postedAt, promotion);
    }
  }

  void addEvenZero(
      String transaction,
      Subject subject,
      String type,
      String description,
      Money amount,
      Instant postedAt,
      String promotion) {
    lines.add(new Line(transaction, subject, type, description, amount, postedAt, promotion));
  }

  Money total() {
    return Money.sum(lines.stream().map(Line::amount).toList(), AmazonOrder.USD);
  }

  byte[] write() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    text.append(
            String.join(
                "\t",
                id,
                TIME.format(from),
                TIME.format(to),
                TIME.format(paidOn),
                total().plain(),
                "USD"))
        .append("\t".repeat(18))
        .append('\n');
    lines.stream()
        .sorted(Comparator.comparing(Line::postedAt))
        .forEach(line -> text.append(row(line)).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String row(Line line) {
    Subject subject = line.subject();
    return String.join(
        "\t",
        id,
        "",
        "",
        "",
        "",
        "USD",
        line.transaction(),
        subject.order(),
        "",
        subject.adjustment(),
        subject.shipment(),
        "amazon.com",
        line.type(),
        line.description(),
        line.amount().plain(),
        subject.fulfilment(),
        DATE.format(line.postedAt()),
        TIME.format(line.postedAt()),
        subject.item(),
        "",
        "",
        subject.sku(),
        subject.quantity(),
        line.promotion());
  }
}
