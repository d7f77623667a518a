package io.kontor.sandbox.day;

import io.kontor.money.Money;

/**
 * What one channel's day adds up to, counted while it was made and not read from the documents.
 *
 * @param orders distinct orders; the one in the broken document is not among them
 * @param gross what their newest revisions ask the buyers to pay, tax included, cancelled orders
 *     too: Shopify's {@code total_price}, Amazon's {@code grandTotal}
 * @param captured payments that succeeded; zero where the channel reports none
 * @param refunds refunds that the channel reported, those without money too
 * @param refunded what they paid back
 * @param receipts till receipts
 * @param sales what the receipts add up to, tax included
 * @param tax the taxes in {@code sales}, as the receipts state them
 * @param tendered what was tendered less change
 */
public record ControlTotals(
    String channel,
    String entity,
    int orders,
    Money gross,
    Money captured,
    int refunds,
    Money refunded,
    int receipts,
    Money sales,
    Money tax,
    Money tendered) {}
