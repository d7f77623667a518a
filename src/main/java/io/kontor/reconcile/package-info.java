/**
 * Settlement against ledger: what matches, what differs, by how much and most likely why; fees
 * against the rate card; each settlement against the one before it.
 *
 * <p>Room 3: imports rooms 0 to 2. Pure: sums come in, findings go out. What is booked because of a
 * settlement is the business of posting.
 */
package io.kontor.reconcile;
