/**
 * Double-entry bookkeeping: accounts, postings, journal entries that cannot exist unbalanced,
 * posting batches, balances.
 *
 * <p>Room 1: imports money and failure. Why an entry is made is the business of posting; where it
 * is kept, of store.
 */
package io.kontor.ledger;
