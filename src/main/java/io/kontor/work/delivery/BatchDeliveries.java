package io.kontor.work.delivery;

import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.store.PostingBatch;
import io.kontor.store.WantedDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The deliveries of an approved batch: one to each set of books of its entity. */
public final class BatchDeliveries {

  private BatchDeliveries() {}

  /** One for each set of books that the entity has today. */
  public static List<WantedDelivery> of(Entity entity, PostingBatch batch) {
    return entity.books().stream().map(book -> of(batch, to(book.target()))).toList();
  }

  /** What brings a batch to a set of books. */
  public static Consequence to(Entity.Target target) {
    return switch (target) {
      case ODOO -> Consequence.POST_TO_ODOO;
      case FILE -> Consequence.POST_TO_FILE;
    };
  }

  private static WantedDelivery of(PostingBatch batch, Consequence consequence) {
    return new WantedDelivery(
        batch.entity(),
        batch.channel(),
        batch.id(),
        consequence,
        batch.entity() + "/" + consequence.word(),
        Optional.empty(),
        Instant.EPOCH);
  }
}
