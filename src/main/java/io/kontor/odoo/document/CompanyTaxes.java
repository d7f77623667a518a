package io.kontor.odoo.document;

import io.kontor.failure.UnmappedFailure;
import io.kontor.mapping.Catalog;
import io.kontor.mapping.Entity;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import java.util.Collection;
import java.util.List;

/** Which taxes of an entity's Odoo company stand for which of ours. */
final class CompanyTaxes {

  private final Entity entity;
  private final Catalog catalog;

  CompanyTaxes(Entity entity, Catalog catalog) {
    this.entity = entity;
    this.catalog = catalog;
  }

  /** The tax of zero per cent, which a line carries that owes none. */
  String zero() {
    return entity.odooZeroTax();
  }

  /**
   * The external ids of the Odoo taxes of a line: never none, because Odoo takes a blank for the
   * product's default. A tax that the channel collects itself is not among them.
   *
   * @param included whether the line's price contains the taxes
   * @throws UnmappedFailure if the catalog does not name one of them
   */
  List<String> of(Collection<TaxKey> keys, boolean included) {
    List<String> owed =
        keys.stream()
            .filter(key -> key.scheme() != TaxScheme.FACILITATED)
            .map(key -> externalId(key, included))
            .distinct()
            .toList();
    return owed.isEmpty() ? List.of(zero()) : owed;
  }

  private String externalId(TaxKey key, boolean included) {
    if (key.rate().signum() == 0) {
      // Nothing is owed, wherever it is: one tax of the entity stands for all of these.
      return zero();
    }
    return catalog
        .tax(entity.id(), key, included)
        .orElseThrow(
            () -> {
              String name = Catalog.taxName(entity.id(), key, included);
              return new UnmappedFailure(
                  "unknown-tax",
                  name,
                  "no Odoo tax is named for %s: add it to mappings/catalog/taxes.csv"
                      .formatted(name));
            });
  }
}
