package io.kontor.work;

import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import io.kontor.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Adds, in the currency of its books, an entity's journal up by account code, as one set of books
 * should hold it.
 */
final class Parity {

  private final Entity entity;
  private final Set<String> posted;
  private final Map<String, Money> subledger = new TreeMap<>();
  private final Map<String, Money> inFlight = new TreeMap<>();
  private final Map<String, String> names = new TreeMap<>();

  /**
   * @param posted the batches that this set of books has
   */
  Parity(Entity entity, Set<String> posted) {
    this.entity = entity;
    this.posted = posted;
  }

  void add(Optional<String> batch, JournalEntry entry) {
    Map<String, Money> side = batch.filter(posted::contains).isPresent() ? subledger : inFlight;
    for (Posting posting : entry.postings()) {
      Optional<Chart.Row> row = entity.chart().row(posting.account());
      String code = row.map(Chart.Row::code).orElse(posting.account().path());
      names.put(code, row.map(Chart.Row::name).orElse("not in the chart"));
      side.merge(code, posting.functional(), Money::plus);
    }
  }

  /**
   * One row an account.
   *
   * @param held what the books say they hold, by account code
   */
  List<TieOut.Book> rows(Entity.Target target, Map<String, BigDecimal> held) {
    Money zero = Money.zero(entity.currency());
    Set<String> codes = new TreeSet<>(names.keySet());
    codes.addAll(held.keySet());
    List<TieOut.Book> rows = new ArrayList<>();
    for (String code : codes) {
      rows.add(
          new TieOut.Book(
              entity.id(),
              target.name().toLowerCase(Locale.ROOT),
              code,
              names.getOrDefault(code, "not in the subledger"),
              subledger.getOrDefault(code, zero),
              Money.of(held.getOrDefault(code, BigDecimal.ZERO), entity.currency()),
              inFlight.getOrDefault(code, zero)));
    }
    return rows;
  }
}
