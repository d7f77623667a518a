package io.kontor.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kontor.failure.RejectedFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * JSON documents, exactly: a number keeps all its decimals, a key that stands twice is refused, and
 * size and depth have an end.
 */
public final class Json {

  /** A document that is larger is refused before it is parsed. */
  public static final int MOST_BYTES = 32 << 20;

  private static final int MOST_DEPTH = 100;
  private static final int MOST_NUMBER_LENGTH = 100;
  private static final int MOST_TEXT = 1 << 20;

  /** What translating and recording takes for each of them; a tree alone has some 50. */
  private static final int BYTES_FOR_TOKEN = 200;

  /** A genuine document of the largest size has half of it. */
  private static final long MOST_TOKENS_ANYWHERE = 5_000_000;

  /** A small heap has room for less. */
  private static final long MOST_TOKENS =
      Math.min(MOST_TOKENS_ANYWHERE, Runtime.getRuntime().maxMemory() / BYTES_FOR_TOKEN);

  private static final int HEAD = 200;
  private static final JsonMapper EXACT = exact();

  private Json() {}

  /**
   * A mapper that neither loses a decimal in reading nor writes an exponent. Shared; not to be
   * configured.
   */
  public static JsonMapper mapper() {
    return EXACT;
  }

  private static JsonMapper exact() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxNumberLength(MOST_NUMBER_LENGTH)
                    .maxStringLength(MOST_TEXT)
                    .maxTokenCount(MOST_TOKENS)
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
        .build();
  }

  /**
   * Reads a document, which may be gzipped or zipped and may begin with a byte-order mark.
   *
   * @throws RejectedFailure {@code empty-document}, {@code document-too-large}, {@code
   *     html-instead-of-json}, {@code invalid-utf-8}, {@code line-too-long}, {@code
   *     number-too-long}, {@code duplicate-key}, {@code not-json}, or what unpacking says; the
   *     message names the position
   */
  public static JsonNode read(byte[] body) {
    byte[] bytes = unpackedBytes(body);
    refuseHtml(bytes, "json");
    Text.checkUtf8(bytes);
    try {
      JsonNode tree = EXACT.readTree(bytes);
      if (tree.isMissingNode()) {
        throw new RejectedFailure(
            "empty-document", "byte 0", "the document is empty: fetch or send it again");
      }
      refuseLongNumbers(tree);
      return tree;
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
  }

  /** The few characters of 1e999999999 are a gigabyte when somebody writes the number out. */
  private static void refuseLongNumbers(JsonNode tree) {
    if (tree.isBigDecimal() && Math.abs((long) tree.decimalValue().scale()) > MOST_NUMBER_LENGTH) {
      throw new RejectedFailure(
          "number-too-long",
          tree.decimalValue().toString(),
          "the number %s in it has more than %d digits when it is written out: correct the document, or have it sent again"
              .formatted(tree.decimalValue(), MOST_NUMBER_LENGTH));
    }
    tree.forEach(Json::refuseLongNumbers);
  }

  /** All bytes of a document that must fit into memory, unpacked, without a byte-order mark. */
  private static byte[] unpackedBytes(byte[] body) {
    try (InputStream in = Unpacking.document(body, MOST_BYTES, "JSON")) {
      byte[] bytes = in.readAllBytes();
      refuseEmpty(bytes);
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
  }

  /** Refuses a document that begins as if there were nothing in it. */
  static void refuseEmpty(byte[] bytes) {
    if (new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1).isBlank()) {
      throw new RejectedFailure(
          "empty-document", "byte 0", "the document is empty: fetch or send it again");
    }
  }

  /**
   * An error page or a login page arrives where a document was expected more often than broken JSON
   * does, and it needs another remedy.
   */
  static void refuseHtml(byte[] bytes, String expected) {
    String head =
        new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1)
            .strip()
            .toLowerCase(Locale.ROOT);
    if (head.startsWith("<!doctype html") || head.startsWith("<html")) {
      throw new RejectedFailure(
          "html-instead-of-" + expected,
          "byte 0",
          "this is a web page, not a document (it begins with '%s'): the sender was shown an error or a login page, fetch the document again"
              .formatted(head.lines().findFirst().orElse(head)));
    }
  }

  private static RejectedFailure notJson(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? "the start"
            : "line %d, column %d"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    if (e instanceof StreamConstraintsException
        && e.getOriginalMessage().startsWith("String value length")) {
      return new RejectedFailure(
          "line-too-long",
          where,
          "a text in it is longer than %d characters: the document is damaged or is something else, have it sent again"
              .formatted(MOST_TEXT),
          e);
    }
    if (e instanceof StreamConstraintsException
        && e.getOriginalMessage().startsWith("Token count")) {
      return new RejectedFailure(
          "document-too-large",
          where,
          "the document has more than %d values and names, for more a heap of %d MB has no room: split it, or give the hub more memory (-Xmx)"
              .formatted(MOST_TOKENS, Runtime.getRuntime().maxMemory() >> 20),
          e);
    }
    boolean duplicate = e.getOriginalMessage().startsWith("Duplicate field");
    return new RejectedFailure(
        duplicate ? "duplicate-key" : "not-json",
        where,
        "not readable as JSON at %s: %s; correct the document, or have it sent again"
            .formatted(where, e.getOriginalMessage().lines().findFirst().orElse("")),
        e);
  }
}
