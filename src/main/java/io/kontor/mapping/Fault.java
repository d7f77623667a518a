package io.kontor.mapping;

/**
 * Why a document, or what it says of one order, cannot be recorded.
 *
 * @param code a stable kebab-case word, of the first thing that is wrong
 * @param reference the order, or the document where no order could be told
 * @param message everything that is wrong, and what a person can do about it
 */
public record Fault(String code, String reference, String message) {}
