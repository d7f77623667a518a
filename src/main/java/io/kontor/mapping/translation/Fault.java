package io.kontor.mapping.translation;

/**
 * Why a document, or what it says of one order, cannot be recorded.
 *
 * @param code a stable kebab-case word, of the first thing that is wrong
 * @param reference the order, or the document where no order could be told
 * @param message everything that is wrong, and what a person can do about it
 * @param fact what it would have said, as {@code refunded/509562969}, where it is about nothing
 *     else; blank where it states a whole order or nobody can tell
 */
public record Fault(String code, String reference, String message, String fact) {

  /**
   * A fault of a document that states a whole order, or of which nobody can tell what it states.
   */
  public Fault(String code, String reference, String message) {
    this(code, reference, message, "");
  }
}
