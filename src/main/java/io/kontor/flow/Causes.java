package io.kontor.flow;

import io.kontor.failure.Failure;

/** Finds what really happened beneath what Camel wrapped around it. */
final class Causes {

  private static final int DEPTH = 20;

  private Causes() {}

  /** The {@link Failure} within, or else the exception itself. */
  static Exception failure(Throwable thrown) {
    Failure found = find(thrown, Failure.class);
    if (found != null) {
      return found;
    }
    return thrown instanceof Exception e ? e : new IllegalStateException(thrown);
  }

  /** The first of a type within the chain of causes, or null. */
  static <T extends Throwable> T find(Throwable thrown, Class<T> type) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < DEPTH; i++) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
      cause = cause.getCause();
    }
    return null;
  }
}
