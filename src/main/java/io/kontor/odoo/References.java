package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.failure.UnmappedFailure;
import io.kontor.odoo.document.ExternalIds;
import io.kontor.odoo.document.OdooCompany;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks up what documents refer to, and remembers what it found. Safe for several threads.
 *
 * <p>A single thing that is missing is an {@link UnmappedFailure} that names it; of several things
 * the missing ones are not in the map.
 */
final class References {

  /** Stands for the id of a product that cannot be told from another. */
  static final long AMBIGUOUS = -1;

  /** Stands for the id of a product that only bundles others: Odoo delivers nothing for it. */
  static final long COMBO = -2;

  private final OdooClient client;
  private final ExternalRecords records;
  private final Places places;
  private final Memory companies;
  private final Memory warehouses;
  private final Memory journals;
  private final Memory currencies;
  private final Memory pricelists;
  private final Memory accounts;
  private final Memory products;
  private final Memory taxes;

  References(OdooClient client) {
    this(client, System::nanoTime);
  }

  /**
   * @param nanos the clock by which what was looked up is forgotten
   */
  References(OdooClient client, LongSupplier nanos) {
    this.client = client;
    this.companies = new Memory(nanos);
    this.warehouses = new Memory(nanos);
    this.journals = new Memory(nanos);
    this.currencies = new Memory(nanos);
    this.pricelists = new Memory(nanos);
    this.accounts = new Memory(nanos);
    this.products = new Memory(nanos);
    this.taxes = new Memory(nanos);
    this.records = new ExternalRecords(client);
    this.places = new Places(client);
  }

  ExternalRecords records() {
    return records;
  }

  Places places() {
    return places;
  }

  /** Something was deleted or archived since it was looked up: everything is asked for again. */
  void forget() {
    Stream.of(companies, warehouses, journals, currencies, pricelists, accounts, products, taxes)
        .forEach(Memory::forget);
  }

  long company(OdooCompany company) {
    String reference = company.reference();
    return companies
        .one(
            reference,
            () ->
                company.isExternalId()
                    ? byExternalId(reference, "res.company")
                    : first("res.company", List.of(is("name", reference)), Map.of()))
        .orElseThrow(
            () -> unknown("company", reference, "Odoo has no company '%s'".formatted(reference)));
  }

  /** The warehouse of a code, or the company's first where the code is empty. */
  long warehouse(long company, String code) {
    List<List<Object>> domain = new ArrayList<>(List.of(is("company_id", company)));
    if (!code.isEmpty()) {
      domain.add(is("code", code));
    }
    return warehouses
        .one(
            company + "/" + code,
            () -> first("stock.warehouse", domain, Contexts.ofCompany(company)))
        .orElseThrow(
            () ->
                unknown(
                    "warehouse",
                    code.isEmpty() ? "first of company " + company : code,
                    "Odoo has no warehouse '%s' in this company".formatted(code)));
  }

  long journal(long company, String code) {
    return journals
        .one(
            company + "/" + code,
            () ->
                first(
                    "account.journal",
                    List.of(is("company_id", company), is("code", code)),
                    Contexts.ofCompany(company)))
        .orElseThrow(
            () ->
                unknown(
                    "journal", code, "Odoo has no journal '%s' in this company".formatted(code)));
  }

  /** A currency that is active; Odoo refuses to sell in the others. */
  long currency(String code) {
    return currencies
        .one(code, () -> first("res.currency", List.of(is("name", code)), Contexts.QUIET))
        .orElseThrow(
            () ->
                new UnmappedFailure(
                    "inactive-currency",
                    code,
                    "the currency %s is not active in Odoo".formatted(code)));
  }

  /** The price list that makes an order's currency; Kontor creates its own where it is missing. */
  long pricelist(long company, String currency) {
    String externalId = ExternalIds.of("pricelist", Long.toString(company), currency);
    return pricelists
        .one(
            externalId,
            () ->
                byExternalId(externalId, "product.pricelist")
                    .or(() -> Optional.of(createPricelist(externalId, company, currency))))
        .orElseThrow();
  }

  private long createPricelist(String externalId, long company, String currency) {
    List<String> row =
        List.of(
            externalId,
            "Kontor " + currency,
            Long.toString(currency(currency)),
            Long.toString(company));
    BatchLoad.Outcome outcome =
        BatchLoad.load(
            client,
            "product.pricelist",
            List.of("id", "name", "currency_id/.id", "company_id/.id"),
            List.of(new BatchLoad.Document(externalId, List.of(row))),
            Contexts.ofCompany(company));
    if (outcome.failures().containsKey(externalId)) {
      throw outcome.failures().get(externalId);
    }
    return outcome.ids().get(externalId);
  }

