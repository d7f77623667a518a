package io.kontor.sandbox;

/** The Odoo that the sandbox pretends to be. */
public enum OdooVersion {
  /** JSON-RPC only. */
  V18(18),
  /** JSON-2, and JSON-RPC as a deprecated second dialect. */
  V19(19);

  private final int major;

  OdooVersion(int major) {
    this.major = major;
  }

  /** The number before the point. */
  public int major() {
    return major;
  }

  /** The series as Odoo writes it, such as {@code 19.0}. */
  public String series() {
    return major + ".0";
  }

  /**
   * Reads {@code 18} or {@code 19}.
   *
   * @throws IllegalArgumentException if it is another number
   */
  public static OdooVersion of(int major) {
    for (OdooVersion version : values()) {
      if (version.major == major) {
        return version;
      }
    }
    throw new IllegalArgumentException("the sandbox speaks as Odoo 18 or 19, not " + major);
  }
}
