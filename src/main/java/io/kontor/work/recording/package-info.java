/**
 * One transaction from documents to facts, journal entries and deliveries; and the same again when
 * a mapping was mended.
 *
 * <p>Imports {@code settlement}: a document may be a statement.
 */
package io.kontor.work.recording;
