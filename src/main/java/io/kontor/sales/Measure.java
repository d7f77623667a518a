package io.kontor.sales;

import io.kontor.money.Money;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One part of what a fact did to an order's money: 25.00 EUR of {@code returnsNet} at tax {@code
 * de:19}.
 *
 * <p>Posting rules say which account a measure stands on, by its name. Which kinds of fact have
 * which measures:
 *
 * <ul>
 *   <li>payment-captured: {@code amount} = {@code fromGateway} + {@code fromGiftCard} + {@code
 *       cashRounding}
 *   <li>shipped: {@code gross} = {@code net} (goods) + {@code shippingNet} + {@code chargeNet} +
 *       {@code giftCard} (gift cards sold) + {@code tax} + {@code facilitatedTax} + {@code
 *       rounding}; beside them {@code promotionNet} and {@code shippingPromotionNet}: what the
 *       seller gave away of the price of goods and shipping, which is in none of the others
 *   <li>refunded: {@code gross} = {@code toGateway} + {@code toGiftCard} + {@code cashRounding} =
 *       {@code shippedGross} + {@code unshippedGross}; {@code shippedGross} + {@code keptForOrder}
 *       = {@code returnsNet} + {@code giftCard} + {@code tax} + {@code facilitatedTax}, where
 *       {@code keptForOrder} was not paid back because it pays for what else was ordered, as in an
 *       exchange; beside them {@code takenOff}, what of {@code unshippedGross} was for nothing that
 *       stood any more
 *   <li>payment-captured, shipped and refunded have beside them, where taxes are ours to pay:
 *       {@code advanceTax}, by how much the fact raises the tax in what is paid and not yet
 *       shipped, and {@code advanceNet}, what that tax is on; below zero where the advance is used
 *       up or paid back. They count where VAT arises with the payment
 *   <li>shipped, refunded and receipt-rung have beside them, of what has several taxes, {@code
 *       taxBase} for each of these: what it is on, since the net stands with one tax at most
 *   <li>receipt-rung: {@code cash} + {@code card} + {@code giftCardTender} + {@code otherTender} +
 *       {@code cashRounding} = {@code net} + {@code shippingNet} + {@code chargeNet} + {@code
 *       giftCard} + {@code tax} + {@code facilitatedTax} + {@code rounding}
 *   <li>written-off: {@code writtenOff}
 * </ul>
 *
 * @param qualifiers what the account may be qualified by: {@code tax} (a {@link TaxKey} as text),
 *     {@code gateway} (the channel's word), {@code tender}, {@code store}
 * @param amount never zero; negative where the part goes the other way
 */
public record Measure(String name, Map<String, String> qualifiers, Money amount) {

  public static final String AMOUNT = "amount";
  public static final String FROM_GATEWAY = "fromGateway";
  public static final String FROM_GIFT_CARD = "fromGiftCard";
  public static final String GROSS = "gross";
  public static final String NET = "net";
  public static final String SHIPPING_NET = "shippingNet";
  public static final String CHARGE_NET = "chargeNet";
  public static final String GIFT_CARD = "giftCard";
  public static final String TAX = "tax";
  public static final String TAX_BASE = "taxBase";
  public static final String FACILITATED_TAX = "facilitatedTax";
  public static final String PROMOTION_NET = "promotionNet";
  public static final String SHIPPING_PROMOTION_NET = "shippingPromotionNet";
  public static final String ROUNDING = "rounding";
  public static final String TO_GATEWAY = "toGateway";
  public static final String TO_GIFT_CARD = "toGiftCard";
  public static final String SHIPPED_GROSS = "shippedGross";
  public static final String UNSHIPPED_GROSS = "unshippedGross";
  public static final String TAKEN_OFF = "takenOff";
  public static final String KEPT_FOR_ORDER = "keptForOrder";
  public static final String RETURNS_NET = "returnsNet";
  public static final String ADVANCE_TAX = "advanceTax";
  public static final String ADVANCE_NET = "advanceNet";
  public static final String CASH = "cash";
  public static final String CARD = "card";
  public static final String GIFT_CARD_TENDER = "giftCardTender";
  public static final String OTHER_TENDER = "otherTender";
  public static final String CASH_ROUNDING = "cashRounding";
  public static final String WRITTEN_OFF = "writtenOff";

  /** What an amount can be of, beside its currency: a rule that names another one is a mistake. */
  public static final Set<String> QUALIFIERS = Set.of("gateway", "store", "tax", "tender");

  /** Every name there is: a rule that names another one is a mistake. */
  public static final Set<String> NAMES =
      Set.of(
          AMOUNT,
          FROM_GATEWAY,
          FROM_GIFT_CARD,
          GROSS,
          NET,
          SHIPPING_NET,
          CHARGE_NET,
          GIFT_CARD,
          TAX,
          TAX_BASE,
          FACILITATED_TAX,
          PROMOTION_NET,
          SHIPPING_PROMOTION_NET,
          ROUNDING,
          TO_GATEWAY,
          TO_GIFT_CARD,
          SHIPPED_GROSS,
          UNSHIPPED_GROSS,
          TAKEN_OFF,
          KEPT_FOR_ORDER,
          RETURNS_NET,
          ADVANCE_TAX,
          ADVANCE_NET,
          CASH,
          CARD,
          GIFT_CARD_TENDER,
          OTHER_TENDER,
          CASH_ROUNDING,
          WRITTEN_OFF);

  public Measure {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(amount, "amount");
    qualifiers = Map.copyOf(qualifiers);
  }
}
