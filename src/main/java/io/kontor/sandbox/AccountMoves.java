package io.kontor.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Journal entries: they balance, are posted once, and are closed to changes then.
 *
 * <p>Posting into a locked period is not refused: as in Odoo, the entry's date moves behind the
 * lock.
 */
final class AccountMoves extends Rules {

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
      throw CompanyWalls.crossing(
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
      values.put("name", EntryPosting.NAMELESS);
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
        LockDates.check(env, row);
      }
      throw OdooFault.user(
          "You cannot modify the following readonly fields on a posted move: "
              + String.join(", ", closed));
    }
    if ("posted".equals(row.get("state")) && values.containsKey("state")) {
      LockDates.check(env, row);
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
    // One that was set back to a draft goes, for who manages the books, as its user here does.
    if ("posted".equals(row.get("state"))) {
      throw OdooFault.user(
          "You can't delete a posted journal item. Don’t play games with your accounting records;"
              + " reset the journal entry to draft before deleting it.");
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
    if (EntryPosting.nameless(env, row)) {
      return "Draft Entry (* %d)".formatted(row.id());
    }
    return ref.isEmpty() ? name : name + " (" + ref + ")";
  }

  @Override
  void methods(Methods methods) {
    methods.onRecords(
        "action_post", List.of(), (env, ids, arguments) -> EntryPosting.post(env, ids));
    methods.onRecords(
        "button_draft", List.of(), (env, ids, arguments) -> EntryPosting.draft(env, ids));
    methods.onRecords(
        "button_cancel",
        List.of(),
        (env, ids, arguments) -> {
          ids.forEach(id -> env.write("account.move", id, Map.of("state", "cancel")));
          return null;
        });
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
}
