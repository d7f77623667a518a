package io.kontor.store;

import io.kontor.words.Words;

/** What became of a raw document. */
public enum RawOutcome {
  /** Its facts are recorded; there may be none in it. */
  RECORDED,
  /** It waits on the desk for a person. */
  WAITING,
  /** It is not a document, or a person decided that it counts for nothing. */
  REFUSED;

  String word() {
    return Words.of(this);
  }

  static RawOutcome of(String word) {
    return Words.constant(RawOutcome.class, word);
  }
}
