package io.kontor.sales;

import java.time.Instant;

/**
 * Something that happened in retail, as a sales channel reported it or a person decided it, in
 * Kontor's own words.
 *
 * <p>A fact is named, carries the source's revision, and is immutable; a newer revision of the same
 * name replaces it. The canonical JSON form of each kind is described by {@code
 * mappings/schema/<kind>.v1.json}.
 */
public sealed interface Fact
    permits OrderPlaced,
        OrderLines,
        PaymentCaptured,
        Shipped,
        Refunded,
        OrderCancelled,
        ReceiptRung,
        WrittenOff,
        SettlementReceived {

  FactHead head();

  default FactName name() {
    return head().name();
  }

  /** The order (or receipt, or settlement) that this fact is about. */
  default OrderKey order() {
    return head().order();
  }

  default Instant revision() {
    return head().revision();
  }

  /** When it happened, by the source's clock: the transaction date's instant. */
  default Instant occurredAt() {
    return head().occurredAt();
  }
}
