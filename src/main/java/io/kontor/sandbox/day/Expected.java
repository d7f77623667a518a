package io.kontor.sandbox.day;

/**
 * Something that is wrong on purpose and has to end in front of a person.
 *
 * @param subject the order's id, the settlement's id with the code, or the event's id of a document
 *     that cannot be read
 * @param code {@code unknown-sku}, {@code refund-above-captured}, {@code not-json}, {@code
 *     unmapped-code}
 */
public record Expected(String channel, String subject, String code, String why) {}
