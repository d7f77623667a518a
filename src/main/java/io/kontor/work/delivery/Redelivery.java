package io.kontor.work.delivery;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.store.Database;
import io.kontor.store.PostingBatch;
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
 * so nothing comes twice; what cannot be put right ends on the desk, with the reason. Books that an
 * entity has only since get an approved batch for the first time. Thread-safe.
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
  private final Mappings mappings;
  private final Database database;
  private final Tickets tickets;

  public Redelivery(Store store, Mappings mappings, Tickets tickets) {
    this.store = store;
    this.mappings = mappings;
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
    again.addAll(neverSent(tx, subject, who));
    return again;
  }

  /** A batch that was approved before its entity had all the books that it has now. */
  private List<Consequence> neverSent(Tx tx, String subject, Actor who) {
    Optional<PostingBatch> batch =
        store.batches().findLockingEntity(tx, subject).filter(Redelivery::isApproved);
    if (batch.isEmpty()) {
      return List.of();
    }
    Entity entity = mappings.entities().get(batch.get().entity());
    List<WantedDelivery> lacking =
        BatchDeliveries.of(entity, batch.get()).stream()
            .filter(wanted -> store.deliveries().find(tx, wanted.id()).isEmpty())
            .toList();
    for (WantedDelivery wanted : lacking) {
      book(wanted.consequence())
          .ifPresent(
              target -> {
                store.batches().lost(tx, subject, target.name());
                entity.books().stream()
                    .filter(book -> book.target() == target)
                    .forEach(book -> store.forms().addBook(tx, subject, book));
              });
      store.audit().append(tx, who.name(), "redeliver", subject, wanted.id());
    }
    store.deliveries().want(tx, lacking);
    return lacking.stream().map(WantedDelivery::consequence).toList();
  }

  private static boolean isApproved(PostingBatch batch) {
    return batch.state() == PostingBatch.State.APPROVED
        || batch.state() == PostingBatch.State.POSTED;
  }
}
