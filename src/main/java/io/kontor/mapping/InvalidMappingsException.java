package io.kontor.mapping;

import java.util.List;

/** The mappings cannot be used: everything that is wrong in them, each with file and row. */
public final class InvalidMappingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // immutable lists are serializable, their interface does not say so
  private final List<String> faults;

  public InvalidMappingsException(List<String> faults) {
    super(
        "mappings: %d fault%s%n  %s"
            .formatted(
                faults.size(),
                faults.size() == 1 ? "" : "s",
                String.join(System.lineSeparator() + "  ", faults)));
    this.faults = List.copyOf(faults);
  }

  /** One line each: {@code catalog/taxes.csv:12: the rate 'x' is not a decimal number}. */
  public List<String> faults() {
    return faults;
  }
}
