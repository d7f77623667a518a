package io.kontor.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Odoo adds by itself to a draft entry whose lines name taxes: tax lines, unless the entry
 * brought its own, and a line in the suspense account that makes it balance.
 *
 * <p>So an entry with taxes is never refused as unbalanced: it is balanced silently.
 */
final class EntryTaxes {

  private static final String LINE = "account.move.line";
  private static final String BALANCING = "Automatic Balancing Line";
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Env env;

  EntryTaxes(Env env) {
    this.env = env.with(Writer.WITHIN_PARENT, true);
  }

  /** Brings the lines that Odoo adds up to date with the ones that were written. */
  void complete(int moveId) {
    Row move = env.row("account.move", moveId);
    if (!env.text(move, "state").equals("draft")) {
      return;
    }
    env.rows(move, "line_ids").stream()
        .filter(this::isAutomatic)
        .forEach(line -> env.unlink(LINE, line.id()));
    List<Row> lines = env.rows(move, "line_ids");
    List<Row> taxed = lines.stream().filter(line -> env.truth(line, "tax_ids")).toList();
    if (taxed.isEmpty()) {
      return;
    }
    if (lines.stream().noneMatch(line -> env.id(line, "tax_repartition_line_id") != null)) {
      taxed.forEach(line -> addTaxes(move, line));
    }
    balance(move);
  }

  /** A line that was added here: it has no external id of its own. */
  private boolean isAutomatic(Row line) {
    boolean added =
        BALANCING.equals(env.text(line, "name")) || env.text(line, "display_type").equals("tax");
    return added
        && env.where("ir.model.data", "res_id", line.id()).stream()
            .noneMatch(entry -> LINE.equals(entry.get("model")));
  }

  private void addTaxes(Row move, Row base) {
    for (Row tax : env.rows(base, "tax_ids")) {
      BigDecimal amount =
          env.decimal(base, "balance")
              .multiply(env.decimal(tax, "amount"))
              .divide(HUNDRED)
              .setScale(2, RoundingMode.HALF_UP);
      if (amount.signum() != 0) {
        Row repartition = TaxRepartition.ofTax(env, tax, "invoice");
        Integer account = env.id(repartition, "account_id");
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("move_id", move.id());
        line.put("account_id", account == null ? env.id(base, "account_id") : account);
        line.put("name", env.text(tax, "name"));
        line.put("balance", amount);
        line.put("display_type", "tax");
        line.put("tax_line_id", tax.id());
        line.put("tax_repartition_line_id", repartition.id());
        env.create(LINE, line);
      }
    }
  }

  private void balance(Row move) {
    BigDecimal difference =
        env.rows(move, "line_ids").stream()
            .map(line -> env.decimal(line, "balance"))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (difference.signum() != 0) {
      env.create(
          LINE,
          Map.of(
              "move_id", move.id(),
              "name", BALANCING,
              "account_id", suspense(move),
              "balance", difference.negate()));
    }
  }

  private int suspense(Row move) {
    Integer own = env.id(env.to(move, "journal_id"), "default_account_id");
    if (own != null) {
      return own;
    }
    Integer company = env.id(move, "company_id");
    return env.where("account.account", "code", "101402").stream()
        .filter(account -> env.ids(account, "company_ids").contains(company))
        .findFirst()
        .map(Row::id)
        .orElseThrow(() -> OdooFault.user(AccountMoves.UNBALANCED));
  }
}
