package io.kontor.odoo;

import io.kontor.failure.Failure;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.odoo.document.OdooOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Brings orders into the state that is wanted: confirmed under their own date, or cancelled. */
final class OrderStates {

  private final Conversation<OdooOrder> talk;
  private final OrderWrites writes;
  private final OrdersInOdoo inOdoo;
  private final OrderReader reader;

  OrderStates(
      Conversation<OdooOrder> talk, OrderWrites writes, OrdersInOdoo inOdoo, OrderReader reader) {
    this.talk = talk;
    this.writes = writes;
    this.inOdoo = inOdoo;
    this.reader = reader;
  }

  /** Confirms quotations. */
  void confirm(List<OdooOrder> quotations) {
    talk.together(
        quotations,
        writes::confirm,
        refused -> {
          inOdoo.readAgain(List.of(refused));
          return inOdoo.of(refused).isConfirmed();
        });
    for (OdooOrder order : talk.select(quotations::contains)) {
      inOdoo.confirmed(order);
    }
  }

  /** Confirming sets an order's date to that moment; the channel knows when it was placed. */
  void date(List<OdooOrder> confirmed) {
    List<BatchLoad.Document> documents = new ArrayList<>();
    for (OdooOrder order : confirmed) {
      Instant placed = order.date().truncatedTo(ChronoUnit.SECONDS);
      if (!inOdoo.of(order).date().equals(placed)) {
        List<String> row = List.of(order.externalId(), OrderRows.dateTime(placed));
        documents.add(new BatchLoad.Document(order.externalId(), List.of(row)));
      }
    }
    BatchLoad.Outcome outcome = writes.loadDates(documents);
    // An order that stands, confirmed and to the cent, is not refused for its date.
    outcome.failures().forEach(this::closeIfBroken);
  }

  private void closeIfBroken(String externalId, Failure failure) {
    if (failure instanceof TransientFailure || failure instanceof InDoubtFailure) {
      talk.close(externalId, failure);
    }
  }

  /** Cancels orders that nobody has locked or begun to fulfil. */
  void cancel(List<OdooOrder> orders) {
    for (OdooOrder order : orders) {
      if (inOdoo.of(order).locked()) {
        talk.close(order, OrderRefusals.locked(order, inOdoo.of(order)));
      }
    }
    List<OdooOrder> underWay =
        talk.select(order -> orders.contains(order) && inOdoo.of(order).isConfirmed());
    if (!underWay.isEmpty()) {
      // Odoo would cancel it without a word, and goods and invoices would be nobody's.
      Map<Long, String> fulfilled = reader.fulfilled(inOdoo.ids(underWay));
      for (OdooOrder order : underWay) {
        String what = fulfilled.get(inOdoo.id(order));
        if (what != null) {
          talk.close(order, OrderRefusals.fulfilled(order, inOdoo.of(order), what));
        }
      }
    }
    List<OdooOrder> unlocked = talk.select(orders::contains);
    talk.together(unlocked, writes::cancel, refused -> false);
    inOdoo.readAgain(talk.select(unlocked::contains));
    for (OdooOrder order : talk.select(unlocked::contains)) {
      if (!inOdoo.of(order).isCancelled()) {
        talk.close(order, OrderRefusals.notCancelled(order, inOdoo.of(order)));
      }
    }
  }
}
