package io.kontor.sandbox;

/**
 * One request understood: which method of which model it calls, and how to answer it.
 *
 * @param model empty if it calls no model
 */
record Call(String model, String method, Answer answer) {

  /** Carries the call out and puts its outcome into the words of its dialect. */
  @FunctionalInterface
  interface Answer {
    Reply to(Concurrency.Snapshot snapshot);
  }

  /** A call that needs no model, or was refused before one was known. */
  static Call plain(String path, Reply reply) {
    return new Call("", path, snapshot -> reply);
  }
}
