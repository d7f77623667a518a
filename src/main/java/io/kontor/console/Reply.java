package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** What is answered to a request. */
@SuppressWarnings("ArrayRecordComponent") // never compared by value
public record Reply(int status, String contentType, byte[] content) {

  static Reply json(JsonNode tree) {
    return json(200, tree);
  }

  static Reply json(int status, JsonNode tree) {
    return new Reply(status, "application/json", bytes(tree.toPrettyString() + "\n"));
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
