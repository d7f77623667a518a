package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.document.Sha256;
import io.kontor.sales.Fact;
import java.util.Set;

/**
 * A fact and the one text of it.
 *
 * @param json canonical: keys sorted, instants in UTC, amounts at their currency's scale
 * @param hash SHA-256 over the canonical text, in hex, without what only the receipt says: where a
 *     source states no revision or time of its own, those of the receipt stand in, and the same
 *     content received twice is the same content
 */
public record CanonicalFact(Fact fact, String json, String hash) {

  /** The canonical text of a fact whose revision and time the source itself states. */
  public static CanonicalFact of(Fact fact) {
    return of(fact, Set.of());
  }

  /**
   * @param ofReceipt the fields that stand in for what the source does not state
   */
  static CanonicalFact of(Fact fact, Set<String> ofReceipt) {
    ObjectNode tree = FactWriter.tree(fact);
    String json = FactWriter.text(tree);
    String hashed = ofReceipt.isEmpty() ? json : FactWriter.text(tree.without(ofReceipt));
    return new CanonicalFact(fact, json, Sha256.of(hashed));
  }
}
