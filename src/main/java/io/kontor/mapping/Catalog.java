package io.kontor.mapping;

import io.kontor.failure.UnmappedFailure;
import io.kontor.sales.TaxKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What goods and taxes are called in Odoo: {@code mappings/catalog}.
 *
 * @param skus the channel's SKU → Odoo's internal reference, where they differ ({@code
 *     sku-aliases.csv})
 * @param taxes the external id of the Odoo tax, by {@code entity/tax key/incl} or {@code …/excl}
 *     ({@code taxes.csv})
 * @param products the external id of the Odoo product for lines that are not goods, by word: {@code
 *     shipping}, {@code charge}, {@code gift-card}, {@code discount}, {@code refund}, {@code
 *     facilitated-tax} ({@code products.csv})
 */
public record Catalog(
    Map<String, String> skus, Map<String, String> taxes, Map<String, String> products) {

  /** The words that a line of an order in Odoo may need a product for. */
  static final List<String> PRODUCT_WORDS =
      List.of("shipping", "gift-card", "charge", "discount", "refund", "facilitated-tax");

  public Catalog {
    skus = Map.copyOf(skus);
    taxes = Map.copyOf(taxes);
    products = Map.copyOf(products);
  }

  public String sku(String channelSku) {
    return skus.getOrDefault(channelSku, channelSku);
  }

  /** The external id of an Odoo tax, if {@code taxes.csv} has it. */
  public Optional<String> tax(String entity, TaxKey key, boolean included) {
    return Optional.ofNullable(taxes.get(taxName(entity, key, included)));
  }

  /**
   * The external id of the Odoo product for a line that is not goods.
   *
   * @throws UnmappedFailure if the catalog has none
   */
  public String product(String word) {
    String product = products.get(word);
    if (product == null) {
      throw new UnmappedFailure(
          "unknown-product",
          word,
          "no Odoo product is named for '%s': add it to mappings/catalog/products.csv"
              .formatted(word));
    }
    return product;
  }

  /** How a tax is named in the table and to people: {@code nordwind/de:19/incl}. */
  public static String taxName(String entity, TaxKey key, boolean included) {
    return entity + "/" + key + "/" + (included ? "incl" : "excl");
  }
}
