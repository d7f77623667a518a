package io.kontor.document;

import io.kontor.failure.RejectedFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Bytes to characters, strictly: a byte that does not belong is an error, never a question mark.
 */
public final class Text {

  private static final int BUFFER = 1 << 16;
  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private Text() {}

  /**
   * Opens a document as characters in the first of {@code encodings} that all of it is valid in. A
   * byte-order mark is dropped. Every encoding but the last costs one reading of the document.
   *
   * @throws RejectedFailure {@code invalid-utf-8} (or {@code invalid-encoding}), with the position
   *     of the first byte that no encoding accepts
   */
  public static Reader open(Content content, List<Charset> encodings) throws IOException {
    RejectedFailure first = null;
    for (Charset encoding : encodings) {
      try {
        check(content, encoding);
        return reader(content.open(), encoding);
      } catch (RejectedFailure e) {
        if (!e.code().startsWith("invalid-")) {
          throw e;
        }
        first = first == null ? e : first;
      }
    }
    throw first == null ? new IllegalArgumentException("no encoding was given") : first;
  }

  /**
   * @throws RejectedFailure {@code invalid-utf-8}, with the position of the byte
   */
  static void checkUtf8(byte[] bytes) {
    try {
      check(Content.of(bytes), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
  }

  private static Reader reader(InputStream in, Charset encoding) throws IOException {
    return new InputStreamReader(withoutMark(in), strict(encoding));
  }

  static InputStream withoutMark(InputStream in) throws IOException {
    PushbackInputStream pushback = new PushbackInputStream(in, BOM.length);
    byte[] start = pushback.readNBytes(BOM.length);
    if (!java.util.Arrays.equals(start, BOM)) {
      pushback.unread(start);
    }
    return pushback;
  }

  private static CharsetDecoder strict(Charset encoding) {
    return encoding
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static void check(Content content, Charset encoding) throws IOException {
    if (encoding.equals(StandardCharsets.ISO_8859_1)) {
      return; // every byte is a character of Latin-1
    }
    CharsetDecoder decoder = strict(encoding);
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    CharBuffer chars = CharBuffer.allocate(BUFFER);
    long before = 0;
    try (InputStream in = content.open()) {
      boolean end = false;
      while (!end) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = read < 0;
        bytes.position(bytes.position() + Math.max(read, 0));
        bytes.flip();
        CoderResult result = decoder.decode(bytes, chars, end);
        if (result.isError()) {
          throw invalid(encoding, before + bytes.position(), bytes.get(bytes.position()) & 0xff);
        }
        before += bytes.position();
        bytes.compact();
        chars.clear();
      }
    }
  }

  private static RejectedFailure invalid(Charset encoding, long position, int value) {
    return new RejectedFailure(
        encoding.equals(StandardCharsets.UTF_8) ? "invalid-utf-8" : "invalid-encoding",
        "byte " + position,
        "byte %d (0x%02x) is not valid %s: have the sender write the document in %s, or correct it here"
            .formatted(position, value, encoding, encoding));
  }
}
