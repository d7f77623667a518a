package io.kontor.work.proof;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How far the proofs are that are being made on this node. Thread-safe. */
public final class ProofProgress {

  private final Map<Thread, Step> running = new ConcurrentHashMap<>();

  /**
   * Where a proof is.
   *
   * @param what is being compared, in words
   * @param done how many facts are read
   * @param all how many there are
   */
  public record Step(String what, long done, long all) {}

  /** Where the proof is that this thread makes. */
  void at(Step step) {
    running.put(Thread.currentThread(), step);
  }

  void over() {
    running.remove(Thread.currentThread());
  }

  /** The one that has come the least far, if there is any. */
  public Optional<Step> running() {
    return running.values().stream().min((a, b) -> Long.compare(a.done(), b.done()));
  }
}
