/**
 * One transaction from documents to facts, journal entries and deliveries; and the same again when
 * a mapping was mended. A fact that comes late goes the way of every other: {@link
 * io.kontor.work.recording.RecordedOrders} sees where its order stands now.
 *
 * <p>Imports {@code settlement}: a document may be a statement.
 */
package io.kontor.work.recording;
