package io.kontor.store;

import java.util.Optional;

/**
 * Which lines of a settlement to read; what is empty does not narrow.
 *
 * @param code the whole code, as the statement writes it
 * @param marketplace as the statement writes it; a blank one is that of lines which name none
 * @param order the order that lines name
 * @param orders what matching knew of the orders that lines name
 */
public record LineFilter(
    Optional<String> code,
    Optional<String> marketplace,
    Optional<String> order,
    Optional<Orders> orders) {

  /** What matching knew of the orders that lines name. */
  public enum Orders {
    KNOWN,
    BEFORE_CUTOVER,
    /** Nothing; also of lines that name no order. */
    UNKNOWN;

    /** On a line of {@code settlement_line}. */
    String condition() {
      return switch (this) {
        case KNOWN ->
            "order_ref <> '' AND NOT " + standing("'unknown', 'recorded', 'before_cutover'");
        case BEFORE_CUTOVER -> standing("'before_cutover'");
        case UNKNOWN -> "(order_ref = '' OR " + standing("'unknown', 'recorded'") + ")";
      };
    }

    private static String standing(String states) {
      return """
          EXISTS (SELECT 1 FROM settled_standing s WHERE s.import_id = settlement_line.import_id
            AND s.order_ref = settlement_line.order_ref AND s.order_state IN (%s))"""
          .formatted(states);
    }
  }

  public static LineFilter ofOrder(String order) {
    return new LineFilter(Optional.empty(), Optional.empty(), Optional.of(order), Optional.empty());
  }
}
