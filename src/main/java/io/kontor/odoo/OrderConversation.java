package io.kontor.odoo;

import io.kontor.odoo.document.OdooCompany;
import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;
import io.kontor.odoo.document.OdooOrder.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One batch of orders of one company, from looking up what exists to confirming: the order of the
 * steps, creating and editing; {@link OrderTotals} and {@link OrderStates} do the rest.
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
  private OrderWrites writes;
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
    writes = new OrderWrites(this, client, inOdoo, changed, context);
    OrderStates states = new OrderStates(this, writes, inOdoo, reader);
    PriceAccuracy prices = references.prices();
    open().forEach(order -> reword(prices.applied(order)));
    int decimals = references.quantityDecimals();
    select(order -> !wants(order, State.CANCELLED))
        .forEach(order -> closing(order, () -> requireExact(order, decimals)));
    OrderRows rows = OrderRows.of(references, companyId, client.taxField(), open());
    inOdoo.find(open());
    for (OdooOrder order : select(order -> !inOdoo.has(order))) {
      closing(order, () -> rows.requireKnown(order.lines(), Map.of()));
    }
    List<OdooOrder> existing = select(inOdoo::has);
    create(rows, select(order -> !inOdoo.has(order)));
    edit(rows, states, select(o -> !wants(o, State.CANCELLED) && existing.contains(o)));
    new OrderTotals(this, writes, inOdoo, references, company)
        .settle(rows, select(order -> !wants(order, State.CANCELLED)));
    states.confirm(
        select(order -> wants(order, State.CONFIRMED) && inOdoo.of(order).isQuotation()));
    states.date(select(order -> wants(order, State.CONFIRMED)));
    states.cancel(
        select(order -> wants(order, State.CANCELLED) && !inOdoo.of(order).isCancelled()));
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

  /** A quantity that Odoo would round is another one, of goods and of money. */
  private static void requireExact(OdooOrder order, int decimals) {
    for (OdooLine line : order.lines()) {
      if (line.quantity().stripTrailingZeros().scale() > decimals) {
        throw OrderRefusals.inexact(order, line, decimals);
      }
    }
  }

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
        writes.load(rows.fields(), documents, refused -> reader.find(refused).keySet());
    if (outcome.foundPoison()) {
      batch.poisoned();
      references.forget();
    } else if (outcome.failures().isEmpty()) {
      batch.sent(documents.size(), startedAt);
    }
    inOdoo.read(outcome.ids());
  }

  private void edit(OrderRows rows, OrderStates states, List<OdooOrder> existing) {
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
      closing(order, () -> edit(order, rows).ifPresent(edit -> edits.put(order, edit)));
    }
    states.promise(List.copyOf(edits.keySet()));
    writes.write(rows, edits);
  }

  /** What has to be written of an order; empty if there is nothing, or it must not be. */
  private Optional<OrderEdit> edit(OdooOrder order, OrderRows rows) {
    OrderEdit edit = OrderEdit.of(order, inOdoo.of(order), inOdoo.lines(order).ours(), rows);
    if (edit.isEmpty()) {
      return Optional.empty();
    }
    Optional<OdooLine> twice = inOdoo.lines(order).twice(order, rows);
    if (inOdoo.of(order).locked()) {
      close(order, OrderRefusals.locked(order, inOdoo.of(order)));
      return Optional.empty();
    }
    if (twice.isPresent()) {
      close(order, OrderRefusals.lineTwice(order, inOdoo.of(order), twice.get()));
      return Optional.empty();
    }
    return Optional.of(edit);
  }

  private static boolean wants(OdooOrder order, State state) {
    return order.wanted() == state;
  }
}
