package io.kontor.sandbox.day;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Numbers as a vendor hands them out: never twice, always growing. */
final class Ids {

  /** No day of the sample takes as many. */
  private static final long A_DAY = 100_000_000;

  /** The day whose numbers are the ones that were first written down. */
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 2, 20);

  private long last;

  /** Numbers of a day: those of two days never meet. */
  Ids(long first, LocalDate day) {
    this.last = first + daysFromFirst(day) * A_DAY;
  }

  /** How many days a day comes after the first one; negative before it. */
  static long daysFromFirst(LocalDate day) {
    return ChronoUnit.DAYS.between(FIRST_DAY, day);
  }

  long next() {
    last += 32_771;
    return last;
  }
}
