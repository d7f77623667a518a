package io.kontor.app;

import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.odoo.OdooOrders;
import io.kontor.store.Store;
import io.kontor.work.batch.Books;
import io.kontor.work.delivery.Delivering;
import io.kontor.work.delivery.DeliveryBook;
import io.kontor.work.delivery.DeliveryPolicy;
import io.kontor.work.delivery.Dispatcher;
import io.kontor.work.delivery.OdooContents;
import io.kontor.work.delivery.OdooDelivering;
import io.kontor.work.delivery.ProductCreation;
import io.kontor.work.settlement.Reconciliation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The deliveries of a hub: who carries out which, and how often each is tried. */
final class HubDeliveries {

  private static final int DELIVERY_BATCH = 50;
  private static final int MOST_TRIES = 60;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final Duration LEASE_MARGIN = Duration.ofMinutes(1);

  private final Store store;
  private final Mappings mappings;
  private final DeliveryPolicy policy;
  private final DeliveryBook book;
  private final Reconciliation reconciliation;

  HubDeliveries(Store store, Mappings mappings, DeliveryPolicy policy, HubMeters meters) {
    this.store = store;
    this.mappings = mappings;
    this.policy = policy;
    this.book = new DeliveryBook(store.held(), store.desk(), policy, meters::delivered);
    this.reconciliation = new Reconciliation(store, mappings, policy, book);
  }

  static DeliveryPolicy policy(Settings.Odoo odoo, String node) {
    Duration limit = odoo.requestLimit();
    Duration longest = odoo.timeout().compareTo(limit) > 0 ? odoo.timeout() : limit;
    return new DeliveryPolicy(
        node,
        DELIVERY_BATCH,
        longest.multipliedBy(2).plus(LEASE_MARGIN),
        limit,
        FIRST_PAUSE,
        LONGEST_PAUSE,
        MOST_TRIES);
  }

  Reconciliation reconciliation() {
    return reconciliation;
  }

  Dispatcher dispatcher(
      Supplier<OdooOrders> odoo, Optional<ProductCreation> products, HubBooks books) {
    Delivering orders =
        new OdooDelivering(
            store.database(),
            store.claiming(),
            store.held(),
            new OdooContents(store.facts(), store.receipts(), mappings),
            odoo,
            products,
            policy,
            book);
    Map<Consequence, Delivering> workers = new EnumMap<>(Consequence.class);
    workers.put(Consequence.ODOO_ORDER, orders);
    workers.put(Consequence.ODOO_REFUND, orders);
    workers.put(Consequence.ODOO_TILL, orders);
    workers.put(Consequence.RECONCILE, reconciliation);
    for (Books target : books.targets()) {
      workers.put(
          switch (target.target()) {
            case ODOO -> Consequence.POST_TO_ODOO;
            case FILE -> Consequence.POST_TO_FILE;
          },
          books.posting(target, policy, book));
    }
    return new Dispatcher(store.database(), store.backlog(), workers);
  }
}
