package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * What is answered to a request.
 *
 * @param allow the methods that would do, where another was asked for; else empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared by value
public record Reply(int status, String contentType, byte[] content, String allow) {

  public Reply(int status, String contentType, byte[] content) {
    this(status, contentType, content, "");
  }

  static Reply json(JsonNode tree) {
    return json(200, tree);
  }

  static Reply json(int status, JsonNode tree) {
    return new Reply(status, "application/json", bytes(tree.toPrettyString() + "\n"));
  }

  Reply allowing(String methods) {
    return new Reply(status, contentType, content, methods);
  }

  static Reply text(String contentType, String text) {
    return new Reply(200, contentType, bytes(text));
  }

  /** A document that somebody else wrote: a browser is to save it and not to show it. */
  static Reply document(byte[] content) {
    return new Reply(200, "application/octet-stream", content);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
