/**
 * What a person or a clock can ask for: record, claim and finish deliveries, import, settle,
 * approve, desk actions, verify, replay.
 *
 * <p>Room 5: imports rooms 0 to 4. Knows no Camel, no HTTP and no broker: what it needs of them
 * ({@link io.kontor.work.Inbox}, {@link io.kontor.work.Tickets}) it names here as ports.
 */
package io.kontor.work;
