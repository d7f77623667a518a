package io.kontor.reconcile;

import io.kontor.money.Money;

/** What a settlement has under a code that no table explains. */
public record UnmappedSum(String code, Money sum, long lines) {}
