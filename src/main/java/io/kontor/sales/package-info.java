/**
 * Canonical retail facts as records under one sealed type, and what a set of facts about one order
 * means: its lines as they stand, and each fact's effect on the order's money.
 *
 * <p>Room 1: imports money and failure. No accounts (that is posting), no vendor's words (those are
 * mappings), no database.
 */
package io.kontor.sales;
