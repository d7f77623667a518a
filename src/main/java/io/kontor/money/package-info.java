/**
 * Amounts, unit prices, rounding and allocation.
 *
 * <p>Room 0: imports nothing of Kontor. Anything that adds, splits or rounds money lives here; what
 * an amount is <em>for</em> (tax, fee, refund) does not.
 */
package io.kontor.money;
