package io.kontor.sandbox;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Journal entries: they balance, are posted once, and are closed to changes then.
 *
 * <p>Posting into a locked period is not refused: as in Odoo, the entry's date moves behind the
 * lock.
 */
final class AccountMoves extends Rules {

  /** The name of a draft before Odoo 19. */
  private static final String NAMELESS = "/";

  static final String UNBALANCED = "The entry is not balanced.";

  private static final Set<String> CLOSED =
      Set.of(
          "invoice_line_ids",
          "line_ids",
          "invoice_date",
          "date",
          "partner_id",
          "invoice_payment_term_id",
          "currency_id",
          "fiscal_position_id",
          "invoice_cash_rounding_id");

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    if ("posted".equals(values.get("state"))) {
      throw OdooFault.user(
          "You cannot create a move already in the posted state. Please create a draft move and"
              + " post it after.");
    }
    if (!Values.truth(values.get("journal_id"))) {
      values.put("journal_id", defaultJournal(env));
    }
    Row journal = env.row("account.journal", Values.ids(values.get("journal_id")).get(0));
    int company =
        Values.truth(values.get("company_id"))
            ? Values.ids(values.get("company_id")).get(0)
            : env.id(journal, "company_id");
    if (company != env.id(journal, "company_id")) {
      throw crossing(
          env, "Draft Entry", company, env.model("account.move").find("journal_id"), journal);
    }
    values.put("company_id", company);
    if (!Values.truth(values.get("currency_id"))) {
      Integer own = env.id(journal, "currency_id");
      values.put(
          "currency_id",
          own == null ? env.id(env.row("res.company", company), "currency_id") : own);
    }
    if (env.version() == OdooVersion.V18 && !Values.truth(values.get("name"))) {
      values.put("name", NAMELESS);
    }
    if (!Values.truth(values.get("date"))) {
      values.put("date", env.odoo().today().toString());
    }
  }

  private static int defaultJournal(Env env) {
    return env.where("account.journal", "company_id", env.company()).stream()
        .filter(journal -> env.text(journal, "type").equals("general"))
        .findFirst()
        .map(Row::id)
        .orElseThrow(
            () ->
                OdooFault.user(
                    "No journal could be found in company %s for any of those types: general"
                        .formatted(env.displayName("res.company", env.company()))));
  }

  @Override
  void created(Env env, int id, Map<String, Object> values) {
    new EntryTaxes(env).complete(id);
    checkBalanced(env, id);
  }

  @Override
  void beforeWrite(Env env, Row row, Map<String, Object> values) {
    boolean posted = "posted".equals(values.getOrDefault("state", row.get("state")));
    List<String> closed = values.keySet().stream().filter(CLOSED::contains).toList();
    if (posted && !closed.isEmpty()) {
      if (closed.contains("date") && !row.get("date").equals(values.get("date"))) {
        checkLock(env, row);
      }
      throw OdooFault.user(
          "You cannot modify the following readonly fields on a posted move: "
              + String.join(", ", closed));
    }
    if ("posted".equals(row.get("state")) && values.containsKey("state")) {
      checkLock(env, row);
    }
    Object journal = values.get("journal_id");
    if (posted && journal != null && !journal.equals(row.get("journal_id"))) {
      throw OdooFault.user(
          "You cannot edit the journal of an account move with a sequence number"
              + " assigned, unless the name is removed or set to \"/\".");
    }
  }

  @Override
  void written(Env env, Row before, Map<String, Object> values) {
    if (values.containsKey("line_ids")) {
      new EntryTaxes(env).complete(before.id());
    }
    checkBalanced(env, before.id());
  }

  @Override
  void beforeUnlink(Env env, Row row) {
    if (env.truth(row, "posted_before")) {
      throw OdooFault.user("You cannot delete an entry which has been posted once.");
    }
  }

  @Override
  Object compute(Env env, Row row, String field) {
    BigDecimal total = BigDecimal.ZERO;
    for (Row line : env.rows(row, "line_ids")) {
      total = total.add(env.decimal(line, "debit"));
    }
    return total;
  }

  @Override
  String displayName(Env env, Row row) {
    String name = env.text(row, "name");
    String ref = env.text(row, "ref");
    if (nameless(env, row)) {
      return "Draft Entry (* %d)".formatted(row.id());
    }
    return ref.isEmpty() ? name : name + " (" + ref + ")";
  }

  @Override
  void methods(Methods methods) {
    methods.onRecords("action_post", List.of(), (env, ids, arguments) -> post(env, ids));
    methods.onRecords("button_draft", List.of(), (env, ids, arguments) -> draft(env, ids));
    methods.onRecords(
        "button_cancel",
        List.of(),
        (env, ids, arguments) -> {
          ids.forEach(id -> env.write("account.move", id, Map.of("state", "cancel")));
          return null;
        });
  }

  private static Object post(Env env, List<Integer> ids) {
    Set<String> faults = new LinkedHashSet<>();
    for (int id : ids) {
      Row move = env.row("account.move", id);
      if (!"draft".equals(move.get("state"))) {
        faults.add("The entry %s (id %d) must be in draft.".formatted(env.text(move, "name"), id));
      }
      if (env.ids(move, "line_ids").isEmpty()) {
        faults.add(
            env.version() == OdooVersion.V18
                ? "You need to add a line before posting."
                : "Even magicians can't post nothing!");
      }
    }
    if (!faults.isEmpty()) {
      throw OdooFault.user(String.join("\n", faults));
    }
    for (int id : ids) {
      Row move = env.row("account.move", id);
      LocalDate date = openDate(env, move);
      if (!date.toString().equals(move.get("date"))) {
        env.write("account.move", id, Map.of("date", date.toString()));
      }
      String name = nameless(env, move) ? number(env, move, date) : env.text(move, "name");
      env.write("account.move", id, Map.of("state", "posted", "name", name, "posted_before", true));
    }
    return false;
  }

  private static Object draft(Env env, List<Integer> ids) {
    for (int id : ids) {
      if ("draft".equals(env.row("account.move", id).get("state"))) {
        throw OdooFault.user("Only posted/cancelled journal entries can be reset to draft.");
      }
      env.write("account.move", id, Map.of("state", "draft"));
    }
    return null;
  }

  private static boolean nameless(Env env, Row move) {
    String name = env.text(move, "name");
    return name.isEmpty() || name.equals(NAMELESS);
  }

  private static String number(Env env, Row move, LocalDate date) {
    Row journal = env.to(move, "journal_id");
    String code = env.text(journal, "code");
    boolean monthly = !Set.of("sale", "bank", "cash", "credit").contains(env.text(journal, "type"));
    String prefix =
        monthly
            ? "%s/%d/%02d".formatted(code, date.getYear(), date.getMonthValue())
            : "%s/%d".formatted(code, date.getYear());
    int next = env.odoo().records().next("sequence:" + journal.id() + ":" + prefix);
    return prefix + (monthly ? "/%04d" : "/%05d").formatted(next);
  }

  /** The move's date, or the date that Odoo gives it when its own is locked. */
  private static LocalDate openDate(Env env, Row move) {
    LocalDate date = LocalDate.parse(env.text(move, "date"));
    LocalDate lock = lock(env, move);
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
  static void checkLock(Env env, Row move) {
    LocalDate lock = lock(env, move);
    if (!LocalDate.parse(env.text(move, "date")).isAfter(lock)) {
      throw OdooFault.user(
          "You cannot add/modify entries prior to and inclusive of: Global Lock Date (%s)."
              .formatted(lock.format(DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.US))));
    }
  }

  private static LocalDate lock(Env env, Row move) {
    Row company = env.to(move, "company_id");
    List<LocalDate> locks = new ArrayList<>(List.of(LocalDate.MIN));
    for (String field : List.of("fiscalyear_lock_date", "hard_lock_date")) {
      String date = env.text(company, field);
      if (!date.isEmpty()) {
        locks.add(LocalDate.parse(date));
      }
    }
    return locks.stream().max(LocalDate::compareTo).orElse(LocalDate.MIN);
  }

  /**
   * Refuses a move whose debits and credits differ.
   *
   * @throws OdooFault if it does not balance
   */
  static void checkBalanced(Env env, int id) {
    BigDecimal difference = BigDecimal.ZERO;
    for (Row line : env.rows(env.row("account.move", id), "line_ids")) {
      difference = difference.add(env.decimal(line, "balance"));
    }
    if (difference.signum() != 0) {
      throw OdooFault.user(UNBALANCED);
    }
  }

  /** The refusal of a record that points to another company's. */
  static OdooFault crossing(Env env, String record, int company, Field field, Row other) {
    Env all = env.sudo();
    return OdooFault.user(
        """
        Uh-oh! You’ve got some company inconsistencies here:
        - “%s” belongs to company “%s” while “%s” (%s: '%s') belongs to another company.
        To avoid a mess, no company crossover is allowed!"""
            .formatted(
                record,
                all.displayName("res.company", company),
                field.label(),
                field.name(),
                all.displayName(other.model(), other.id())));
  }
}
