package io.kontor.odoo;

import io.kontor.odoo.document.OdooOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How the steps of one conversation write into Odoo: it remembers which orders they changed, and
 * closes those that Odoo refuses. Used by one thread.
 */
final class OrderWrites {

  private final Conversation<OdooOrder> talk;
  private final OdooClient client;
  private final OrdersInOdoo inOdoo;
  private final Set<String> changed;
  private final Map<String, Object> context;

  /**
   * @param changed the external ids of what was changed so far; what is changed here is added
   * @param context of the company
   */
  OrderWrites(
      Conversation<OdooOrder> talk,
      OdooClient client,
      OrdersInOdoo inOdoo,
      Set<String> changed,
      Map<String, Object> context) {
    this.talk = talk;
    this.client = client;
    this.inOdoo = inOdoo;
    this.changed = changed;
    this.context = context;
  }

  /** Writes what differs, and reads the orders again. */
  void write(OrderRows rows, Map<OdooOrder, OrderEdit> edits) {
    talk.together(
        talk.select(order -> edits.containsKey(order) && !edits.get(order).superfluous().isEmpty()),
        some -> {
          List<Long> lines =
              some.stream().flatMap(order -> edits.get(order).superfluous().stream()).toList();
          client.act("sale.order.line", "unlink", lines, context);
        },
        refused -> false);
    List<BatchLoad.Document> documents = new ArrayList<>();
    for (OdooOrder order : talk.select(edits::containsKey)) {
      changed.add(order.externalId());
      if (!edits.get(order).rows().isEmpty()) {
        documents.add(OrderRows.edit(order.externalId(), edits.get(order).rows()));
      }
    }
    load(rows.editFields(), documents, refused -> Set.of());
    inOdoo.readAgain(talk.select(edits::containsKey));
  }

  void confirm(List<OdooOrder> orders) {
    act("action_confirm", orders, context);
  }

  void cancel(List<OdooOrder> orders) {
    act("action_cancel", orders, Contexts.with(context, "disable_cancel_warning", true));
  }

  private void act(String method, List<OdooOrder> orders, Map<String, Object> context) {
    client.act("sale.order", method, inOdoo.ids(orders), context);
    orders.forEach(order -> changed.add(order.externalId()));
  }

  /**
   * Loads whole orders or lines of them, and closes those that Odoo refuses.
   *
   * @param existing which of the refused ones are there all the same
   */
  BatchLoad.Outcome load(
      List<String> fields,
      List<BatchLoad.Document> documents,
      Function<Set<String>, Set<String>> existing) {
    BatchLoad.Outcome outcome =
        BatchLoad.load(client, "sale.order", fields, documents, context).lookedUpAgain(existing);
    outcome.failures().forEach(talk::close);
    changed.addAll(outcome.ids().keySet());
    return outcome;
  }

  /** Loads the dates of orders and of their goods; what comes of it is for the caller to judge. */
  BatchLoad.Outcome loadDates(List<BatchLoad.Document> documents) {
    BatchLoad.Outcome outcome =
        BatchLoad.load(
            client,
            "sale.order",
            List.of("id", "date_order", "commitment_date"),
            documents,
            context);
    changed.addAll(outcome.ids().keySet());
    return outcome;
  }
}
