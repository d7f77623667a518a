package io.kontor.odoo.document;

import java.util.regex.Pattern;

/**
 * The names under which Kontor's records stand in Odoo: {@code kontor.<kind>_<entity>_<…>}. They
 * are what makes a write repeatable.
 */
public final class ExternalIds {

  /** The module, in Odoo's sense, that all of Kontor's external ids are in. */
  public static final String MODULE = "kontor";

  private static final Pattern VALID = Pattern.compile("[a-z0-9_]+\\.[A-Za-z0-9_-]+");

  private ExternalIds() {}

  /**
   * Builds {@code kontor.<kind>_<part>_<part>…}. Whatever is not a letter, a digit or a hyphen is
   * written as {@code __hex_}, so two different names never become one.
   *
   * @throws IllegalArgumentException if a part is empty
   */
  public static String of(String kind, String... parts) {
    StringBuilder id = new StringBuilder(MODULE).append('.').append(kind);
    for (String part : parts) {
      if (part.isEmpty()) {
        throw new IllegalArgumentException("an external id of an empty name: " + id);
      }
      id.append('_');
      part.codePoints().forEach(c -> append(id, c));
    }
    return id.toString();
  }

  private static void append(StringBuilder id, int c) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-') {
      id.appendCodePoint(c);
    } else {
      id.append("__").append(Integer.toHexString(c)).append('_');
    }
  }

  /** The external id of another record that belongs to the one named: its rounding line, say. */
  public static String derived(String externalId, String kind) {
    int dot = externalId.indexOf('.');
    return externalId.substring(0, dot + 1) + kind + "_" + externalId.substring(dot + 1);
  }

  /**
   * An external id as it is, if it is one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static String require(String externalId) {
    if (externalId == null || !VALID.matcher(externalId).matches()) {
      throw new IllegalArgumentException("'%s' is not an external id".formatted(externalId));
    }
    return externalId;
  }

  /** What stands before its point. */
  public static String moduleOf(String externalId) {
    return externalId.substring(0, externalId.indexOf('.'));
  }

  /** What stands behind its point. */
  public static String nameOf(String externalId) {
    return externalId.substring(externalId.indexOf('.') + 1);
  }
}
