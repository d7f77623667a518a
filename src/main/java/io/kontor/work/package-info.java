/**
 * What a person or a clock can ask for: record, claim and finish deliveries, import, settle,
 * approve, desk actions, verify, replay.
 *
 * <p>A fact that comes late, such as a refund of an order that is settled, goes the way of every
 * other: {@link io.kontor.work.RecordedOrders} sees where its order stands now, posting makes the
 * entry that is the difference, and the next night books it into a period that is open.
 *
 * <p>Room 5: imports rooms 0 to 4. Knows no Camel, no HTTP and no broker: what it needs of them
 * ({@link io.kontor.work.Inbox}, {@link io.kontor.work.Tickets}) it names here as ports.
 */
package io.kontor.work;
