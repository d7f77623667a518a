package io.kontor.mapping;

import io.kontor.sales.LineKind;
import io.kontor.sales.TaxKey;
import java.util.Map;
import java.util.Optional;

/**
 * What goods and taxes are called in Odoo: {@code mappings/catalog}.
 *
 * @param skus the channel's SKU → Odoo's internal reference, where they differ ({@code
 *     sku-aliases.csv})
 * @param taxes the external id of the Odoo tax, by {@code entity/tax key/incl} or {@code …/excl}
 *     ({@code taxes.csv})
 * @param charges the external id of the Odoo product for lines that are not goods, by kind
 */
public record Catalog(
    Map<String, String> skus, Map<String, String> taxes, Map<LineKind, String> charges) {

  public Catalog {
    skus = Map.copyOf(skus);
    taxes = Map.copyOf(taxes);
    charges = Map.copyOf(charges);
  }

  public String sku(String channelSku) {
    return skus.getOrDefault(channelSku, channelSku);
  }

  /** The external id of an Odoo tax, if {@code taxes.csv} has it. */
  public Optional<String> tax(String entity, TaxKey key, boolean included) {
    return Optional.ofNullable(taxes.get(taxName(entity, key, included)));
  }

  /** How a tax is named in the table and to people: {@code nordwind/de:19/incl}. */
  public static String taxName(String entity, TaxKey key, boolean included) {
    return entity + "/" + key + "/" + (included ? "incl" : "excl");
  }
}
