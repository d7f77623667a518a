package io.kontor.sandbox.day;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.money.Allocation;
import io.kontor.money.Money;
import io.kontor.sandbox.day.ShopifyOrder.Adjustment;
import io.kontor.sandbox.day.ShopifyOrder.Fulfilment;
import io.kontor.sandbox.day.ShopifyOrder.Fulfilment.Parcelled;
import io.kontor.sandbox.day.ShopifyOrder.Payment;
import io.kontor.sandbox.day.ShopifyOrder.Refund;
import io.kontor.sandbox.day.ShopifyOrder.RefundLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does to an order what a shop can do to it, and sends the webhooks that say so. */
final class ShopifyClerk {

  static final String CARD = "shopify_payments";
  static final String GIFT_CARD = "gift_card";
  static final String MANUAL = "manual";

  private final ShopifyShop shop;
  private final Dice dice;
  private final DayBook book;
  private final Ids ids;
  private final Ids events;
  private final List<ShopifyOrder> orders = new ArrayList<>();

  ShopifyClerk(ShopifyShop shop, LocalDate day, Dice dice, DayBook book) {
    this.shop = shop;
    this.dice = dice;
    this.book = book;
    this.ids = new Ids(shop.idBase() + 500_000_000_000L, day);
    this.events = new Ids(shop.idBase() + 900_000_000_000L, day);
  }

  ShopifyOrder open(Sale sale, boolean showsPayments) {
    ShopifyOrder order = new ShopifyOrder(sale, showsPayments);
    orders.add(order);
    return order;
  }

  // --- money

  Payment pay(ShopifyOrder order, String kind, String gateway, Money amount, ZonedDateTime at) {
    return pay(order, kind, "success", gateway, amount, at, Optional.empty());
  }

  Payment pay(
      ShopifyOrder order,
      String kind,
      String status,
      String gateway,
      Money amount,
      ZonedDateTime at,
      Optional<Long> parent) {
    Payment payment = new Payment(ids.next(), parent, kind, status, gateway, amount, at);
    order.pay(payment);
    return payment;
  }

  /** Takes the money that {@code hold} authorised, or less of it. */
  void capture(ShopifyOrder order, Payment hold, Money amount, ZonedDateTime at) {
    pay(order, "capture", "success", hold.gateway(), amount, at, Optional.of(hold.id()));
  }

  // --- goods

  /** Sends {@code quantities} units of each line, as many as are given and still open. */
  void parcel(ShopifyOrder order, ZonedDateTime at, List<Integer> quantities) {
    List<Parcelled> parts = new ArrayList<>();
    for (int i = 0; i < quantities.size(); i++) {
      Sale.Line line = order.sale().lines().get(i);
      int units = Math.min(quantities.get(i), order.open(line));
      if (units > 0) {
        parts.add(new Parcelled(line, units));
      }
    }
    order.send(new Fulfilment(ids.next(), order.fulfilments().size() + 1, at, List.copyOf(parts)));
  }

  void parcelAll(ShopifyOrder order, ZonedDateTime at) {
    parcel(order, at, order.sale().lines().stream().map(Sale.Line::quantity).toList());
  }

  // --- refunds

  /** The next {@code quantity} units of a line; the last ones take the remainder of the cents. */
  RefundLine take(ShopifyOrder order, Sale.Line line, int quantity, String restock) {
    BigDecimal whole = BigDecimal.valueOf(line.quantity());
    BigDecimal taken = BigDecimal.valueOf(order.removed(line));
    BigDecimal part = BigDecimal.valueOf(quantity);
    return new RefundLine(
        ids.next(),
        line,
        quantity,
        restock,
        Allocation.nextShare(line.discounted(), whole, taken, part),
        Allocation.nextShare(line.tax(), whole, taken, part));
  }

  List<RefundLine> takeAll(ShopifyOrder order, String restock) {
    return order.sale().lines().stream()
        .map(line -> take(order, line, line.quantity() - order.removed(line), restock))
        .toList();
  }

  /**
   * All of the freight, if the buyer paid any; its tax comes on top of the amount. Whether it does
   * where prices contain the tax is written nowhere, so no such refund is made.
   */
  List<Adjustment> freightBack(ShopifyOrder order) {
    Sale.Freight freight = order.sale().freight().orElseThrow();
    if (freight.discounted().isZero()) {
      return List.of();
    }
    if (order.sale().taxIncluded()) {
      throw new IllegalArgumentException("not documented: freight refunded with its tax inside");
    }
    return List.of(
        new Adjustment(
            ids.next(),
            "shipping_refund",
            freight.discounted().negated(),
            freight.tax().negated()));
  }

