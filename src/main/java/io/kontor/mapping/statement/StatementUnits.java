package io.kontor.mapping.statement;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/**
 * Units that a row counts without an amount: wide settlements say how many were sold in a row of
 * its own, before those that say for how much or after them. They are units of the lines of the
 * same item, and of each code once: what an item costs may stand in two rows, and is not sold
 * twice. Not thread-safe.
 */
final class StatementUnits {

  /** What was sold or came back, as rows name it. */
  record Item(String transaction, String order, String sku) {

    static final Item NONE = new Item("", "", "");
  }

  private Item counted = Item.NONE;
  private BigDecimal units = BigDecimal.ZERO;
  private final Set<String> codes = new HashSet<>();

  private Item last = Item.NONE;
  private String firstCode = "";

  /**
   * A row that holds no line counts an item.
   *
   * @return the code of the item's first line if its lines stand before the row, and empty if they
   *     are still to come
   */
  String counted(Item item, BigDecimal many) {
    if (item.equals(last)) {
      return firstCode;
    }
    counted = item;
    units = many;
    codes.clear();
    return "";
  }

  /** The units of a line that states none itself. */
  BigDecimal of(Item item, String code) {
    if (!item.equals(last)) {
      last = item;
      firstCode = code;
    }
    return item.equals(counted) && codes.add(code) ? units : BigDecimal.ZERO;
  }
}
