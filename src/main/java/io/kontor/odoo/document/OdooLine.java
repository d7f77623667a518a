package io.kontor.odoo.document;

import io.kontor.money.UnitPrice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * A line of an order.
 *
 * @param externalId unique in the database, such as {@code kontor.sol_…}
 * @param description what the channel calls it; where blank, the item's reference
 * @param quantity negative where goods come back
 * @param unitPrice as the channel states it, tax included or not as the taxes say
 * @param taxes external ids of {@code account.tax}; never empty: no tax is a tax of zero per cent
 */
public record OdooLine(
    String externalId,
    Item item,
    String description,
    BigDecimal quantity,
    UnitPrice unitPrice,
    List<String> taxes) {

  public OdooLine {
    ExternalIds.require(externalId);
    Objects.requireNonNull(item, "item");
    Objects.requireNonNull(quantity, "quantity");
    Objects.requireNonNull(unitPrice, "unitPrice");
    description = description == null || description.isBlank() ? item.reference() : description;
    taxes = List.copyOf(taxes);
    if (taxes.isEmpty()) {
      // Odoo reads a blank tax as "none" the first time and "the product's default" the second.
      throw new IllegalArgumentException("line %s has no tax".formatted(externalId));
    }
  }

  /** The same line under another name. */
  public OdooLine named(String other) {
    return new OdooLine(other, item, description, quantity, unitPrice, taxes);
  }
}
