package io.kontor.sales;

/** The order was called off: nothing more of it will be sent. */
public record OrderCancelled(FactHead head, String reason) implements Fact {}
