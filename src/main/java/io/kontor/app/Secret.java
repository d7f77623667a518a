package io.kontor.app;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A value that must not be printed: it shows itself only when asked by name. */
public final class Secret {

  public static final Secret NONE = new Secret("");

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The value itself; empty if it was not set. */
  public String reveal() {
    return value;
  }

  public boolean isSet() {
    return !value.isEmpty();
  }

  /** Compares in a time that does not depend on where they differ; never equal when not set. */
  public boolean matches(String offered) {
    return isSet()
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return isSet() ? "(set)" : "(not set)";
  }
}
