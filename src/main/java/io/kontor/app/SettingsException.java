package io.kontor.app;

import java.util.List;

/** The settings cannot be used; carries every fault found, not only the first. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  public SettingsException(List<String> faults) {
    super("The settings have faults:\n  - " + String.join("\n  - ", faults));
    this.faults = List.copyOf(faults);
  }

  public List<String> faults() {
    return faults;
  }
}
