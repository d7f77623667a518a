package io.kontor.work.proof;

import io.kontor.ledger.Posting;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import io.kontor.money.Money;
import io.kontor.store.JournalSums;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Adds an entity's journal up by month and account code, in the currency of its books, as one set
 * of books should hold it.
 */
public final class Parity {

  private final Entity entity;
  private final Map<YearMonth, Map<String, Money>> subledger = new TreeMap<>();
  private final Map<YearMonth, Map<String, Money>> inFlight = new TreeMap<>();
  private final Map<String, String> names = new TreeMap<>();

  public Parity(Entity entity) {
    this.entity = entity;
  }

  public void add(JournalSums.Booked booked) {
    Posting posting = booked.sum();
    Optional<Chart.Row> row = entity.chart().row(posting.account());
    String code = booked.code().or(() -> row.map(Chart.Row::code)).orElse(posting.account().path());
    names.put(code, booked.name().or(() -> row.map(Chart.Row::name)).orElse("not in the chart"));
    (booked.held() ? subledger : inFlight)
        .computeIfAbsent(booked.month(), month -> new TreeMap<>())
        .merge(code, posting.functional(), Money::plus);
  }

  /**
   * One row for each month and account.
   *
   * @param held what the books say they hold, by month and account code
   */
  public List<TieOut.Book> rows(
      Entity.Target target, Map<YearMonth, Map<String, BigDecimal>> held) {
    Money zero = Money.zero(entity.currency());
    Set<YearMonth> months = new TreeSet<>(subledger.keySet());
    months.addAll(inFlight.keySet());
    months.addAll(held.keySet());
    List<TieOut.Book> rows = new ArrayList<>();
    for (YearMonth month : months) {
      Map<String, Money> posted = subledger.getOrDefault(month, Map.of());
      Map<String, Money> coming = inFlight.getOrDefault(month, Map.of());
      Map<String, BigDecimal> there = held.getOrDefault(month, Map.of());
      Set<String> codes = new TreeSet<>(posted.keySet());
      codes.addAll(coming.keySet());
      codes.addAll(there.keySet());
      for (String code : codes) {
        rows.add(
            new TieOut.Book(
                entity.id(),
                target.word(),
                month,
                code,
                names.getOrDefault(code, "not in the subledger"),
                posted.getOrDefault(code, zero),
                Money.of(there.getOrDefault(code, BigDecimal.ZERO), entity.currency()),
                coming.getOrDefault(code, zero)));
      }
    }
    return rows;
  }
}
