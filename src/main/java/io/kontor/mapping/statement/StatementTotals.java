package io.kontor.mapping.statement;

import io.kontor.money.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * What a statement says of itself as a whole.
 *
 * @param settlement its id
 * @param total what is paid out; negative when the seller owes
 * @param from the first instant of the period
 * @param to the last instant of the period
 * @param paidOn when the payout is due; empty if it does not say
 */
public record StatementTotals(
    String settlement, Money total, Instant from, Instant to, Optional<Instant> paidOn) {}
