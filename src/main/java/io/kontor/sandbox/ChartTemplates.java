package io.kontor.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The generic chart: accounts, journals and taxes of a company, read from {@code chart.txt}. */
final class ChartTemplates extends Rules {

  @Override
  void methods(Methods methods) {
    methods.onModel(
        "try_loading",
        List.of("template_code", "company", "install_demo?", "force_create?"),
        (env, ids, arguments) -> {
          install(env.sudo(), Values.ids(arguments.get("company")).get(0));
          return null;
        });
  }

  /** Gives a company the generic chart, once. */
  static void install(Env env, int company) {
    if (!env.where("account.journal", "company_id", company).isEmpty()) {
      return;
    }
    Env view = env.forCompany(company);
    int group = view.create("account.tax.group", Map.of("name", "Tax 15%", "company_id", company));
    ExternalIds.name(view, "account." + company + "_tax_group_15", "account.tax.group", group);
    for (String line : lines()) {
      String[] cells = line.split("\\|", -1);
      switch (cells[0]) {
        case "account" -> account(view, company, cells);
        case "journal" -> journal(view, company, cells);
        default -> tax(view, company, cells);
      }
    }
    view.write("res.company", company, Map.of("chart_template", "generic_coa"));
  }

  private static void account(Env env, int company, String[] cells) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("code", cells[1]);
    values.put("name", cells[2]);
    values.put("account_type", cells[3]);
    values.put("reconcile", cells[3].endsWith("receivable") || cells[3].endsWith("payable"));
    values.put("company_ids", List.of(company));
    env.create("account.account", values);
  }

  private static void journal(Env env, int company, String[] cells) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("code", cells[1]);
    boolean old = env.version() == OdooVersion.V18;
    values.put("name", old && cells.length > 5 ? cells[5] : cells[2]);
    values.put("type", cells[3]);
    values.put("sequence", Integer.valueOf(cells[4]));
    values.put("company_id", company);
    env.create("account.journal", values);
  }

  private static void tax(Env env, int company, String[] cells) {
    Map<String, Object> values = new LinkedHashMap<>();
    boolean old = env.version() == OdooVersion.V18;
    values.put("name", old && cells.length > 5 ? cells[5] : cells[2]);
    values.put("amount", Values.decimal(cells[3]));
    values.put("type_tax_use", cells[4]);
    values.put("company_id", company);
    int id = env.create("account.tax", values);
    ExternalIds.name(env, "account." + company + "_" + cells[1], "account.tax", id);
    if (cells[1].equals("sale_tax_template")) {
      env.write("res.company", company, Map.of("account_sale_tax_id", id));
    } else if (cells[1].equals("purchase_tax_template")) {
      env.write("res.company", company, Map.of("account_purchase_tax_id", id));
    }
  }

  private static List<String> lines() {
    try (InputStream in = ChartTemplates.class.getResourceAsStream("chart.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
