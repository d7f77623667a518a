/**
 * Settlement against ledger: what matches, what differs and by how much, what only one side knows.
 *
 * <p>Room 3: imports rooms 0 to 2. Pure: sums come in, findings go out. What is booked because of a
 * settlement is the business of posting.
 */
package io.kontor.reconcile;
