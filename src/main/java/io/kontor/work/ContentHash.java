package io.kontor.work;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash over what is delivered, to see that a newer generation says nothing new. */
final class ContentHash {

  private ContentHash() {}

  /** SHA-256 over a record's own text, which names every component. */
  static String of(Record content) {
    return of(content.toString().getBytes(StandardCharsets.UTF_8));
  }

  static String of(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
