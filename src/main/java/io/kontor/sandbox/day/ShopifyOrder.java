package io.kontor.sandbox.day;

import io.kontor.money.Money;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An order as it stands in the shop at some moment; it changes as the day goes on. */
final class ShopifyOrder {

  /** Money moved, or was meant to: an authorization, a sale, a capture, a refund. */
  record Payment(
      long id,
      Optional<Long> parent,
      String kind,
      String status,
      String gateway,
      Money amount,
      ZonedDateTime at) {

    boolean took() {
      return status.equals("success") && (kind.equals("sale") || kind.equals("capture"));
    }
  }

  /** A parcel left. */
  record Fulfilment(long id, int number, ZonedDateTime at, List<Parcelled> lines) {

    /** Units of a line in the parcel. */
    record Parcelled(Sale.Line line, int quantity) {}
  }

  /** What a refund takes back of a line: {@code subtotal} contains the tax if prices do. */
  record RefundLine(
      long id, Sale.Line line, int quantity, String restock, Money subtotal, Money tax) {}

  /** Freight that was given back, or a difference that no line explains: both negative. */
  record Adjustment(long id, String kind, Money amount, Money tax) {}

  /** Units off the order, money back, or both. */
  record Refund(
      long id,
      ZonedDateTime at,
      String note,
      List<RefundLine> lines,
      List<Adjustment> adjustments,
      List<Payment> payments) {

    Money paid(Money zero) {
      return Money.sum(payments.stream().map(Payment::amount).toList(), zero.currency());
    }
  }

  private Sale sale;
  private ZonedDateTime updatedAt;
  private Optional<ZonedDateTime> cancelledAt = Optional.empty();
  private final boolean showsPayments;
  private final List<Payment> payments = new ArrayList<>();
  private final List<Fulfilment> fulfilments = new ArrayList<>();
  private final List<Refund> refunds = new ArrayList<>();

  /**
   * @param showsPayments whether the documents carry the order's transactions, as those of some API
   *     clients do; a bare webhook does not
   */
  ShopifyOrder(Sale sale, boolean showsPayments) {
    this.sale = sale;
    this.updatedAt = sale.placedAt();
    this.showsPayments = showsPayments;
  }

  void pay(Payment payment) {
    payments.add(payment);
    touch(payment.at());
  }

  void send(Fulfilment fulfilment) {
    fulfilments.add(fulfilment);
    touch(fulfilment.at());
  }

  void refund(Refund refund) {
    refunds.add(refund);
    touch(refund.at());
  }

  void edit(Sale changed, ZonedDateTime at) {
    sale = changed;
    touch(at);
  }

  void cancel(ZonedDateTime at) {
    cancelledAt = Optional.of(at);
    touch(at);
  }

  private void touch(ZonedDateTime at) {
    if (at.isAfter(updatedAt)) {
      updatedAt = at;
    }
  }

  Sale sale() {
    return sale;
  }

  ZonedDateTime updatedAt() {
    return updatedAt;
  }

  Optional<ZonedDateTime> cancelledAt() {
    return cancelledAt;
  }

  boolean showsPayments() {
    return showsPayments;
  }

  List<Payment> payments() {
    return List.copyOf(payments);
  }

  List<Fulfilment> fulfilments() {
    return List.copyOf(fulfilments);
  }

  List<Refund> refunds() {
    return List.copyOf(refunds);
  }

  Money zero() {
    return Money.zero(sale.currency());
  }

  Money captured() {
    return Money.sum(
        payments.stream().filter(Payment::took).map(Payment::amount).toList(), sale.currency());
  }

  Money refunded() {
    return Money.sum(refunds.stream().map(refund -> refund.paid(zero())).toList(), sale.currency());
  }

  List<RefundLine> refundLines() {
    return refunds.stream().flatMap(refund -> refund.lines().stream()).toList();
  }

  List<Adjustment> adjustments() {
    return refunds.stream().flatMap(refund -> refund.adjustments().stream()).toList();
  }

  int removed(Sale.Line line) {
    return refundLines().stream()
        .filter(gone -> gone.line().id() == line.id())
        .mapToInt(RefundLine::quantity)
        .sum();
  }

  int sent(Sale.Line line) {
    return fulfilments.stream()
        .flatMap(parcel -> parcel.lines().stream())
        .filter(part -> part.line().id() == line.id())
        .mapToInt(Fulfilment.Parcelled::quantity)
        .sum();
  }

  /** The units that may still be sent. */
  int open(Sale.Line line) {
    return cancelledAt.isPresent() ? 0 : Math.max(0, line.quantity() - removed(line) - sent(line));
  }

  /** What the goods, after discounts, still stand at. */
  Money currentSubtotal() {
    return sale.subtotal().minus(sum(refundLines().stream().map(RefundLine::subtotal).toList()));
  }

  Money currentTax() {
    return sale.tax()
        .minus(sum(refundLines().stream().map(RefundLine::tax).toList()))
        .plus(sum(adjustments().stream().map(Adjustment::tax).toList()));
  }

  /** The total after edits, returns and refunds; it does not go below zero. */
  Money currentTotal() {
    Money total =
        sale.total()
            .minus(sum(refundLines().stream().map(this::given).toList()))
            .plus(sum(adjustments().stream().map(a -> a.amount().plus(a.tax())).toList()));
    return total.max(zero());
  }

  /** What a refunded line is worth to the buyer. */
  Money given(RefundLine line) {
    return sale.taxIncluded() ? line.subtotal() : line.subtotal().plus(line.tax());
  }

  Money outstanding() {
    return cancelledAt.isPresent() || captured().compareTo(currentTotal()) >= 0
        ? zero()
        : currentTotal().minus(captured());
  }

  String financialStatus() {
    if (refunded().isPositive()) {
      return refunded().compareTo(captured()) >= 0 ? "refunded" : "partially_refunded";
    }
    if (captured().isZero()) {
      boolean authorized = payments.stream().anyMatch(ShopifyOrder::authorizes);
      return cancelledAt.isPresent() ? "voided" : authorized ? "authorized" : "pending";
    }
    return outstanding().isPositive() ? "partially_paid" : "paid";
  }

  private static boolean authorizes(Payment payment) {
    return payment.kind().equals("authorization") && payment.status().equals("success");
  }

  private Money sum(List<Money> amounts) {
    return Money.sum(amounts, sale.currency());
  }
}
