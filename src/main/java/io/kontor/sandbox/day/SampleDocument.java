package io.kontor.sandbox.day;

/**
 * One document of the day, in the order in which the day sends them.
 *
 * @param channel the sales channel that sends it
 * @param document what kind of document it is
 * @param fileName unique within channel and document
 * @param note what is special about it; empty for the ordinary
 */
@SuppressWarnings("ArrayRecordComponent") // never compared by value
public record SampleDocument(
    String channel,
    String document,
    String fileName,
    byte[] body,
    Delivery delivery,
    String note) {}
