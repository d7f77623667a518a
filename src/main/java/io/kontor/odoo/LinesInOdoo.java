package io.kontor.odoo;

import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The lines of an order as Odoo has them.
 *
 * @param ours by external id
 * @param others lines without an external id of ours: people added them in Odoo, or took ours its
 *     external id
 */
record LinesInOdoo(Map<String, LineInOdoo> ours, List<LineInOdoo> others) {

  static final LinesInOdoo NONE = new LinesInOdoo(Map.of(), List.of());

  /** A line of others that sells a product. */
  private Optional<LineInOdoo> other(long product) {
    return others.stream()
        .filter(line -> line.product() == product && line.quantity().signum() != 0)
        .findFirst();
  }

  /**
   * A line that would stand in the order twice: as ours, and as one that lost its external id or
   * that somebody added.
   */
  Optional<OdooLine> twice(OdooOrder order, OrderRows rows) {
    return order.lines().stream()
        .filter(line -> !ours.containsKey(line.externalId()))
        .filter(line -> rows.product(line.item()).flatMap(this::other).isPresent())
        .findFirst();
  }

  /** Others' lines that add to the total, as people read them; empty where there are none. */
  String additions() {
    return others.stream()
        .filter(line -> line.quantity().signum() != 0 && line.unitPrice().signum() != 0)
        .map(
            line ->
                "%s × %s '%s'"
                    .formatted(
                        line.quantity().stripTrailingZeros().toPlainString(),
                        line.unitPrice().toPlainString(),
                        line.name().lines().findFirst().orElse("")))
        .collect(Collectors.joining(", "));
  }
}
