package io.kontor.odoo;

import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to be written so that an order in Odoo says what the channel says.
 *
 * @param rows cells of the lines to load
 * @param superfluous ids of lines to delete; only a quotation lets its lines go
 */
record OrderEdit(List<List<String>> rows, List<Long> superfluous) {

  /**
   * Compares an order with its lines in Odoo. Quantity, price, discount and tax of a line that
   * differs go together, for Odoo resets what is not said. A line that was removed leaves a
   * quotation, and stays with quantity 0 in a confirmed order.
   */
  static OrderEdit of(
      OdooOrder order, OrderInOdoo there, Map<String, LineInOdoo> lines, OrderRows rows) {
    List<List<String>> cells = new ArrayList<>();
    for (OdooLine line : order.lines()) {
      LineInOdoo old = lines.get(line.externalId());
      if (old == null || !old.says(rows.product(line.item()), line, rows.taxes(line))) {
        cells.add(rows.cells(line));
      }
    }
    Set<String> wanted =
        order.lines().stream().map(OdooLine::externalId).collect(Collectors.toSet());
    wanted.add(Rounding.externalId(order));
    List<Long> superfluous = new ArrayList<>();
    for (LineInOdoo line : lines.values()) {
      if (wanted.contains(line.externalId())) {
        continue;
      }
      if (there.isQuotation()) {
        superfluous.add(line.odooId());
      } else if (line.quantity().signum() != 0) {
        cells.add(OrderRows.emptied(line));
      }
    }
    return new OrderEdit(cells, superfluous);
  }

  boolean isEmpty() {
    return rows.isEmpty() && superfluous.isEmpty();
  }
}
