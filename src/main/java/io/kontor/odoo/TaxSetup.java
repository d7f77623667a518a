package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.odoo.document.ExternalIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The taxes of a plan. They want a group and a country; a company without a chart has no group. */
final class TaxSetup {

  private final OdooClient client;
  private final References references;
  private final NewRecords records;

  TaxSetup(OdooClient client, References references, NewRecords records) {
    this.client = client;
    this.references = references;
    this.records = records;
  }

  /** Creates the taxes of a company that are missing. */
  void ensure(OdooPlan.Company plan, long company, Map<String, Object> context) {
    Set<String> known =
        references
            .taxes(plan.taxes().stream().map(t -> t.externalId()).collect(Collectors.toSet()))
            .keySet();
    List<OdooPlan.Tax> missing =
        plan.taxes().stream().filter(tax -> !known.contains(tax.externalId())).toList();
    if (missing.isEmpty()) {
      return;
    }
    String country = Long.toString(references.countries().country(plan.country()));
    String group = Long.toString(taxGroup(company, country, context));
    boolean override = client.major() >= 18;
    records.load(
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
    records.load("account.tax.group", fields, List.of(row), context);
    return references.records().ids(Set.of(externalId), "account.tax.group").get(externalId);
  }
}
