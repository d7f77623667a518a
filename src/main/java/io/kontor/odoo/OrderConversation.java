package io.kontor.odoo;

import io.kontor.failure.Failure;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.money.Money;
import io.kontor.odoo.OdooOrder.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One batch of orders of one company, from looking up what exists to confirming.
 *
 * <p>Orders are open until something is known of them; each step works on the open ones and closes
 * those that cannot go on. Used once, by one thread.
 */
final class OrderConversation {

  /** How often orders that met another transaction are looked up and sent again. */
  private static final int MOST_TURNS = 3;

  private final OdooClient client;
  private final References references;
  private final AdaptiveBatch batch;
  private final OdooCompany company;
  private final OrderReader reader;

  private final Map<String, OdooOrder> open = new LinkedHashMap<>();
  private final Map<String, DeliveryOutcome> outcomes = new LinkedHashMap<>();
  private final List<OdooOrder> contended = new ArrayList<>();
  private final Set<String> changed = new HashSet<>();
  private final Map<String, OrderInOdoo> inOdoo = new HashMap<>();
  private final Map<Long, Map<String, LineInOdoo>> linesInOdoo = new HashMap<>();
  private boolean lastTurn;
  private Failure broken;
  private long companyId;
  private Map<String, Object> context = Map.of();

  OrderConversation(
      OdooClient client, References references, AdaptiveBatch batch, OdooCompany company) {
    this.client = client;
    this.references = references;
    this.batch = batch;
    this.company = company;
    this.reader = new OrderReader(client, references);
  }

  /** Delivers the orders; an outcome for each. */
  Map<String, DeliveryOutcome> hold(List<OdooOrder> orders) {
    List<OdooOrder> remaining = orders;
    for (int turn = 1; !remaining.isEmpty(); turn++) {
      lastTurn = turn == MOST_TURNS;
      open.clear();
      inOdoo.clear();
      linesInOdoo.clear();
      contended.clear();
      remaining.forEach(order -> open.put(order.externalId(), order));
      try {
        speak();
      } catch (Failure e) {
        List.copyOf(open.keySet()).forEach(externalId -> close(externalId, e));
      }
      remaining = List.copyOf(contended);
    }
    return outcomes;
  }

  /** The fault that leaves no sense in sending the next batch at once; empty when all went well. */
  Optional<Failure> brokenOff() {
    return Optional.ofNullable(broken);
  }

