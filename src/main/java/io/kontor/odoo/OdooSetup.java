package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.failure.Failure;
import io.kontor.failure.UnmappedFailure;
import io.kontor.odoo.document.ExternalIds;
import io.kontor.odoo.document.OdooCompany;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Creates what a plan names and a database does not have yet, by external id. What is there, under
 * its external id or its code, is left as it is; so a second run changes nothing.
 */
public final class OdooSetup {

  private final OdooClient client;
  private final References references;
  private final NewRecords records;
  private final TaxSetup taxes;

  public OdooSetup(OdooClient client) {
    this.client = client;
    this.references = new References(client);
    this.records = new NewRecords(client);
    this.taxes = new TaxSetup(client, references, records);
  }

  /**
   * Carries the plan out.
   *
   * @return the external ids of what was created, in that order; empty when all was there
   * @throws Failure the first thing that Odoo does not take; run again after repairing it
   */
  public List<String> ensure(OdooPlan plan) {
    records.begin();
    plan.companies().forEach(this::company);
    services(plan.services());
    goods(plan.goods());
    return records.made();
  }

  private void company(OdooPlan.Company plan) {
    long id = companyId(plan);
    if (isOurs(plan.company())) {
      giveCountry(id, plan.country());
    }
    Map<String, Object> context = Contexts.ofCompany(id);
    String scope = Long.toString(id);
    coded(
        "stock.warehouse",
        context,
        List.of("id", "code", "name", "company_id/.id"),
        id,
        List.of(
            List.of(
                ExternalIds.of("warehouse", scope, plan.warehouse().code()),
                plan.warehouse().code(),
                plan.warehouse().name(),
                scope)));
    coded(
        "account.journal",
        context,
        List.of("id", "code", "name", "type", "company_id/.id"),
        id,
        List.of(
            List.of(
                ExternalIds.of("journal", scope, plan.journal().code()),
                plan.journal().code(),
                plan.journal().name(),
                "general",
                scope)));
    taxes.ensure(plan, id, context);
    // An account belongs to the companies that use it: the one of the context, when it is created.
    Set<String> known =
        references
            .accounts()
            .ids(id, plan.accounts().stream().map(a -> a.code()).collect(Collectors.toSet()))
            .keySet();
    records.load(
        "account.account",
        List.of("id", "code", "name", "account_type"),
        plan.accounts().stream()
            .filter(account -> !known.contains(account.code()))
            .map(
                account ->
                    List.of(
                        ExternalIds.of("account", scope, account.code()),
                        account.code(),
                        account.name(),
                        account.type()))
            .toList(),
        context);
  }

  private long companyId(OdooPlan.Company plan) {
    try {
      return references.company(plan.company());
    } catch (UnmappedFailure e) {
      if (!plan.company().isExternalId()) {
        throw e;
      }
    }
    records.load(
        "res.company",
        List.of("id", "name", "currency_id/.id"),
        List.of(
            List.of(
                plan.company().reference(),
                plan.name(),
                Long.toString(anyCurrency(plan.currency().getCurrencyCode())))),
        Contexts.QUIET);
    return references.company(plan.company());
  }

  private static boolean isOurs(OdooCompany company) {
    return company.isExternalId()
        && ExternalIds.moduleOf(company.reference()).equals(ExternalIds.MODULE);
  }

  /**
   * Gives a company without a country the plan's, by its partner: a company that is created or
   * changed with a country has Odoo 18 and later install the accounting modules of that country at
   * once, which breaks the load it happens in.
   */
  private void giveCountry(long company, String code) {
    JsonNode partner =
        client
            .searchRead(
                "res.company",
                List.of(List.of("id", "=", company)),
                List.of("partner_id", "country_id"),
                Contexts.QUIET)
            .get(0);
    if (!partner.path("country_id").isArray()) {
      client.call(
          new OdooCall(
              "res.partner",
              "write",
              List.of(partner.path("partner_id").path(0).asLong()),
              Map.of("vals", Map.of("country_id", references.countries().country(code))),
              Contexts.QUIET));
    }
  }

  private void services(List<OdooPlan.Service> services) {
    Set<String> known =
        references
            .products()
            .byExternalId(services.stream().map(s -> s.externalId()).collect(Collectors.toSet()))
            .keySet();
    records.load(
        "product.product",
        List.of("id", "name", "type", "list_price"),
        services.stream()
            .filter(service -> !known.contains(service.externalId()))
            .map(service -> List.of(service.externalId(), service.name(), "service", "0"))
            .toList(),
        Contexts.QUIET);
  }

  private void goods(List<OdooPlan.Goods> goods) {
    // Any product of that SKU will do, whichever company it belongs to.
    Set<String> known = new HashSet<>();
    client
        .searchRead(
            "product.product",
            List.of(
                List.of("default_code", "in", goods.stream().map(OdooPlan.Goods::sku).toList())),
            List.of("default_code"),
            Contexts.QUIET)
        .forEach(product -> known.add(product.path("default_code").asText()));
    boolean storable = client.major() >= 18;
    List<String> fields =
        new ArrayList<>(List.of("id", "default_code", "name", "list_price", "type"));
    if (storable) {
      fields.add("is_storable");
    }
    records.load(
        "product.product",
        fields,
        goods.stream()
            .filter(product -> !known.contains(product.sku()))
            .map(
                product -> {
                  List<String> row =
                      new ArrayList<>(
                          List.of(
                              ExternalIds.of("sku", product.sku()),
                              product.sku(),
                              product.name(),
                              product.listPrice().toPlainString(),
                              storable ? "consu" : "product"));
                  if (storable) {
                    row.add("true");
                  }
                  return List.copyOf(row);
                })
            .toList(),
        Contexts.QUIET);
  }

  private void coded(
      String model,
      Map<String, Object> context,
      List<String> fields,
      long company,
      List<List<String>> rows) {
    Set<String> known = new HashSet<>();
    client
        .searchRead(model, List.of(List.of("company_id", "=", company)), List.of("code"), context)
        .forEach(record -> known.add(record.path("code").asText()));
    records.load(
        model, fields, rows.stream().filter(row -> !known.contains(row.get(1))).toList(), context);
  }

  private long anyCurrency(String code) {
    return client
        .searchRead(
            "res.currency",
            List.of(List.of("name", "=", code)),
            List.of("id"),
            Contexts.archivedToo(Contexts.QUIET))
        .stream()
        .map(record -> record.path("id").asLong())
        .findFirst()
        .orElseThrow(
            () ->
                new UnmappedFailure(
                    "unknown-currency", code, "Odoo does not know the currency " + code));
  }
}
