/**
 * What the YAML routes call and are fed by: the inbox component with its batching consumer, the
 * webhook receiver, the call to Odoo, and the names of headers.
 *
 * <p>Room 6: imports rooms 0 to 5 and Camel. Beans take and return domain types; no {@code if}
 * about money, no SQL. When and in what order things happen is said in {@code routes/}.
 */
package io.kontor.flow;
