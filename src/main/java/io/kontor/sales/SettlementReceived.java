package io.kontor.sales;

import io.kontor.money.Money;
import java.time.Instant;

/**
 * A channel's statement arrived whole and adds up. Its lines stand in the settlement, not here.
 *
 * @param total what the statement says is paid out; negative when the seller owes
 * @param from the first instant of the period
 * @param to the last instant of the period
 * @param paidOn when the payout is due
 * @param lines how many lines it has
 */
public record SettlementReceived(
    FactHead head, Money total, Instant from, Instant to, Instant paidOn, long lines)
    implements Fact {}
