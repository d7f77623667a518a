package io.kontor.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Journal items: debit and credit and their difference, on an account of the move's company. */
final class AccountMoveLines extends Rules {

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    fromBalance(values);
    if (!Values.truth(values.get("move_id"))) {
      return;
    }
    Row move = env.row("account.move", Values.ids(values.get("move_id")).get(0));
    if (!Values.truth(values.get("currency_id"))) {
      values.put("currency_id", env.id(move, "currency_id"));
    }
    if (!Values.truth(values.get("amount_currency"))) {
      values.put(
          "amount_currency",
          Values.decimal(values.get("debit")).subtract(Values.decimal(values.get("credit"))));
    }
    if (!Values.truth(values.get("partner_id")) && env.id(move, "partner_id") != null) {
      values.put("partner_id", env.id(move, "partner_id"));
    }
    if ("posted".equals(move.get("state"))) {
      LockDates.check(env, move);
    }
    checkAccount(env, move, values.get("account_id"));
    takeTaxes(env, values);
  }

  /** A line that says nothing of taxes gets those of its account; one that says none has none. */
  private static void takeTaxes(Env env, Map<String, Object> values) {
    if (!values.containsKey("tax_ids") && Values.truth(values.get("account_id"))) {
      Row account = env.row("account.account", Values.ids(values.get("account_id")).get(0));
      if (env.truth(account, "tax_ids")) {
        values.put("tax_ids", env.ids(account, "tax_ids"));
      }
    }
  }

  @Override
  void beforeWrite(Env env, Row row, Map<String, Object> values) {
    fromBalance(values);
    Row move = env.to(row, "move_id");
    boolean amounts = values.containsKey("debit") || values.containsKey("credit");
    if (amounts && !values.containsKey("amount_currency")) {
      BigDecimal debit = Values.decimal(values.getOrDefault("debit", row.get("debit")));
      BigDecimal credit = Values.decimal(values.getOrDefault("credit", row.get("credit")));
      values.put("amount_currency", debit.subtract(credit));
    }
    if ("posted".equals(move.get("state")) && (amounts || values.containsKey("account_id"))) {
      LockDates.check(env, move);
    }
    checkAccount(env, move, values.get("account_id"));
  }

  @Override
  void created(Env env, int id, Map<String, Object> values) {
    checkWhole(env, env.row("account.move.line", id));
  }

  @Override
  void written(Env env, Row before, Map<String, Object> values) {
    checkWhole(env, before);
  }

  @Override
  void beforeUnlink(Env env, Row row) {
    Row move = env.to(row, "move_id");
    if ("posted".equals(move.get("state"))) {
      throw OdooFault.user(
          "You can't delete a posted journal item. Don’t play games with your accounting records;"
              + " reset the journal entry to draft before deleting it.");
    }
  }

  @Override
  Object compute(Env env, Row row, String field) {
    return env.decimal(row, "debit").subtract(env.decimal(row, "credit"));
  }

  @Override
  String displayName(Env env, Row row) {
    Row move = env.to(row, "move_id");
    String name = env.text(row, "name");
    return env.displayName("account.move", move.id()) + (name.isEmpty() ? "" : " " + name);
  }

  private static void fromBalance(Map<String, Object> values) {
    if (values.containsKey("balance") && !values.containsKey("debit")) {
      BigDecimal balance = Values.decimal(values.get("balance"));
      values.put("debit", balance.max(BigDecimal.ZERO));
      values.put("credit", balance.negate().max(BigDecimal.ZERO));
    }
  }

  private static void checkWhole(Env env, Row line) {
    if (!env.flag(Writer.WITHIN_PARENT)) {
      AccountMoves.checkBalanced(env, env.id(line, "move_id"));
    }
  }

  private static void checkAccount(Env env, Row move, Object account) {
    List<Integer> id = Values.ids(account);
    if (id.isEmpty()) {
      return;
    }
    Row row = env.row("account.account", id.get(0));
    Integer company = env.id(move, "company_id");
    if (!env.ids(row, "company_ids").contains(company)) {
      throw CompanyWalls.crossing(
          env,
          env.displayName("account.move", move.id()),
          company,
          env.model("account.move.line").find("account_id"),
          row);
    }
  }
}
