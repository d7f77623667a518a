/**
 * Statements: imported line by line, matched with the ledger order by order, booked, and shown to
 * people.
 *
 * <p>Imports {@code delivery}, since a statement is matched by a delivery worker.
 */
package io.kontor.work.settlement;
