package io.kontor.app;

import java.util.List;

/** The hub cannot start on its routes: everything that is wrong in them, each with its file. */
public final class InvalidRoutesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidRoutesException(List<String> faults) {
    super(
        "routes: %d fault%s%n  %s"
            .formatted(
                faults.size(),
                faults.size() == 1 ? "" : "s",
                String.join(System.lineSeparator() + "  ", faults)));
  }
}
