package io.kontor.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kontor.failure.RejectedFailure;
import java.io.ByteArrayInputStream;
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
   *     html-instead-of-json}, {@code invalid-utf-8}, {@code duplicate-key}, {@code not-json}, or
   *     what unpacking says; the message names the position
   */
  public static JsonNode read(byte[] body) {
    byte[] bytes = unpackedBytes(body, MOST_BYTES, "JSON");
    refuseHtml(bytes, "json");
    Text.checkUtf8(bytes);
    try {
      JsonNode tree = EXACT.readTree(bytes);
      if (tree.isMissingNode()) {
        throw empty();
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
  }

  /** All bytes of a document that must fit into memory, unpacked, without a byte-order mark. */
  static byte[] unpackedBytes(byte[] body, int most, String format) {
    try (InputStream in = Text.withoutMark(Unpacking.unpack(new ByteArrayInputStream(body)))) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new RejectedFailure(
            "document-too-large",
            format + " document",
            "the document is larger than %d MiB, the most that is read as one %s document: split it"
                .formatted(most >> 20, format));
      }
      if (new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1)
          .isBlank()) {
        throw empty();
      }
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
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

  private static RejectedFailure empty() {
    return new RejectedFailure(
        "empty-document", "byte 0", "the document is empty: fetch or send it again");
  }

  private static RejectedFailure notJson(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? "the start"
            : "line %d, column %d"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    boolean duplicate = e.getOriginalMessage().startsWith("Duplicate field");
    return new RejectedFailure(
        duplicate ? "duplicate-key" : "not-json",
        where,
        "not readable as JSON at %s: %s; correct the document, or have it sent again"
            .formatted(where, e.getOriginalMessage().lines().findFirst().orElse("")),
        e);
  }
}
