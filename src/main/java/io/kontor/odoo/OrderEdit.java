package io.kontor.odoo;

import io.kontor.odoo.document.ExternalIds;
import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
   * quotation, and stays with quantity 0 in a confirmed order. There a line keeps its product, too:
   * one that sells another now is emptied, and another line takes its place.
   *
   * @throws io.kontor.failure.UnmappedFailure where Odoo does not know what has to be written
   */
  static OrderEdit of(
      OdooOrder order, OrderInOdoo there, Map<String, LineInOdoo> lines, OrderRows rows) {
    List<OdooLine> different = new ArrayList<>();
    Set<String> wanted = new HashSet<>(Set.of(Rounding.externalId(order)));
    for (OdooLine stated : order.lines()) {
      OdooLine line = there.isQuotation() ? stated : ofItsProduct(stated, lines, rows);
      wanted.add(line.externalId());
      LineInOdoo old = lines.get(line.externalId());
      if (old == null || !rows.isSaid(line, old)) {
        different.add(line);
      }
    }
    rows.requireKnown(different, lines);
    List<List<String>> cells = new ArrayList<>(different.stream().map(rows::cells).toList());
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

  /** The line, under a name of its own where the one of its name sells another product. */
  private static OdooLine ofItsProduct(
      OdooLine line, Map<String, LineInOdoo> lines, OrderRows rows) {
    LineInOdoo old = lines.get(line.externalId());
    return rows.product(line.item())
        .filter(product -> old != null && old.product() != product)
        .map(product -> line.named(ExternalIds.derived(line.externalId(), "of-" + product)))
        .orElse(line);
  }

  boolean isEmpty() {
    return rows.isEmpty() && superfluous.isEmpty();
  }
}
