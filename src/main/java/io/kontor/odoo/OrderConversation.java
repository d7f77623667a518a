package io.kontor.odoo;

import io.kontor.failure.Failure;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.money.Money;
import io.kontor.odoo.document.OdooCompany;
import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;
import io.kontor.odoo.document.OdooOrder.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One batch of orders of one company, from looking up what exists to confirming.
 *
 * <p>Orders are open until something is known of them; each step works on the open ones and closes
 * those that cannot go on. Used once, by one thread.
 */
final class OrderConversation extends Conversation<OdooOrder> {

  private final OdooClient client;
  private final References references;
  private final AdaptiveBatch batch;
  private final OdooCompany company;
  private final OrderReader reader;

  private final Set<String> changed = new HashSet<>();
  private OrdersInOdoo inOdoo;
  private long companyId;
  private Map<String, Object> context = Map.of();

  OrderConversation(
      OdooClient client, References references, AdaptiveBatch batch, OdooCompany company) {
    this.client = client;
    this.references = references;
    this.batch = batch;
    this.company = company;
    this.reader = new OrderReader(client, references);
    this.inOdoo = new OrdersInOdoo(reader);
  }

  @Override
  void speak() {
    inOdoo = new OrdersInOdoo(reader);
    companyId = references.company(company);
    context = Contexts.ofCompany(companyId);
    PriceAccuracy prices = references.prices();
    open().forEach(order -> reword(prices.applied(order)));
    OrderRows rows = OrderRows.of(references, companyId, client.taxField(), open());
    for (OdooOrder order : open()) {
      closing(order, () -> rows.requireKnown(order));
    }
    if (open().isEmpty()) {
      return;
    }
    inOdoo.find(open());
    List<OdooOrder> existing = select(inOdoo::has);
    create(rows, select(order -> !inOdoo.has(order)));
    edit(rows, select(order -> !wants(order, State.CANCELLED) && existing.contains(order)));
    settleTotals(rows, select(order -> !wants(order, State.CANCELLED)));
    confirm(select(order -> wants(order, State.CONFIRMED) && inOdoo.of(order).isQuotation()));
    date(select(order -> wants(order, State.CONFIRMED)));
    cancel(select(order -> wants(order, State.CANCELLED) && !inOdoo.of(order).isCancelled()));
    for (OdooOrder order : open()) {
      OrderInOdoo there = inOdoo.of(order);
      done(
          new DeliveryOutcome.Delivered(
              order.externalId(),
              there.odooId(),
              there.name(),
              there.total(),
              changed.contains(order.externalId())));
    }
  }

  // Creating

  private void create(OrderRows rows, List<OdooOrder> missing) {
    if (missing.isEmpty()) {
      return;
    }
    reader
        .nameless(companyId, missing)
        .forEach((externalId, name) -> close(externalId, OrderRefusals.nameless(externalId, name)));
    Customers.Found customers =
        new Customers(client, references, context)
            .require(missing.stream().filter(this::isOpen).toList());
    customers.failures().forEach(this::close);
    List<BatchLoad.Document> documents = new ArrayList<>();
    for (OdooOrder order : missing) {
      if (isOpen(order)) {
        closing(
            order,
            () ->
                documents.add(rows.document(order, customers.addresses().get(order.externalId()))));
      }
    }
    long startedAt = batch.now();
    BatchLoad.Outcome outcome =
        load(rows.fields(), documents, refused -> reader.find(refused).keySet());
    if (outcome.foundPoison()) {
      batch.poisoned();
      references.forget();
    } else if (outcome.failures().isEmpty()) {
      batch.sent(documents.size(), startedAt);
    }
    inOdoo.read(outcome.ids());
  }

  // Editing

  private void edit(OrderRows rows, List<OdooOrder> existing) {
    List<OdooOrder> alive = new ArrayList<>();
    for (OdooOrder order : existing) {
      if (inOdoo.of(order).isCancelled()) {
        close(order, OrderRefusals.cancelledThere(order, inOdoo.of(order)));
      } else {
        alive.add(order);
      }
    }
    if (alive.isEmpty()) {
      return;
    }
    inOdoo.readLines(alive);
    Map<OdooOrder, OrderEdit> edits = new LinkedHashMap<>();
    for (OdooOrder order : alive) {
      OrderEdit edit = OrderEdit.of(order, inOdoo.of(order), inOdoo.lines(order).ours(), rows);
      Optional<OdooLine> twice = inOdoo.lines(order).twice(order, rows);
      if (edit.isEmpty()) {
        continue;
      }
      if (inOdoo.of(order).locked()) {
        close(order, OrderRefusals.locked(order, inOdoo.of(order)));
      } else if (twice.isPresent()) {
        close(order, OrderRefusals.lineTwice(order, inOdoo.of(order), twice.get()));
      } else {
        edits.put(order, edit);
      }
    }
    write(rows, edits);
  }

  /** Writes what differs, and reads the orders again. */
  private void write(OrderRows rows, Map<OdooOrder, OrderEdit> edits) {
    together(
        select(order -> edits.containsKey(order) && !edits.get(order).superfluous().isEmpty()),
        some -> {
          List<Long> lines =
              some.stream().flatMap(order -> edits.get(order).superfluous().stream()).toList();
          client.act("sale.order.line", "unlink", lines, context);
        },
        refused -> false);
    List<BatchLoad.Document> documents = new ArrayList<>();
    for (OdooOrder order : select(edits::containsKey)) {
      changed.add(order.externalId());
      if (!edits.get(order).rows().isEmpty()) {
        documents.add(OrderRows.edit(order.externalId(), edits.get(order).rows()));
      }
    }
    load(rows.editFields(), documents, refused -> Set.of());
    inOdoo.readAgain(select(edits::containsKey));
  }

