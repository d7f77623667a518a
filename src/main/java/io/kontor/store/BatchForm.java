package io.kontor.store;

import io.kontor.ledger.Account;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** What is written otherwise by the entity as it is now, in words; none if nothing is. */
  public List<String> changed(Entity now) {
    List<String> changed = new ArrayList<>();
    for (Chart.Row row : chart.rows()) {
      String there = now.chart().row(new Account(row.account())).map(BatchForm::words).orElse("");
      if (!there.equals(words(row))) {
        changed.add(
            "%s was %s and is %s"
                .formatted(
                    row.account(), words(row), there.isEmpty() ? "not in the chart" : there));
      }
    }
    now.books().stream()
        .filter(
            book ->
                Optional.ofNullable(books.get(book.target()))
                    .filter(granularity -> granularity != book.granularity())
                    .isPresent())
        .forEach(
            book ->
                changed.add(
                    "the %s book took each %s and takes each %s"
                        .formatted(
                            book.target().word(),
                            books.get(book.target()).word(),
                            book.granularity().word())));
    return changed;
  }

  private static String words(Chart.Row row) {
    return "%s %s (%s; %s)".formatted(row.code(), row.name(), row.type(), row.file());
  }
}
