package io.kontor.store;

import io.kontor.document.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A hash over fields, one after the other. */
final class FieldHash {

  private final MessageDigest digest = Sha256.digest();

  /** Adds a field with its length before it, so that no two lists of fields read the same. */
  FieldHash field(Object value) {
    byte[] bytes = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
    return this;
  }

  /** The hash of all fields so far, in hexadecimal; after it the next hash begins. */
  String hex() {
    return Sha256.of(digest);
  }
}
