package io.kontor.odoo;

import io.kontor.failure.RejectedFailure;
import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;

/**
 * Why an order cannot stand in Odoo as the channel has it: each names the order in both houses, and
 * what a person can do.
 */
final class OrderRefusals {

  private OrderRefusals() {}

  /** Odoo has the order under its reference, and without our external id. */
  static RejectedFailure nameless(String externalId, String name) {
    return new RejectedFailure(
        "order-without-external-id",
        externalId,
        ("stands in Odoo as %s without our external id, and would be there twice: give that one"
                + " the external id %s, or cancel it there, and retry")
            .formatted(name, externalId));
  }

  /** A line would stand in the order twice: as ours, and as one of somebody else's. */
  static RejectedFailure lineTwice(OdooOrder order, OrderInOdoo there, OdooLine line) {
    return rejected(
        "line-without-external-id",
        order,
        there,
        ("has a line of '%s' in Odoo that is not ours, and would have a second one: remove"
                + " it in Odoo, or give it the external id %s, and retry")
            .formatted(line.item().reference(), line.externalId()));
  }

  static RejectedFailure inexact(OdooOrder order, OdooLine line, int decimals) {
    return new RejectedFailure(
        "quantity-accuracy",
        order.externalId(),
        "order %s has %s of '%s', and Odoo keeps %d decimals of a quantity: set its Decimal Accuracy of Product Unit (of Measure) to more, and retry"
            .formatted(
                order.reference(),
                line.quantity().toPlainString(),
                line.item().reference(),
                decimals));
  }

  static RejectedFailure cancelledThere(OdooOrder order, OrderInOdoo there) {
    return rejected(
        "cancelled-in-odoo", order, there, "is cancelled in Odoo, but not in the channel");
  }

  /**
   * @param what has left the house or is invoiced, in words
   */
  static RejectedFailure fulfilled(OdooOrder order, OrderInOdoo there, String what) {
    return rejected(
        "fulfilled-in-odoo",
        order,
        there,
        ("is cancelled in the channel, and Odoo has %s: take that back in Odoo (a return, a credit"
                + " note) and retry, or cancel it there by hand and retry")
            .formatted(what));
  }

  static RejectedFailure notConfirmed(OdooOrder order, OrderInOdoo there) {
    return rejected(
        "not-confirmed",
        order,
        there,
        "stays a quotation in Odoo, where something asks a question before it is confirmed: confirm"
            + " it there, and retry");
  }

  static RejectedFailure notCancelled(OdooOrder order, OrderInOdoo there) {
    return rejected("not-cancelled", order, there, "stays confirmed in Odoo");
  }

  static RejectedFailure locked(OdooOrder order, OrderInOdoo there) {
    return rejected(
        "order-locked",
        order,
        there,
        "is locked in Odoo and cannot be changed: unlock it there, and retry");
  }

  static RejectedFailure currencyDiffers(OdooOrder order, OrderInOdoo there) {
    return rejected(
        "currency-differs",
        order,
        there,
        "is in %s, but Odoo has it in %s".formatted(order.currency(), there.total().currency()));
  }

  /**
   * @param added the lines that people added in Odoo, in words; empty if there are none
   */
  static RejectedFailure totalDiffers(OdooOrder order, OrderInOdoo there, String added) {
    return rejected(
        "total-differs",
        order,
        there,
        "is %s in %s, but %s in Odoo".formatted(order.total(), order.origin(), there.total())
            + (added.isEmpty() ? "" : ", with lines that people added there: " + added));
  }

  private static RejectedFailure rejected(
      String code, OdooOrder order, OrderInOdoo there, String what) {
    return new RejectedFailure(
        code,
        order.externalId(),
        "order %s (%s) %s".formatted(order.reference(), there.name(), what));
  }
}
