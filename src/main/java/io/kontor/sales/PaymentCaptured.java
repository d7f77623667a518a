package io.kontor.sales;

import io.kontor.money.Money;

/**
 * The buyer's money was taken. An authorisation is not a capture and is no fact.
 *
 * @param amount positive
 * @param gateway who took it: {@code shopify_payments}, {@code paypal}, {@code gift_card}
 * @param derived true when the channel reported no payment of its own but said that the order is
 *     paid; a derived capture counts only while no reported one is known of the order
 */
public record PaymentCaptured(FactHead head, Money amount, String gateway, boolean derived)
    implements Fact {}
