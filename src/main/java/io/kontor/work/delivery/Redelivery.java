package io.kontor.work.delivery;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.store.Database;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.work.Actor;
import io.kontor.work.Tickets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings to Odoo and to the file books once more what they had, as after somebody deleted or
 * changed it there: the proof names it, and nothing else would. What is there is found by its name,
 * so nothing comes twice; what cannot be put right ends on the desk, with the reason. Thread-safe.
 */
public final class Redelivery {

  private static final List<Consequence> ALL =
      List.of(
          Consequence.ODOO_ORDER,
          Consequence.ODOO_REFUND,
          Consequence.ODOO_TILL,
          Consequence.POST_TO_ODOO,
          Consequence.POST_TO_FILE);

  private final Store store;
  private final Database database;
  private final Tickets tickets;

  public Redelivery(Store store, Tickets tickets) {
    this.store = store;
    this.database = store.database();
    this.tickets = tickets;
  }

  /**
   * Delivers again.
   *
   * @param subject as the proof and the desk name it: an order, a refund, a till's day or a batch
   * @return the ids of the deliveries
   * @throws RejectedFailure {@code not-delivered} if nothing of that name was delivered, or it is
   *     on its way
   */
  public List<String> again(String subject, Actor who) {
    List<Consequence> again = database.inTransaction(tx -> again(tx, subject, who));
    if (again.isEmpty()) {
      throw new RejectedFailure(
          "not-delivered",
          subject,
          "nothing that is called '%s' was delivered, or it is on its way: an order is called as northwind/shopify/1001, a batch as northwind/shopify/2026-11-20/1"
              .formatted(subject));
    }
    database.sync();
    again.forEach(tickets::wake);
    return again.stream().map(one -> WantedDelivery.id(one, subject)).toList();
  }

  private static Optional<Entity.Target> book(Consequence consequence) {
    return switch (consequence) {
      case POST_TO_ODOO -> Optional.of(Entity.Target.ODOO);
      case POST_TO_FILE -> Optional.of(Entity.Target.FILE);
      default -> Optional.empty();
    };
  }

  private List<Consequence> again(Tx tx, String subject, Actor who) {
    List<Consequence> again = new ArrayList<>();
    for (Consequence consequence : ALL) {
      String id = WantedDelivery.id(consequence, subject);
      if (store.deliveries().sendAgain(tx, id)) {
        book(consequence).ifPresent(target -> store.batches().lost(tx, subject, target.name()));
        store.audit().append(tx, who.name(), "redeliver", subject, id);
        again.add(consequence);
      }
    }
    return again;
  }
}