  // Totals

  private void settleTotals(OrderRows rows, List<OdooOrder> orders) {
    Map<OdooOrder, Money> roundings = new LinkedHashMap<>();
    for (OdooOrder order : orders) {
      Money there = inOdoo.of(order).total();
      if (!there.currency().equals(order.currency())) {
        close(order, OrderRefusals.currencyDiffers(order, inOdoo.of(order)));
      } else if (!there.equals(order.total())) {
        Money rounding =
            Rounding.line(inOdoo.lines(order).ours(), order).plus(order.total().minus(there));
        if (Rounding.isWithinLimit(rounding, order) && !inOdoo.of(order).locked()) {
          roundings.put(order, rounding);
        } else {
          close(order, totalDiffers(order));
        }
      }
    }
    if (roundings.isEmpty()) {
      return;
    }
    Map<OdooOrder, OrderEdit> edits = new LinkedHashMap<>();
    roundings.forEach(
        (order, rounding) -> closing(order, () -> edits.put(order, rounding(order, rounding))));
    write(rows, edits);
    for (OdooOrder order : select(roundings::containsKey)) {
      if (!inOdoo.of(order).total().equals(order.total())) {
        close(order, totalDiffers(order));
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

  // Confirming and cancelling

  private void confirm(List<OdooOrder> quotations) {
    together(
        quotations,
        some -> act("action_confirm", some, context),
        refused -> {
          inOdoo.readAgain(List.of(refused));
          return inOdoo.of(refused).isConfirmed();
        });
    for (OdooOrder order : select(quotations::contains)) {
      inOdoo.confirmed(order);
    }
  }

  /** Confirming sets an order's date to that moment; the channel knows when it was placed. */
  private void date(List<OdooOrder> confirmed) {
    List<BatchLoad.Document> documents = new ArrayList<>();
    for (OdooOrder order : confirmed) {
      Instant placed = order.date().truncatedTo(ChronoUnit.SECONDS);
      if (!inOdoo.of(order).date().equals(placed)) {
        List<String> row = List.of(order.externalId(), OrderRows.dateTime(placed));
        documents.add(new BatchLoad.Document(order.externalId(), List.of(row)));
      }
    }
    BatchLoad.Outcome outcome =
        BatchLoad.load(client, "sale.order", List.of("id", "date_order"), documents, context);
    changed.addAll(outcome.ids().keySet());
    // An order that stands, confirmed and to the cent, is not refused for its date.
    outcome.failures().forEach(this::closeIfBroken);
  }

  private void closeIfBroken(String externalId, Failure failure) {
    if (failure instanceof TransientFailure || failure instanceof InDoubtFailure) {
      close(externalId, failure);
    }
  }

  private void cancel(List<OdooOrder> orders) {
    for (OdooOrder order : orders) {
      if (inOdoo.of(order).locked()) {
        close(order, OrderRefusals.locked(order, inOdoo.of(order)));
      }
    }
    List<OdooOrder> underWay =
        select(order -> orders.contains(order) && inOdoo.of(order).isConfirmed());
    if (!underWay.isEmpty()) {
      // Odoo would cancel it without a word, and goods and invoices would be nobody's.
      Map<Long, String> fulfilled = reader.fulfilled(inOdoo.ids(underWay));
      for (OdooOrder order : underWay) {
        String what = fulfilled.get(inOdoo.id(order));
        if (what != null) {
          close(order, OrderRefusals.fulfilled(order, inOdoo.of(order), what));
        }
      }
    }
    List<OdooOrder> unlocked = select(orders::contains);
    Map<String, Object> withoutWizard = Contexts.with(context, "disable_cancel_warning", true);
    together(unlocked, some -> act("action_cancel", some, withoutWizard), refused -> false);
    inOdoo.readAgain(select(unlocked::contains));
    for (OdooOrder order : select(unlocked::contains)) {
      if (!inOdoo.of(order).isCancelled()) {
        close(order, OrderRefusals.notCancelled(order, inOdoo.of(order)));
      }
    }
  }

  private void act(String method, List<OdooOrder> orders, Map<String, Object> context) {
    client.act("sale.order", method, inOdoo.ids(orders), context);
    orders.forEach(order -> changed.add(order.externalId()));
  }

  // What the steps share

  private BatchLoad.Outcome load(
      List<String> fields,
      List<BatchLoad.Document> documents,
      Function<Set<String>, Set<String>> existing) {
    BatchLoad.Outcome outcome =
        BatchLoad.load(client, "sale.order", fields, documents, context).lookedUpAgain(existing);
    outcome.failures().forEach(this::close);
    changed.addAll(outcome.ids().keySet());
    return outcome;
  }

  private static boolean wants(OdooOrder order, State state) {
    return order.wanted() == state;
  }

  private RejectedFailure totalDiffers(OdooOrder order) {
    return OrderRefusals.totalDiffers(order, inOdoo.of(order), inOdoo.lines(order).additions());
  }
}
