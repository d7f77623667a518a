package io.kontor.books;

import io.kontor.ledger.Balances;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds entries up by day and account; of the entries themselves nothing is kept. A day whose sums
 * would be more lines than one entry should have is cut between two entries, so that each part
 * balances. Not thread-safe.
 */
final class SummaryDays {

  private final int mostLines;
  private final Map<LocalDate, List<Open>> days = new TreeMap<>();

  SummaryDays(int mostLines) {
    this.mostLines = mostLines;
  }

  /**
   * A day, or a part of one.
   *
   * @param day the transaction date
   * @param number from one
   */
  record Part(LocalDate day, int number, LocalDate bookedOn, List<Posting> postings) {}

  private static final class Open {
    private final LocalDate bookedOn;
    private final Balances balances = new Balances();
    private final Set<String> lines = new HashSet<>();

    Open(LocalDate bookedOn) {
      this.bookedOn = bookedOn;
    }

    boolean takes(Set<String> more, LocalDate day, int most) {
      if (!bookedOn.equals(day)) {
        return false;
      }
      long added = more.stream().filter(line -> !lines.contains(line)).count();
      return lines.isEmpty() || lines.size() + added <= most;
    }
  }

  void add(JournalEntry entry, LocalDate bookedOn) {
    Set<String> lines = new HashSet<>();
    entry.postings().forEach(p -> lines.add(p.account().path() + " " + p.amount().currency()));
    List<Open> parts = days.computeIfAbsent(entry.date(), day -> new ArrayList<>());
    Open last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    if (last == null || !last.takes(lines, bookedOn, mostLines)) {
      last = new Open(bookedOn);
      parts.add(last);
    }
    last.lines.addAll(lines);
    entry.postings().forEach(last.balances::add);
  }

  /** By day, in the order in which they were filled. */
  List<Part> parts() {
    List<Part> all = new ArrayList<>();
    days.forEach(
        (day, parts) -> {
          for (int i = 0; i < parts.size(); i++) {
            Open part = parts.get(i);
            all.add(new Part(day, i + 1, part.bookedOn, part.balances.postings()));
          }
        });
    return all;
  }
}
