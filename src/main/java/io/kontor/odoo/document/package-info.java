/**
 * What is to stand in Odoo: orders and journal entries with their lines, customers and external
 * ids, and how the orders of channels and tills become such.
 *
 * <p>The inner folder of its room: values alone, that know of no call. The conversations that bring
 * them there are in {@code odoo} itself.
 */
package io.kontor.odoo.document;
