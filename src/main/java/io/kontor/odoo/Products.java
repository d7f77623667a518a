package io.kontor.odoo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** Products by what the lines of orders call them. Safe for several threads. */
final class Products {

  /** Stands for the id of a product that cannot be told from another. */
  static final long AMBIGUOUS = -1;

  /** Stands for the id of a product that only bundles others: Odoo delivers nothing for it. */
  static final long COMBO = -2;

  private static final int LOADS_ARCHIVED_FROM = 17;

  private static final String MODEL = "product.product";
  private static final String SKU = "default_code";

  private final OdooClient client;
  private final ExternalRecords records;
  private final Memory memory;

  Products(OdooClient client, ExternalRecords records, LongSupplier nanos) {
    this.client = client;
    this.records = records;
    this.memory = new Memory(nanos);
  }

  void forget() {
    memory.forget();
  }

  /**
   * Products by SKU; one that several products carry is {@link #AMBIGUOUS}, one that cannot be
   * delivered is {@link #COMBO}.
   */
  Map<String, Long> bySku(long company, Set<String> skus) {
    return memory.all(
        company + "/",
        skus,
        missing -> {
          Map<String, Long> found = new HashMap<>();
          client
              .searchRead(
                  MODEL,
                  List.of(List.of(SKU, "in", missing)),
                  List.of(SKU, "type"),
                  Contexts.ofCompany(company))
              .forEach(
                  product ->
                      found.merge(
                          product.path(SKU).asText(),
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
   * @param archived those that are archived, by SKU; {@link #AMBIGUOUS} if several are
   * @param elsewhere the companies that the others belong to, by SKU
   */
  record Unsellable(Map<String, Long> archived, Map<String, String> elsewhere) {}

  /** Whether {@code load} finds an archived product by its database id. */
  boolean loadsArchived() {
    return client.major() >= LOADS_ARCHIVED_FROM;
  }

  /** Why a company cannot sell what it has no product of, where Odoo has one after all. */
  Unsellable unsellable(Set<String> skus) {
    Map<String, Long> archived = new TreeMap<>();
    Map<String, String> elsewhere = new TreeMap<>();
    if (!skus.isEmpty()) {
      client
          .searchRead(
              MODEL,
              List.of(List.of(SKU, "in", skus)),
              List.of(SKU, "active", "company_id"),
              Contexts.archivedToo(Contexts.QUIET))
          .forEach(
              product -> {
                String sku = product.path(SKU).asText();
                if (product.path("active").asBoolean()) {
                  elsewhere.put(sku, Json.referenceName(product.path("company_id")));
                } else {
                  archived.merge(sku, product.path("id").asLong(), (one, other) -> AMBIGUOUS);
                }
              });
    }
    return new Unsellable(archived, elsewhere);
  }

  /** Products by external id, whether it names the variant or its template. */
  Map<String, Long> byExternalId(Set<String> externalIds) {
    return memory.all(
        "external/",
        externalIds,
        missing -> {
          Map<String, Long> found = new HashMap<>(records.ids(missing, MODEL));
          Set<String> rest = new TreeSet<>(missing);
          rest.removeAll(found.keySet());
          records
              .ids(rest, "product.template")
              .forEach((externalId, template) -> variant(externalId, template, found));
          return found;
        });
  }

  private void variant(String externalId, Long template, Map<String, Long> found) {
    client
        .searchRead(
            MODEL,
            List.of(List.of("product_tmpl_id", "=", template)),
            List.of("id"),
            Contexts.QUIET)
        .stream()
        .findFirst()
        .ifPresent(variant -> found.put(externalId, variant.path("id").asLong()));
  }
}
