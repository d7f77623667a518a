package io.kontor.flow;

import io.kontor.failure.Failure;
import io.kontor.failure.RejectedFailure;
import java.util.Optional;

/** Finds what really happened beneath what Camel wrapped around it. */
final class Causes {

  private static final int DEPTH = 20;

  private Causes() {}

  /** The {@link Failure} within, or else what is at the bottom: wrappers say nothing of use. */
  static Exception failure(Throwable thrown) {
    Optional<Failure> found = find(thrown, Failure.class);
    if (found.isPresent()) {
      return found.get();
    }
    if (find(thrown, OutOfMemoryError.class).isPresent()) {
      return new RejectedFailure(
          "out-of-memory",
          "memory",
          "the hub ran out of memory over it: split it, or give the hub more memory (-Xmx) and retry",
          thrown);
    }
    Throwable cause = thrown;
    for (int i = 0; cause.getCause() != null && i < DEPTH; i++) {
      cause = cause.getCause();
    }
    return cause instanceof Exception e ? e : new IllegalStateException(cause.toString(), cause);
  }

  /** The first of a type within the chain of causes. */
  static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < DEPTH; i++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
