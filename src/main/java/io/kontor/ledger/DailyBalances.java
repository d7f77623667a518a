package io.kontor.ledger;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What something stands at in the ledger, and on which days that was booked. Not thread-safe. */
public final class DailyBalances {

  private final SortedMap<LocalDate, Balances> days = new TreeMap<>();

  public void add(LocalDate day, Posting posting) {
    days.computeIfAbsent(day, d -> new Balances()).add(posting);
  }

  /** Adds all postings of an entry, on its day. */
  public void add(JournalEntry entry) {
    entry.postings().forEach(posting -> add(entry.date(), posting));
  }

  /** What was booked on each day, the earliest first. */
  public SortedMap<LocalDate, Balances> days() {
    return Collections.unmodifiableSortedMap(days);
  }

  /** What it comes to, whenever it was booked. */
  public Balances sum() {
    Balances sum = new Balances();
    days.values().forEach(balances -> balances.postings().forEach(sum::add));
    return sum;
  }

  /** The days of each month, the earliest first. */
  public SortedMap<YearMonth, DailyBalances> months() {
    SortedMap<YearMonth, DailyBalances> months = new TreeMap<>();
    days.forEach(
        (day, balances) ->
            balances
                .postings()
                .forEach(
                    posting ->
                        months
                            .computeIfAbsent(YearMonth.from(day), month -> new DailyBalances())
                            .add(day, posting)));
    return months;
  }
}