  /**
   * Products by SKU; one that several products carry is {@link #AMBIGUOUS}, one that cannot be
   * delivered is {@link #COMBO}.
   */
  Map<String, Long> skus(long company, Set<String> skus) {
    return products.all(
        company + "/",
        skus,
        missing -> {
          Map<String, Long> found = new HashMap<>();
          byField(
                  "product.product",
                  "default_code",
                  missing,
                  List.of("default_code", "type"),
                  Contexts.ofCompany(company))
              .forEach(
                  product ->
                      found.merge(
                          product.path("default_code").asText(),
                          product.path("type").asText().equals("combo")
                              ? COMBO
                              : product.path("id").asLong(),
                          (one, other) -> AMBIGUOUS));
          return found;
        });
  }

  /**
   * Products that carry SKUs and that the company cannot sell.
   *
   * @param archived SKUs of products that are archived
   * @param elsewhere the companies that the others belong to, by SKU
   */
  record Unsellable(Set<String> archived, Map<String, String> elsewhere) {}

  /** Why a company cannot sell what it has no product of, where Odoo has one after all. */
  Unsellable unsellable(Set<String> skus) {
    Set<String> archived = new TreeSet<>();
    Map<String, String> elsewhere = new TreeMap<>();
    if (!skus.isEmpty()) {
      byField(
              "product.product",
              "default_code",
              skus,
              List.of("default_code", "active", "company_id"),
              Contexts.archivedToo(Contexts.QUIET))
          .forEach(
              product -> {
                String sku = product.path("default_code").asText();
                if (product.path("active").asBoolean()) {
                  elsewhere.put(sku, Json.referenceName(product.path("company_id")));
                } else {
                  archived.add(sku);
                }
              });
    }
    return new Unsellable(archived, elsewhere);
  }

  /** Accounts of a company by code. */
  Map<String, Long> accounts(long company, Set<String> codes) {
    return accounts.all(
        company + "/",
        codes,
        missing ->
            byField(
                    "account.account",
                    "code",
                    missing,
                    List.of("code"),
                    Contexts.ofCompany(company))
                .stream()
                .collect(
                    Collectors.toMap(
                        account -> account.path("code").asText(),
                        account -> account.path("id").asLong(),
                        (one, other) -> one)));
  }

  /** Those of some account codes that a company has archived. */
  Set<String> archivedAccounts(long company, Set<String> codes) {
    Set<String> archived = new TreeSet<>();
    byField(
            "account.account",
            "code",
            codes,
            List.of("code"),
            Contexts.archivedToo(Contexts.ofCompany(company)))
        .forEach(account -> archived.add(account.path("code").asText()));
    return archived;
  }

  /** Taxes by external id. */
  Map<String, Long> taxes(Set<String> externalIds) {
    return taxes.all("", externalIds, missing -> records.ids(missing, "account.tax"));
  }

  /** Products by external id, whether it names the variant or its template. */
  Map<String, Long> productsByExternalId(Set<String> externalIds) {
    return products.all(
        "external/",
        externalIds,
        missing -> {
          Map<String, Long> found = new HashMap<>(records.ids(missing, "product.product"));
          Set<String> rest = new TreeSet<>(missing);
          rest.removeAll(found.keySet());
          records
              .ids(rest, "product.template")
              .forEach(
                  (externalId, template) ->
                      first(
                              "product.product",
                              List.of(is("product_tmpl_id", template)),
                              Contexts.QUIET)
                          .ifPresent(variant -> found.put(externalId, variant)));
          return found;
        });
  }

  private List<JsonNode> byField(
      String model,
      String field,
      Set<String> values,
      List<String> fields,
      Map<String, Object> context) {
    return client.searchRead(model, List.of(List.of(field, "in", values)), fields, context);
  }

  private Optional<Long> byExternalId(String externalId, String model) {
    return Optional.ofNullable(records.ids(Set.of(externalId), model).get(externalId));
  }

  private Optional<Long> first(String model, List<?> domain, Map<String, Object> context) {
    return client.searchRead(model, domain, List.of("id"), context).stream()
        .map(record -> record.path("id").asLong())
        .findFirst();
  }

  private static List<Object> is(String field, Object value) {
    return List.of(field, "=", value);
  }

  private static UnmappedFailure unknown(String what, String reference, String message) {
    return new UnmappedFailure("unknown-" + what, reference, message);
  }
}
