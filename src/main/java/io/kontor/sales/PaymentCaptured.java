package io.kontor.sales;

import io.kontor.money.Money;
import java.util.Optional;

/**
 * The buyer's money was taken. An authorisation is not a capture and is no fact.
 *
 * @param amount positive: what it pays of the order
 * @param gateway who took it: {@code shopify_payments}, {@code paypal}, {@code gift_card}
 * @param derived true when the channel reported no payment of its own but said that the order is
 *     paid; a derived capture counts only while no reported one is known of the order
 * @param rounding what was taken beside the amount, or below zero less than it, because coins
 *     cannot pay every amount
 */
public record PaymentCaptured(
    FactHead head, Money amount, String gateway, boolean derived, Optional<Money> rounding)
    implements Fact {

  public PaymentCaptured {
    rounding = rounding.filter(rest -> !rest.isZero());
  }

  public PaymentCaptured(FactHead head, Money amount, String gateway, boolean derived) {
    this(head, amount, gateway, derived, Optional.empty());
  }
}
