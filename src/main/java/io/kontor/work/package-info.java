/**
 * What a person or a clock can ask for, a folder each: {@code intake}, {@code recording}, {@code
 * delivery}, {@code settlement}, {@code batch}, {@code night}, {@code desk}, {@code proof}. Here
 * lies what several of them share.
 *
 * <p>A fact that comes late, such as a refund of an order that is settled, goes the way of every
 * other: {@link io.kontor.work.recording.RecordedOrders} sees where its order stands now, posting
 * makes the entry that is the difference, and the next night books it into a period that is open.
 *
 * <p>Room 5: imports rooms 0 to 4. Knows no Camel, no HTTP and no broker: what it needs of them
 * ({@link io.kontor.work.intake.Inbox}, {@link io.kontor.work.Tickets}) it names here as ports.
 */
package io.kontor.work;
