package io.kontor.mapping.statement;

import io.kontor.money.Money;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * One line of a statement. Lines that are equal in everything are still two lines.
 *
 * @param number in the file, from 1; where a row holds several amounts, the row's number times
 *     {@link #PLACES} and the place of the amount among those of the layout
 * @param order may be empty, or hold something that is no order
 * @param sku may be empty
 * @param quantity zero where the line states none
 * @param postedOn the start of the statement's period where the line states none
 * @param marketplace may be empty
 * @param code the vendor's words, joined by {@code /}, as code tables write them
 */
public record StatementLine(
    long number,
    String order,
    String sku,
    BigDecimal quantity,
    Instant postedOn,
    String marketplace,
    String code,
    Money amount) {

  /** More amounts than this has no row. */
  public static final int PLACES = 100;
}