  Adjustment difference(Money amount) {
    return new Adjustment(
        ids.next(), "refund_discrepancy", amount.negated(), Money.zero(amount.currency()));
  }

  /** Gives money back for {@code lines} and {@code adjustments} through the last payment. */
  Refund refund(
      ShopifyOrder order,
      ZonedDateTime at,
      String note,
      List<RefundLine> lines,
      List<Adjustment> adjustments) {
    Money back =
        Money.sum(lines.stream().map(order::given).toList(), shop.currency())
            .minus(
                Money.sum(
                    adjustments.stream().map(a -> a.amount().plus(a.tax())).toList(),
                    shop.currency()));
    Payment last =
        order.payments().stream().filter(Payment::took).reduce((a, b) -> b).orElseThrow();
    Payment payment =
        new Payment(
            ids.next(), Optional.of(last.id()), "refund", "success", last.gateway(), back, at);
    Refund refund = new Refund(ids.next(), at, note, lines, adjustments, List.of(payment));
    order.refund(refund);
    return refund;
  }

  /** Takes units off the order without money: what editing an order does. */
  Refund takeOff(ShopifyOrder order, ZonedDateTime at, List<RefundLine> lines) {
    Refund refund = new Refund(ids.next(), at, null, lines, List.of(), List.of());
    order.refund(refund);
    return refund;
  }

  // --- webhooks

  /** Sends {@code orders/<event>} with the order as it stands; returns the event's id. */
  String send(String event, ShopifyOrder order, String note) {
    return send(event, order, order.updatedAt().plusSeconds(2), note);
  }

  String send(String event, ShopifyOrder order, ZonedDateTime at, String note) {
    ObjectNode json = ShopifyOrderJson.write(shop, order);
    String eventId = eventId();
    hook("orders/" + event, order.sale().id(), ShopifyPieces.bytes(json), eventId, at, note);
    return eventId;
  }

  void sendRefund(ShopifyOrder order, Refund refund, String note) {
    ObjectNode json = ShopifyRefundJson.write(order, refund);
    hook(
        "refunds/create",
        Long.toString(refund.id()),
        ShopifyPieces.bytes(json),
        eventId(),
        refund.at().plusSeconds(1),
        note);
  }

  String eventId() {
    long id = events.next();
    return "%08x-%04x-4%03x-8%03x-%012x"
        .formatted(
            id >>> 16,
            id & 0xffff,
            dice.between(0, 4095),
            dice.between(0, 4095),
            (id * 7919) & 0xffff_ffff_ffffL);
  }

  /** Hands a webhook in, and says its id; {@code name} makes the file's name. */
  String hook(
      String topic, String name, byte[] body, String eventId, ZonedDateTime at, String note) {
    long delivery = events.next();
    // A delivery that is tried again keeps its id; another topic of the same event has another.
    String webhookId =
        eventId.substring(0, 24) + "%012x".formatted(topic.hashCode() & 0xffff_ffffL);
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            "X-Shopify-Topic",
            topic,
            "X-Shopify-Shop-Domain",
            shop.domain(),
            "X-Shopify-API-Version",
            "2024-07",
            "X-Shopify-Event-Id",
            eventId,
            "X-Shopify-Webhook-Id",
            webhookId,
            "X-Shopify-Triggered-At",
            at.toInstant().toString());
    String document = topic.substring(0, topic.indexOf('/'));
    String file = topic.replace('/', '-') + "-" + name + "-" + delivery % 1_000_000 + ".json";
    book.arrives(
        at.toInstant(),
        new SampleDocument(
            shop.channel(),
            document,
            file,
            body,
            new Delivery.Webhook(topic, eventId, headers),
            note));
    return webhookId;
  }

  ControlTotals totals() {
    Money zero = Money.zero(shop.currency());
    return new ControlTotals(
        shop.channel(),
        shop.entity(),
        orders.size(),
        sum(orders.stream().map(order -> order.sale().total()).toList()),
        sum(orders.stream().map(ShopifyOrder::captured).toList()),
        orders.stream().mapToInt(order -> order.refunds().size()).sum(),
        sum(orders.stream().map(ShopifyOrder::refunded).toList()),
        0,
        zero,
        zero,
        zero);
  }

  private Money sum(List<Money> amounts) {
    return Money.sum(amounts, shop.currency());
  }
}
