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
import java.util.Optional;

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

  /**
   * Confirms quotations, and sees that they are: a module may answer for a whole call with a
   * question about one order of it, and do nothing.
   */
  void confirm(List<OdooOrder> quotations) {
    talk.together(quotations, writes::confirm, this::isConfirmedMeanwhile);
    inOdoo.readAgain(talk.select(quotations::contains));
    for (OdooOrder order : talk.select(quotations::contains)) {
      if (!inOdoo.of(order).isConfirmed() && quotations.size() > 1) {
        talk.together(List.of(order), writes::confirm, this::isConfirmedMeanwhile);
        inOdoo.readAgain(talk.select(order::equals));
      }
    }
    for (OdooOrder order : talk.select(quotations::contains)) {
      if (!inOdoo.of(order).isConfirmed()) {
        talk.close(order, OrderRefusals.notConfirmed(order, inOdoo.of(order)));
      } else if (!inOdoo.of(order).total().equals(order.total())) {
        // Something there added to it as it was confirmed.
        inOdoo.readLines(List.of(order));
        talk.close(
            order,
            OrderRefusals.totalDiffers(order, inOdoo.of(order), inOdoo.lines(order).additions()));
      }
    }
  }

  private boolean isConfirmedMeanwhile(OdooOrder refused) {
    inOdoo.readAgain(List.of(refused));
    return inOdoo.of(refused).isConfirmed();
  }

  /** Confirming sets an order's date to that moment; the channel knows when it was placed. */
  void date(List<OdooOrder> confirmed) {
    List<OdooOrder> undated =
        confirmed.stream().filter(order -> !inOdoo.of(order).date().equals(placed(order))).toList();
    Map<Long, OrderReader.Leaving> leaving = reader.leaving(inOdoo.ids(undated));
    List<BatchLoad.Document> documents = new ArrayList<>();
    for (OdooOrder order : undated) {
      documents.add(dates(order, placed(order), leaving.get(inOdoo.id(order))));
    }
    BatchLoad.Outcome outcome = writes.loadDates(documents);
    // An order that stands, confirmed and to the cent, is not refused for its date.
    outcome.failures().forEach(this::closeIfBroken);
  }

  private static Instant placed(OdooOrder order) {
    return order.date().truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Sees that moves of goods have one deadline, before an edit makes others: those of another
   * deadline Odoo does not merge, so that units which were taken off an order would still be sent.
   */
  void promise(List<OdooOrder> toBeEdited) {
    List<OdooOrder> confirmed =
        toBeEdited.stream().filter(order -> inOdoo.of(order).isConfirmed()).toList();
    Map<Long, OrderReader.Leaving> leaving = reader.leaving(inOdoo.ids(confirmed));
    List<BatchLoad.Document> documents = new ArrayList<>();
    for (OdooOrder order : confirmed) {
      OrderReader.Leaving its = leaving.get(inOdoo.id(order));
      if (its != null && its.promised().isEmpty()) {
        documents.add(dates(order, inOdoo.of(order).date(), its));
      }
    }
    writes.loadDates(documents).failures().forEach(talk::close);
  }

  /**
   * An order's date, and with it a promise of when its goods leave: without one Odoo counts that
   * from the date, and what is set back has another deadline than the goods that are on their way.
   */
  private static BatchLoad.Document dates(
      OdooOrder order, Instant date, OrderReader.Leaving leaving) {
    String promised =
        Optional.ofNullable(leaving)
            .flatMap(its -> its.promised().or(its::expected))
            .map(OrderRows::dateTime)
            .orElse("");
    List<String> row = List.of(order.externalId(), OrderRows.dateTime(date), promised);
    return new BatchLoad.Document(order.externalId(), List.of(row));
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
