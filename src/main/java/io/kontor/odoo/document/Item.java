package io.kontor.odoo.document;

import java.util.Objects;

/** What a line of an order sells. */
public sealed interface Item {

  /** How the item is called in a work item. */
  String reference();

  /** Goods, found in Odoo by their internal reference ({@code default_code}). */
  record Sku(String code) implements Item {
    public Sku {
      requireText(code);
    }

    @Override
    public String reference() {
      return code;
    }
  }

  /** A product that stands for something else, found by external id: shipping, a discount. */
  record ServiceProduct(String externalId) implements Item {
    public ServiceProduct {
      requireText(externalId);
    }

    @Override
    public String reference() {
      return externalId;
    }
  }

  static Item sku(String code) {
    return new Sku(code);
  }

  static Item product(String externalId) {
    return new ServiceProduct(externalId);
  }

  private static void requireText(String text) {
    if (Objects.requireNonNull(text, "an item's name").isBlank()) {
      throw new IllegalArgumentException("an item without a name");
    }
  }
}
