/**
 * From an order's position, or a settlement, and what is posted of it already to the journal
 * entries that make the difference.
 *
 * <p>Room 3: imports rooms 0 to 2. Pure: nothing is read or written here. What a fact did to an
 * order is reckoned in sales; which account a part stands on is written in {@code
 * mappings/accounts/rules.yaml}; where entries are kept is the business of store.
 */
package io.kontor.posting;
