package io.kontor.sales;

import io.kontor.money.Money;

/**
 * Finance gave up what a channel still owes for an order. Not reported by the channel: a person
 * decided it.
 *
 * @param amount what will not come any more; below zero what was paid too much, and is kept
 * @param gateway on which of the order's clearing accounts it stood, in our own word
 * @param by who decided it
 * @param note why
 */
public record WrittenOff(FactHead head, Money amount, String gateway, String by, String note)
    implements Fact {}
