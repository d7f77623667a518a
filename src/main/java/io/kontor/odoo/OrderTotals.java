package io.kontor.odoo;

import io.kontor.failure.RejectedFailure;
import io.kontor.money.Money;
import io.kontor.odoo.document.OdooCompany;
import io.kontor.odoo.document.OdooOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sees that each order comes to the same total in Odoo as here: cents that rounding makes are a
 * line of their own, and an order that differs by more does not go on.
 */
final class OrderTotals {

  private final Conversation<OdooOrder> talk;
  private final OrderWrites writes;
  private final OrdersInOdoo inOdoo;
  private final References references;
  private final OdooCompany company;

  OrderTotals(
      Conversation<OdooOrder> talk,
      OrderWrites writes,
      OrdersInOdoo inOdoo,
      References references,
      OdooCompany company) {
    this.talk = talk;
    this.writes = writes;
    this.inOdoo = inOdoo;
    this.references = references;
    this.company = company;
  }

  /** Puts a rounding line where it mends the total, and closes orders whose total it does not. */
  void settle(OrderRows rows, List<OdooOrder> orders) {
    Map<OdooOrder, Money> roundings = new LinkedHashMap<>();
    for (OdooOrder order : orders) {
      Money there = inOdoo.of(order).total();
      if (!there.currency().equals(order.currency())) {
        talk.close(order, OrderRefusals.currencyDiffers(order, inOdoo.of(order)));
      } else if (!there.equals(order.total())) {
        Money rounding =
            Rounding.line(inOdoo.lines(order).ours(), order).plus(order.total().minus(there));
        if (Rounding.isWithinLimit(rounding, order) && !inOdoo.of(order).locked()) {
          roundings.put(order, rounding);
        } else {
          talk.close(order, totalDiffers(order));
        }
      }
    }
    if (roundings.isEmpty()) {
      return;
    }
    Map<OdooOrder, OrderEdit> edits = new LinkedHashMap<>();
    roundings.forEach(
        (order, rounding) ->
            talk.closing(order, () -> edits.put(order, rounding(order, rounding))));
    writes.write(rows, edits);
    for (OdooOrder order : talk.select(roundings::containsKey)) {
      if (!inOdoo.of(order).total().equals(order.total())) {
        talk.close(order, totalDiffers(order));
      }
    }
  }

  /** A rounding line that is not needed any more leaves a quotation; else it becomes zero. */
  private OrderEdit rounding(OdooOrder order, Money rounding) {
    LineInOdoo old = inOdoo.lines(order).ours().get(Rounding.externalId(order));
    if (rounding.isZero() && old != null && inOdoo.of(order).isQuotation()) {
      return new OrderEdit(List.of(), List.of(old.odooId()));
    }
    List<String> line = Rounding.of(references, company).cells(order, rounding);
    return new OrderEdit(List.of(line), List.of());
  }

  private RejectedFailure totalDiffers(OdooOrder order) {
    return OrderRefusals.totalDiffers(order, inOdoo.of(order), inOdoo.lines(order).additions());
  }
}
