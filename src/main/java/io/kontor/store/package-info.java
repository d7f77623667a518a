/**
 * Kontor's own database: archive, facts, journal, deliveries, desk, settlements, batches, nights,
 * audit, cursors.
 *
 * <p>Room 4: the only room with SQL. Imports rooms 0 to 3. One small class for each thing that is
 * done with a group of tables, each method inside the caller's transaction ({@link
 * io.kontor.store.Tx}); what is to be done, and in which order, is the business of work. All SQL is
 * of the kind that H2 and PostgreSQL both take; where they cannot agree the two ways stand side by
 * side and say why.
 *
 * <p>Locks are taken table by table in the order archive, orders, facts, journal, deliveries, desk,
 * and within a table in the order of names, so that recording transactions cannot deadlock.
 */
package io.kontor.store;
