package io.kontor.sandbox;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Periods that a company has closed. */
final class LockDates {

  private static final List<String> FIELDS = List.of("fiscalyear_lock_date", "hard_lock_date");
  private static final DateTimeFormatter AMERICAN =
      DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.US);

  private LockDates() {}

  /** The move's date, or the date that Odoo gives it when its own is locked. */
  static LocalDate open(Env env, Row move) {
    LocalDate date = LocalDate.parse(env.text(move, "date"));
    LocalDate lock = latest(env, move);
    if (date.isAfter(lock)) {
      return date;
    }
    LocalDate open = lock.plusDays(1);
    LocalDate today = env.odoo().today();
    if (YearMonth.from(today).isAfter(YearMonth.from(open))) {
      return YearMonth.from(open).atEndOfMonth();
    }
    return open.isAfter(today) ? open : today;
  }

  /**
   * Refuses a change of a posted entry in a locked period.
   *
   * @throws OdooFault if its date is locked
   */
  static void check(Env env, Row move) {
    Row company = env.to(move, "company_id");
    List<String> violated = new ArrayList<>();
    for (String field : FIELDS) {
      LocalDate lock = lock(env, company, field);
      if (!LocalDate.parse(env.text(move, "date")).isAfter(lock)) {
        String label = env.model("res.company").find(field).label();
        violated.add(label + " (" + lock.format(AMERICAN) + ")");
      }
    }
    if (!violated.isEmpty()) {
      throw OdooFault.user(
          "You cannot add/modify entries prior to and inclusive of: %s."
              .formatted(String.join(" and ", violated)));
    }
  }

  private static LocalDate latest(Env env, Row move) {
    Row company = env.to(move, "company_id");
    return FIELDS.stream()
        .map(field -> lock(env, company, field))
        .max(LocalDate::compareTo)
        .orElse(LocalDate.MIN);
  }

  private static LocalDate lock(Env env, Row company, String field) {
    String date = env.text(company, field);
    return date.isEmpty() ? LocalDate.MIN : LocalDate.parse(date);
  }
}
