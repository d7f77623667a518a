package io.kontor.work.delivery;

import io.kontor.failure.Failure;
import io.kontor.failure.UnmappedFailure;
import io.kontor.odoo.DeliveryOutcome;
import io.kontor.odoo.OdooPlan;
import io.kontor.odoo.document.Item;
import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes products of SKUs that Odoo does not know, where the settings say so. Otherwise an unknown
 * SKU is a person's, because a made-up product hides a missing mapping.
 */
public final class ProductCreation {

  private static final String UNKNOWN = "unknown-sku";

  private final Consumer<OdooPlan> setup;

  /**
   * Creates products through Odoo's set-up.
   *
   * @param setup makes sure that what a plan names is there
   */
  public ProductCreation(Consumer<OdooPlan> setup) {
    this.setup = setup;
  }

  /** Whether a delivery failed for want of a product. */
  static boolean lacksProduct(DeliveryOutcome outcome) {
    return outcome instanceof DeliveryOutcome.Refused refused
        && refused.failure() instanceof UnmappedFailure
        && refused.failure().code().equals(UNKNOWN);
  }

  /**
   * Creates the products of these orders' goods that are not there; those that are stay as they
   * are.
   *
   * @throws Failure if Odoo does not take one
   */
  void create(List<OdooOrder> orders) {
    Map<String, OdooPlan.Goods> goods = new LinkedHashMap<>();
    for (OdooOrder order : orders) {
      for (OdooLine line : order.lines()) {
        if (line.item() instanceof Item.Sku sku) {
          goods.putIfAbsent(
              sku.code(), new OdooPlan.Goods(sku.code(), line.description(), BigDecimal.ZERO));
        }
      }
    }
    setup.accept(new OdooPlan(List.of(), List.of(), List.copyOf(goods.values())));
  }
}
