package io.kontor.store;

import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import java.util.Map;

/**
 * How a batch is written in the books: frozen with its entries, so that what is approved is what
 * gets posted, and what was posted is what the books are compared with.
 *
 * @param chart a row for each of its accounts that had one
 * @param books how fine each set of books has its entries
 */
public record BatchForm(Chart chart, Map<Entity.Target, Entity.Granularity> books) {

  public BatchForm {
    books = Map.copyOf(books);
  }
}
