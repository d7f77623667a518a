/**
 * Odoo's two dialects (JSON-2 from 19, JSON-RPC for 16 to 18) behind one client, and the
 * conversations held over it: orders, journal entries, setting a database up. What they bring there
 * is in {@code document}.
 *
 * <p>Room 3: pure. It builds requests, reads replies and turns faults into {@code failure} types;
 * the calls go through the one method of {@link io.kontor.odoo.OdooPort}. May use {@code money} and
 * {@code failure}. What does not enter: HTTP clients, threads, clocks other than the one handed in,
 * SQL, canonical facts. Anything that names an Odoo model or field lives here and nowhere else.
 */
package io.kontor.odoo;