  private void speak() {
    companyId = references.company(company);
    context = References.context(companyId);
    OrderRows rows = OrderRows.of(references, companyId, client.taxField(), open.values());
    for (OdooOrder order : List.copyOf(open.values())) {
      closing(order.externalId(), () -> rows.requireKnown(order));
    }
    if (open.isEmpty()) {
      return;
    }
    inOdoo.putAll(reader.find(open.keySet()));
    Set<String> existing = Set.copyOf(inOdoo.keySet());
    create(rows, select(order -> !existing.contains(order.externalId())));
    edit(
        rows,
        select(order -> wants(order, State.CONFIRMED) && existing.contains(order.externalId())));
    settleTotals(select(order -> wants(order, State.CONFIRMED)));
    confirm(select(order -> wants(order, State.CONFIRMED) && inOdoo(order).isQuotation()));
    date(select(order -> wants(order, State.CONFIRMED)));
    cancel(select(order -> wants(order, State.CANCELLED) && !inOdoo(order).isCancelled()));
    for (OdooOrder order : open.values()) {
      OrderInOdoo there = inOdoo(order);
      outcomes.put(
          order.externalId(),
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
    new Customers(client, references, context)
        .require(missing.stream().map(OdooOrder::customer).toList())
        .forEach(
            (customer, failure) ->
                missing.stream()
                    .filter(order -> order.customer().externalId().equals(customer))
                    .forEach(order -> close(order.externalId(), failure)));
    List<BatchLoad.Document> documents = new ArrayList<>();
    for (OdooOrder order : missing) {
      if (open.containsKey(order.externalId())) {
        closing(order.externalId(), () -> documents.add(rows.document(order)));
      }
    }
    long startedAt = batch.now();
    BatchLoad.Outcome outcome = load(rows.fields(), documents);
    if (outcome.foundPoison()) {
      batch.poisoned();
      references.forgetItems();
    } else if (outcome.failures().isEmpty()) {
      batch.sent(documents.size(), startedAt);
    }
    if (!outcome.ids().isEmpty()) {
      inOdoo.putAll(reader.read(outcome.ids()));
    }
  }

  // Editing

  private void edit(OrderRows rows, List<OdooOrder> existing) {
    List<OdooOrder> alive = new ArrayList<>();
    for (OdooOrder order : existing) {
      if (inOdoo(order).isCancelled()) {
        close(
            order.externalId(),
            rejected("cancelled-in-odoo", order, "is cancelled in Odoo, but not in the channel"));
      } else {
        alive.add(order);
      }
    }
    if (alive.isEmpty()) {
      return;
    }
    linesInOdoo.putAll(reader.lines(alive.stream().map(order -> inOdoo(order).odooId()).toList()));
    List<BatchLoad.Document> documents = new ArrayList<>();
    List<Long> superfluous = new ArrayList<>();
    for (OdooOrder order : alive) {
      OrderEdit edit = OrderEdit.of(order, inOdoo(order), lines(order), rows);
      if (edit.isEmpty()) {
        continue;
      }
      if (inOdoo(order).locked()) {
        close(order.externalId(), locked(order));
        continue;
      }
      superfluous.addAll(edit.superfluous());
      if (!edit.rows().isEmpty()) {
        documents.add(OrderRows.edit(order.externalId(), edit.rows()));
      }
      changed.add(order.externalId());
    }
    if (!superfluous.isEmpty()) {
      client.act("sale.order.line", "unlink", superfluous, context);
    }
    load(rows.editFields(), documents);
    reread(select(order -> changed.contains(order.externalId()) && alive.contains(order)));
  }

  // Totals

  private void settleTotals(List<OdooOrder> orders) {
    Map<OdooOrder, Money> roundings = new LinkedHashMap<>();
    for (OdooOrder order : orders) {
      Money there = inOdoo(order).total();
      if (!there.currency().equals(order.currency())) {
        close(
            order.externalId(),
            rejected(
                "currency-differs",
                order,
                "is in %s, but Odoo has it in %s".formatted(order.currency(), there.currency())));
      } else if (!there.equals(order.total())) {
        Money rounding = Rounding.line(lines(order), order).plus(order.total().minus(there));
        if (Rounding.isWithinLimit(rounding, order) && !inOdoo(order).locked()) {
          roundings.put(order, rounding);
        } else {
          close(order.externalId(), totalDiffers(order));
        }
      }
    }
    if (roundings.isEmpty()) {
      return;
    }
    Rounding lines = Rounding.of(references, company);
    List<BatchLoad.Document> documents = new ArrayList<>();
    List<Long> superfluous = new ArrayList<>();
    roundings.forEach(
        (order, rounding) -> {
          changed.add(order.externalId());
          if (rounding.isZero() && inOdoo(order).isQuotation()) {
            superfluous.add(lines(order).get(Rounding.externalId(order)).odooId());
          } else {
            documents.add(
                OrderRows.edit(order.externalId(), List.of(lines.cells(order, rounding))));
          }
        });
    if (!superfluous.isEmpty()) {
      client.act("sale.order.line", "unlink", superfluous, context);
    }
    OrderRows anyRows = OrderRows.of(references, companyId, client.taxField(), List.of());
    load(anyRows.editFields(), documents);
    reread(select(roundings::containsKey));
    for (OdooOrder order : select(roundings::containsKey)) {
      if (!inOdoo(order).total().equals(order.total())) {
        close(order.externalId(), totalDiffers(order));
      }
    }
  }

  // Confirming and cancelling

  private void confirm(List<OdooOrder> quotations) {
    inBatch("action_confirm", quotations, context);
    for (OdooOrder order : select(quotations::contains)) {
      inOdoo.put(order.externalId(), inOdoo(order).confirmed());
    }
  }

  /** Confirming sets an order's date to that moment; the channel knows when it was placed. */
  private void date(List<OdooOrder> confirmed) {
    List<BatchLoad.Document> documents = new ArrayList<>();
    for (OdooOrder order : confirmed) {
      Instant placed = order.date().truncatedTo(ChronoUnit.SECONDS);
      if (!inOdoo(order).date().equals(placed)) {
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
      if (inOdoo(order).locked()) {
        close(order.externalId(), locked(order));
      }
    }
    List<OdooOrder> unlocked = select(orders::contains);
    Map<String, Object> withoutWizard = new HashMap<>(context);
    withoutWizard.put("disable_cancel_warning", true);
    inBatch("action_cancel", unlocked, withoutWizard);
    reread(select(unlocked::contains));
    for (OdooOrder order : select(unlocked::contains)) {
      if (!inOdoo(order).isCancelled()) {
        close(order.externalId(), rejected("not-cancelled", order, "stays confirmed in Odoo"));
      }
    }
  }

  /** Calls the method on all at once, or on each where Odoo refuses it for some. */
  private void inBatch(String method, List<OdooOrder> orders, Map<String, Object> context) {
    if (orders.isEmpty()) {
      return;
    }
    List<Long> ids = orders.stream().map(order -> inOdoo(order).odooId()).toList();
    try {
      client.act("sale.order", method, ids, context);
      orders.forEach(order -> changed.add(order.externalId()));
    } catch (RejectedFailure e) {
      if (orders.size() > 1) {
        orders.forEach(order -> inBatch(method, List.of(order), context));
      } else if (!isDoneAlready(method, orders.get(0))) {
        close(orders.get(0).externalId(), e);
      }
    } catch (Failure e) {
      orders.forEach(order -> close(order.externalId(), e));
    }
  }

  /** Somebody else may have confirmed it between our look and our call: that is done too. */
  private boolean isDoneAlready(String method, OdooOrder order) {
    reread(List.of(order));
    return method.equals("action_confirm") && inOdoo(order).isConfirmed();
  }

  // What the steps share

  private BatchLoad.Outcome load(List<String> fields, List<BatchLoad.Document> documents) {
    BatchLoad.Outcome outcome = BatchLoad.load(client, "sale.order", fields, documents, context);
    outcome.failures().forEach(this::close);
    changed.addAll(outcome.ids().keySet());
    return outcome;
  }

  private void reread(Collection<OdooOrder> orders) {
    if (!orders.isEmpty()) {
      inOdoo.putAll(
          reader.read(
              orders.stream()
                  .collect(
                      Collectors.toMap(OdooOrder::externalId, order -> inOdoo(order).odooId()))));
    }
  }

  private List<OdooOrder> select(Predicate<OdooOrder> which) {
    return open.values().stream().filter(which).toList();
  }

  private static boolean wants(OdooOrder order, State state) {
    return order.wanted() == state;
  }

  private OrderInOdoo inOdoo(OdooOrder order) {
    return inOdoo.get(order.externalId());
  }

  private Map<String, LineInOdoo> lines(OdooOrder order) {
    return linesInOdoo.getOrDefault(inOdoo(order).odooId(), Map.of());
  }

  private void closing(String externalId, Runnable step) {
    try {
      step.run();
    } catch (Failure e) {
      close(externalId, e);
    }
  }

  private void close(String externalId, Failure failure) {
    OdooOrder order = open.remove(externalId);
    if (order == null) {
      return;
    }
    if (failure.code().equals(BatchLoad.CONTENDED) && !lastTurn) {
      contended.add(order);
      return;
    }
    if (failure instanceof TransientFailure || failure instanceof InDoubtFailure) {
      broken = failure;
    }
    outcomes.put(externalId, DeliveryOutcome.failed(externalId, failure));
  }

  private RejectedFailure locked(OdooOrder order) {
    return rejected("order-locked", order, "is locked in Odoo and cannot be changed");
  }

  private RejectedFailure totalDiffers(OdooOrder order) {
    return rejected(
        "total-differs",
        order,
        "is %s in %s, but %s in Odoo"
            .formatted(order.total(), order.origin(), inOdoo(order).total()));
  }

  private RejectedFailure rejected(String code, OdooOrder order, String what) {
    String name = Optional.ofNullable(inOdoo(order)).map(OrderInOdoo::name).orElse("");
    return new RejectedFailure(
        code, order.externalId(), "order %s (%s) %s".formatted(order.reference(), name, what));
  }
}
