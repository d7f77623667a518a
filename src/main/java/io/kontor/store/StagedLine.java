package io.kontor.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * One line of a settlement; texts that the line does not have are empty.
 *
 * @param line its place in the statement, from 1
 * @param order the channel's reference of the order
 * @param quantity zero if there is none
 * @param postedOn the day of {@code postedAt} in the entity's zone
 * @param code the vendor's words, joined as the layout says
 * @param amount with the sign of the statement, in the settlement's currency
 */
public record StagedLine(
    long line,
    String order,
    String sku,
    BigDecimal quantity,
    Instant postedAt,
    LocalDate postedOn,
    String marketplace,
    String code,
    BigDecimal amount) {}
