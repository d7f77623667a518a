package io.kontor.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, in hexadecimal: the name of what is named by its content. */
public final class Sha256 {

  private static final int BRIEF_LENGTH = 12;

  private Sha256() {}

  public static String of(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  /** Of a text, as it is written in UTF-8. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The beginning of it, where a name is to be short and two are told apart within one order. */
  public static String brief(byte[] content) {
    return of(content).substring(0, BRIEF_LENGTH);
  }

  /** The same of a text. */
  public static String brief(String text) {
    return brief(text.getBytes(StandardCharsets.UTF_8));
  }

  /** For content that comes in pieces. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What a digest has come to; it begins anew afterwards. */
  public static String of(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
