package io.kontor.mapping;

import io.kontor.money.Decimals;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code catalog}: what goods, taxes and charges are called in Odoo. */
final class CatalogReader {

  private static final String PRODUCTS = "catalog/products.csv";

  private final MappingFiles files;
  private final TableFaults faults;

  CatalogReader(MappingFiles files, TableFaults faults) {
    this.files = files;
    this.faults = faults;
  }

  Catalog catalog(Set<String> entities) {
    Map<String, String> skus = new HashMap<>();
    for (MappingFiles.Row row : files.csv("catalog/sku-aliases.csv", "sku", "reference")) {
      put(row, skus, row.get("sku"), row.get("reference"));
    }
    Map<String, String> taxes = new HashMap<>();
    for (MappingFiles.Row row :
        files.csv(
            "catalog/taxes.csv", "entity", "country", "rate", "scheme", "prices", "externalId")) {
      tax(row, entities).ifPresent(name -> put(row, taxes, name, row.get("externalId")));
    }
    Map<String, String> products = new HashMap<>();
    for (MappingFiles.Row row : files.csv(PRODUCTS, "word", "externalId")) {
      put(row, products, row.get("word"), row.get("externalId"));
    }
    for (String word : Catalog.PRODUCT_WORDS) {
      if (!products.containsKey(word)) {
        faults.add(PRODUCTS, "has no row for '%s'".formatted(word));
      }
    }
    return new Catalog(skus, taxes, products);
  }

  private <K> void put(MappingFiles.Row row, Map<K, String> table, K key, String value) {
    if (value.isEmpty() || key.toString().isEmpty()) {
      faults.add(row.place(), "has an empty field");
    } else if (table.put(key, value) != null) {
      faults.add(row.place(), "'%s' stands twice".formatted(key));
    }
  }

  private Optional<String> tax(MappingFiles.Row row, Set<String> entities) {
    String prices = row.get("prices");
    if (!entities.contains(row.get("entity"))) {
      faults.add(row.place(), "there is no entity '%s'".formatted(row.get("entity")));
      return Optional.empty();
    }
    if (!prices.equals("incl") && !prices.equals("excl")) {
      faults.add(row.place(), "prices are incl or excl, not '%s'".formatted(prices));
      return Optional.empty();
    }
    try {
      TaxKey key =
          new TaxKey(
              row.get("country"), Decimals.parse(row.get("rate")), TaxScheme.of(row.get("scheme")));
      return Optional.of(Catalog.taxName(row.get("entity"), key, prices.equals("incl")));
    } catch (IllegalArgumentException e) {
      faults.add(row.place(), e.getMessage());
      return Optional.empty();
    }
  }
}
