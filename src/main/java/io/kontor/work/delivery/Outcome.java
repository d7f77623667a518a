package io.kontor.work.delivery;

import io.kontor.failure.Failure;
import io.kontor.failure.InDoubtFailure;
import io.kontor.store.Claim;

/** What became of a claimed delivery. */
public sealed interface Outcome {

  /**
   * The target has it.
   *
   * @param hash of the content that it has
   * @param reference what it calls it
   */
  record Sent(String hash, String reference) implements Outcome {}

  /** It was not done, or it is not known whether it was: the failure's kind says what to do. */
  record Failed(Failure failure) implements Outcome {}

  static Outcome failed(Failure failure) {
    return new Failed(failure);
  }

  /** A defect of ours in the middle of a call: what the target has is not known. */
  static Outcome defect(Claim claim, RuntimeException defect) {
    return new Failed(
        new InDoubtFailure("delivery-failed", claim.subject(), defect.toString(), defect));
  }
}
