package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.failure.Failure;
import io.kontor.failure.UnmappedFailure;
import io.kontor.odoo.document.ExternalIds;
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
  private final List<String> created = new ArrayList<>();

  public OdooSetup(OdooClient client) {
    this.client = client;
    this.references = new References(client);
  }

  /**
   * Carries the plan out.
   *
   * @return the external ids of what was created, in that order; empty when all was there
   * @throws Failure the first thing that Odoo does not take; run again after repairing it
   */
  public List<String> ensure(OdooPlan plan) {
    created.clear();
    plan.companies().forEach(this::company);
    services(plan.services());
    goods(plan.goods());
    return List.copyOf(created);
  }

  private void company(OdooPlan.Company plan) {
    long id = companyId(plan);
    country(id, plan.country());
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
    taxes(plan, id, context);
    // An account belongs to the companies that use it: the one of the context, when it is created.
    Set<String> known =
        references
            .accounts()
            .ids(id, plan.accounts().stream().map(a -> a.code()).collect(Collectors.toSet()))
            .keySet();
    load(
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
    load(
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

  /**
   * Gives a company without a country the plan's, by its partner: a company that is created or
   * changed with a country has Odoo 18 and later install the accounting modules of that country at
   * once, which breaks the load it happens in.
   */
  private void country(long company, String code) {
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
              Map.of("vals", Map.of("country_id", country(code))),
              Contexts.QUIET));
    }
  }

  /** Taxes want a group and a country; a company without a chart has no group yet. */
  private void taxes(OdooPlan.Company plan, long company, Map<String, Object> context) {
    Set<String> known =
        references
            .taxes(plan.taxes().stream().map(t -> t.externalId()).collect(Collectors.toSet()))
            .keySet();
    List<OdooPlan.Tax> missing =
        plan.taxes().stream().filter(tax -> !known.contains(tax.externalId())).toList();
    if (missing.isEmpty()) {
      return;
    }
    String country = Long.toString(country(plan.country()));
    String group = Long.toString(taxGroup(company, country, context));
    boolean override = client.major() >= 18;
    load(
        "account.tax",
        List.of(
            "id",
            "name",
            "amount_type",
            "amount",
            "type_tax_use",
            override ? "price_include_override" : "price_include",
            "tax_group_id/.id",
            "country_id/.id",
            "company_id/.id"),
        missing.stream()
            .map(
                tax ->
                    List.of(
                        tax.externalId(),
                        tax.name(),
                        "percent",
                        tax.rate().toPlainString(),
                        "sale",
                        includedWord(override, tax.included()),
                        group,
                        country,
                        Long.toString(company)))
            .toList(),
        context);
  }

  private static String includedWord(boolean override, boolean included) {
    if (override) {
      return included ? "tax_included" : "tax_excluded";
    }
    return included ? "true" : "false";
  }

  private long taxGroup(long company, String country, Map<String, Object> context) {
    String externalId = ExternalIds.of("taxgroup", Long.toString(company));
    // Before 17, a group was one for all companies.
    boolean ofCompany = client.major() >= 17;
    List<List<Object>> domain = new ArrayList<>();
    domain.add(List.of("country_id", "=", Long.parseLong(country)));
    List<String> fields = new ArrayList<>(List.of("id", "name", "country_id/.id"));
    List<String> row = new ArrayList<>(List.of(externalId, "Tax", country));
    if (ofCompany) {
      domain.add(List.of("company_id", "=", company));
      fields.add("company_id/.id");
      row.add(Long.toString(company));
    }
    List<JsonNode> groups = client.searchRead("account.tax.group", domain, List.of("id"), context);
    if (!groups.isEmpty()) {
      return groups.get(0).path("id").asLong();
    }
    load("account.tax.group", fields, List.of(row), context);
    return references.records().ids(Set.of(externalId), "account.tax.group").get(externalId);
  }

  private void services(List<OdooPlan.Service> services) {
    Set<String> known =
        references
            .products()
            .byExternalId(services.stream().map(s -> s.externalId()).collect(Collectors.toSet()))
            .keySet();
    load(
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
    load(
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
    load(model, fields, rows.stream().filter(row -> !known.contains(row.get(1))).toList(), context);
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

  private long country(String code) {
    Long id = references.places().ids(Set.of(code)).get(code);
    if (id == null) {
      throw new UnmappedFailure("unknown-country", code, "Odoo does not know the country " + code);
    }
    return id;
  }

  private void load(
      String model, List<String> fields, List<List<String>> rows, Map<String, Object> context) {
    if (rows.isEmpty()) {
      return;
    }
    List<BatchLoad.Document> documents =
        rows.stream().map(row -> new BatchLoad.Document(row.get(0), List.of(row))).toList();
    BatchLoad.Outcome outcome = BatchLoad.load(client, model, fields, documents, context);
    created.addAll(outcome.ids().keySet());
    for (Failure failure : outcome.failures().values()) {
      throw failure;
    }
  }
}
