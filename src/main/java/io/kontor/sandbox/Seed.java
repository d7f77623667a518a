package io.kontor.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a fresh database holds: a company in the United States with its chart, tax and warehouse.
 */
final class Seed {

  private static final List<String> CURRENCIES =
      List.of("USD $", "EUR €", "GBP £", "CHF CHF", "CAD $", "AUD $", "SEK kr", "PLN zł");

  /** Of other countries it has none; a real one has those of most. */
  private static final String STATES =
      """
      AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;
      CT Connecticut;DE Delaware;DC District of Columbia;FL Florida;GA Georgia;
      HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;KS Kansas;KY Kentucky;
      LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;
      MS Mississippi;MO Missouri;MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;
      NJ New Jersey;NM New Mexico;NY New York;NC North Carolina;ND North Dakota;
      OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;RI Rhode Island;SC South Carolina;
      SD South Dakota;TN Tennessee;TX Texas;UT Utah;VT Vermont;VA Virginia;
      WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming
      """;

  private Seed() {}

  static void plant(Env env) {
    currencies(env);
    countries(env);
    states(env);
    locations(env);
    named(env, "uom.uom", "Units", "uom.product_uom_unit");
    named(env, "product.category", "Goods", "product.product_category_goods");
    named(env, "crm.team", "Sales", "sales_team.team_sales_department");
    int company =
        env.create(
            "res.company",
            Map.of("name", "My Company", "currency_id", 1, "country_id", country(env, "US")));
    ExternalIds.name(env, "base.main_company", "res.company", company);
    env.where("stock.warehouse", "company_id", company)
        .forEach(row -> ExternalIds.name(env, "stock.warehouse0", "stock.warehouse", row.id()));
    ChartTemplates.install(env, company);
    users(env, company);
  }

  private static void currencies(Env env) {
    for (String line : CURRENCIES) {
      String[] words = line.split(" ", -1);
      boolean active = words[0].equals("USD") || words[0].equals("EUR");
      int id =
          env.create(
              "res.currency", Map.of("name", words[0], "symbol", words[1], "active", active));
      ExternalIds.name(env, "base." + words[0], "res.currency", id);
    }
  }

  private static void countries(Env env) {
    for (String code : Locale.getISOCountries()) {
      String name = new Locale("", code).getDisplayCountry(Locale.ENGLISH);
      int id = env.create("res.country", Map.of("name", name, "code", code));
      String key = code.equals("GB") ? "uk" : code.toLowerCase(Locale.ROOT);
      ExternalIds.name(env, "base." + key, "res.country", id);
    }
  }

  private static void states(Env env) {
    for (String state : STATES.strip().split(";\\s*", -1)) {
      String[] words = state.split(" ", 2);
      env.create(
          "res.country.state",
          Map.of("country_id", country(env, "US"), "code", words[0], "name", words[1]));
    }
  }

  static int country(Env env, String code) {
    return env.where("res.country", "code", code).get(0).id();
  }

  private static void locations(Env env) {
    location(env, "Vendors", "supplier", "stock.stock_location_suppliers");
    location(env, "Customers", "customer", "stock.stock_location_customers");
    location(env, "Inventory adjustment", "inventory", "stock.location_inventory");
  }

  private static void location(Env env, String name, String usage, String externalId) {
    int id = env.create("stock.location", Map.of("name", name, "usage", usage));
    ExternalIds.name(env, externalId, "stock.location", id);
  }

  private static void named(Env env, String model, String name, String externalId) {
    ExternalIds.name(env, externalId, model, env.create(model, Map.of("name", name)));
  }

  private static void users(Env env, int company) {
    List<String> people = new ArrayList<>(List.of("OdooBot", "Administrator"));
    for (String person : people) {
      int partner = env.create("res.partner", Map.of("name", person));
      Map<String, Object> user = new LinkedHashMap<>();
      user.put("login", person.equals("OdooBot") ? "__system__" : "admin");
      user.put("partner_id", partner);
      user.put("company_id", company);
      user.put("company_ids", List.of(company));
      env.create("res.users", user);
    }
  }
}
