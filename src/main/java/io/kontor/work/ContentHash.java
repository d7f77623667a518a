package io.kontor.work;

import io.kontor.document.Sha256;
import java.nio.charset.StandardCharsets;

/** A hash over what is delivered, to see that a newer generation says nothing new. */
public final class ContentHash {

  private ContentHash() {}

  /** SHA-256 over a record's own text, which names every component. */
  public static String of(Record content) {
    return of(content.toString().getBytes(StandardCharsets.UTF_8));
  }

  public static String of(byte[] content) {
    return Sha256.of(content);
  }
}
