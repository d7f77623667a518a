package io.kontor.store;

import io.kontor.words.Words;

/** Where a delivery stands. */
public enum DeliveryState {
  /** To be made when its time has come. */
  PENDING,
  /** A worker holds it and may be making the call. */
  SENDING,
  /** The call may or may not have taken effect: located before anything else. */
  IN_DOUBT,
  /** The target has what was wanted. */
  SENT,
  /** Refused or unmapped: a person decides. */
  PARKED,
  /** Tried as often as is allowed: a person decides. */
  DEAD,
  /** A person decided that it is not made. */
  SKIPPED;

  public String word() {
    return Words.of(this);
  }

  /**
   * Finds the state that a person or a row names.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DeliveryState of(String word) {
    return Words.constant(DeliveryState.class, word);
  }
}
