package io.kontor.sales;

import io.kontor.money.Money;

/** An amount of one tax. */
public record Tax(TaxKey key, Money amount) {}
