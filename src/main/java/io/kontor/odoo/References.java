package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.failure.UnmappedFailure;
import io.kontor.odoo.document.ExternalIds;
import io.kontor.odoo.document.OdooCompany;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Looks up what documents refer to, and remembers what it found. Safe for several threads.
 *
 * <p>A single thing that is missing is an {@link UnmappedFailure} that names it; of several things
 * the missing ones are not in the map.
 */
final class References {

  /** The places of our price lists among those of a company, whose own begin at 16. */
  private static final String LATE = "1000";

  private static final String LAST = "1001";

  private final OdooClient client;
  private final ExternalRecords records;
  private final Countries countries;
  private final Products products;
  private final Accounts accounts;
  private final Memory companies;
  private final Memory warehouses;
  private final Memory journals;
  private final Memory currencies;
  private final Memory pricelists;
  private final Memory taxes;
  private final Memory settings;

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
    this.taxes = new Memory(nanos);
    this.settings = new Memory(nanos);
    this.records = new ExternalRecords(client);
    this.countries = new Countries(client);
    this.products = new Products(client, records, nanos);
    this.accounts = new Accounts(client, nanos);
  }

  ExternalRecords records() {
    return records;
  }

  Countries countries() {
    return countries;
  }

  Products products() {
    return products;
  }

  Accounts accounts() {
    return accounts;
  }

  /** Something was deleted or archived since it was looked up: everything is asked for again. */
  void forget() {
    Stream.of(companies, warehouses, journals, currencies, pricelists, taxes, settings)
        .forEach(Memory::forget);
    products.forget();
    accounts.forget();
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

  /**
   * Odoo gives every new customer the first list that fits: ours come last, and one in another
   * currency only where there is one in the company's own.
   */
  private long createPricelist(String externalId, long company, String currency) {
    String own = new EntryReader(client, this).currency(company).getCurrencyCode();
    if (!currency.equals(own) && !hasPricelist(company, own)) {
      pricelist(company, own);
    }
    List<String> row =
        List.of(
            externalId,
            "Kontor " + currency,
            currency.equals(own) ? LATE : LAST,
            Long.toString(currency(currency)),
            Long.toString(company));
    BatchLoad.Outcome outcome =
        BatchLoad.load(
            client,
            "product.pricelist",
            List.of("id", "name", "sequence", "currency_id/.id", "company_id/.id"),
            List.of(new BatchLoad.Document(externalId, List.of(row))),
            Contexts.ofCompany(company));
    if (outcome.failures().containsKey(externalId)) {
      throw outcome.failures().get(externalId);
    }
    return outcome.ids().get(externalId);
  }

  private boolean hasPricelist(long company, String currency) {
    return first(
            "product.pricelist",
            List.of(
                is("currency_id", currency(currency)),
                List.of("company_id", "in", List.of(company, false))),
            Contexts.ofCompany(company))
        .isPresent();
  }

  /** What the database keeps of a unit price. */
  PriceAccuracy prices() {
    if (client.major() >= PriceAccuracy.EXACT_FROM) {
      return new PriceAccuracy(Integer.MAX_VALUE);
    }
    return new PriceAccuracy(decimals(PriceAccuracy.FIELD, "price"));
  }

  /** How many decimals the database keeps of a quantity. */
  int quantityDecimals() {
    return decimals("product_uom_qty", "quantity");
  }

  private int decimals(String field, String what) {
    return settings
        .one(field, () -> digits(field))
        .map(Math::toIntExact)
        .orElseThrow(
            () ->
                unknown(
                    "decimal-accuracy",
                    field,
                    "Odoo does not say how many decimals it keeps of a " + what));
  }

  /** As the field itself says it: the setting behind it is read by administrators alone. */
  private Optional<Long> digits(String field) {
    JsonNode digits =
        client
            .call(
                OdooCall.onModel(
                    "sale.order.line",
                    "fields_get",
                    Map.of("allfields", List.of(field), "attributes", List.of("digits"))))
            .path(field)
            .path("digits")
            .path(1);
    return digits.isIntegralNumber() ? Optional.of(digits.asLong()) : Optional.empty();
  }

  /** Taxes by external id. */
  Map<String, Long> taxes(Set<String> externalIds) {
    return taxes.all("", externalIds, missing -> records.ids(missing, "account.tax"));
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
