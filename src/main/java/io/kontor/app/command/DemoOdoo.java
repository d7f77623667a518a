package io.kontor.app.command;

import io.kontor.mapping.Catalog;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.odoo.OdooPlan;
import io.kontor.odoo.document.OdooCompany;
import io.kontor.sandbox.day.Product;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an Odoo database needs for the sample day: made of the mappings, so that it is what they
 * name, and of the day's products.
 */
public final class DemoOdoo {

  private final Mappings mappings;

  public DemoOdoo(Mappings mappings) {
    this.mappings = mappings;
  }

  public OdooPlan plan(List<Product> products) {
    List<OdooPlan.Company> companies =
        mappings.entities().values().stream()
            .sorted((a, b) -> a.id().compareTo(b.id()))
            .map(this::company)
            .toList();
    Map<String, OdooPlan.Service> services = new LinkedHashMap<>();
    OdooPlan.standardServices().forEach(s -> services.put(s.externalId(), s));
    mappings
        .catalog()
        .products()
        .forEach((word, id) -> services.putIfAbsent(id, new OdooPlan.Service(id, title(word))));
    List<OdooPlan.Goods> goods = new ArrayList<>();
    for (Product product : products) {
      goods.add(new OdooPlan.Goods(product.sku(), product.name(), product.usd().amount()));
    }
    return new OdooPlan(companies, List.copyOf(services.values()), goods);
  }

  private OdooPlan.Company company(Entity entity) {
    Map<String, OdooPlan.Account> accounts = new LinkedHashMap<>();
    for (Chart.Row row : entity.chart().rows()) {
      accounts.putIfAbsent(row.code(), new OdooPlan.Account(row.code(), row.name(), row.type()));
    }
    String warehouse =
        mappings.channels().values().stream()
            .filter(channel -> channel.entity().equals(entity.id()))
            .map(Channel::warehouse)
            .sorted()
            .findFirst()
            .orElse("WH");
    return new OdooPlan.Company(
        new OdooCompany(entity.odooCompany(), entity.odooZeroTax()),
        entity.name(),
        entity.currency(),
        entity.currency().getCurrencyCode().equals("EUR") ? "DE" : "US",
        // Up to 17, a new company has a warehouse already, which bears its name.
        new OdooPlan.Coded(warehouse, entity.name() + " " + warehouse),
        new OdooPlan.Coded(entity.odooJournal(), "Kontor"),
        taxes(entity),
        List.copyOf(accounts.values()));
  }

  private List<OdooPlan.Tax> taxes(Entity entity) {
    List<OdooPlan.Tax> taxes = new ArrayList<>();
    taxes.add(new OdooPlan.Tax(entity.odooZeroTax(), "No tax", BigDecimal.ZERO, false));
    Catalog catalog = mappings.catalog();
    catalog.taxes().keySet().stream()
        .sorted()
        .map(name -> name.split("/", -1))
        .filter(parts -> parts[0].equals(entity.id()))
        .forEach(
            parts ->
                taxes.add(
                    new OdooPlan.Tax(
                        catalog.taxes().get(String.join("/", parts)),
                        parts[1].replace(':', ' ') + " % " + parts[2],
                        new BigDecimal(parts[1].split(":", -1)[1]),
                        parts[2].equals("incl"))));
    return taxes;
  }

  private static String title(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1).replace('-', ' ');
  }
}
