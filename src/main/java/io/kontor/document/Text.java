package io.kontor.document;

import io.kontor.failure.RejectedFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Bytes to characters, strictly: a byte that does not belong is an error, never a question mark.
 */
public final class Text {

  static final int BUFFER = 1 << 16;
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final int MARK_16 = 2;

  private Text() {}

  /**
   * Opens a document as characters, in one pass. A byte-order mark is dropped, and says what the
   * encoding is: UTF-8 or UTF-16. Without one the first encoding counts until a byte does not
   * belong to it; then the next one does. That is certain only as long as every character before
   * was ASCII, which all these encodings share; else the document mixes encodings and is refused.
   *
   * @param encodings supersets of ASCII, tried in turn
   * @return a reader whose reads throw {@link RejectedFailure} {@code invalid-utf-8} (or {@code
   *     invalid-encoding}) with the position of the byte
   */
  public static Reader open(InputStream in, List<Charset> encodings) throws IOException {
    PushbackInputStream unmarked = new PushbackInputStream(in, MARK.length);
    byte[] start = unmarked.readNBytes(MARK.length);
    if (Arrays.equals(start, MARK)) {
      return new Strict(unmarked, List.of(StandardCharsets.UTF_8), MARK.length);
    }
    unmarked.unread(start);
    Optional<Charset> utf16 = utf16(start);
    if (utf16.isPresent()) {
      unmarked.skipNBytes(MARK_16);
      return new Strict(unmarked, List.of(utf16.get()), MARK_16);
    }
    return new Strict(unmarked, encodings, 0);
  }

  private static Optional<Charset> utf16(byte[] start) {
    int mark = start.length < MARK_16 ? 0 : (start[0] & 0xff) << 8 | (start[1] & 0xff);
    return switch (mark) {
      case 0xfffe -> Optional.of(StandardCharsets.UTF_16LE);
      case 0xfeff -> Optional.of(StandardCharsets.UTF_16BE);
      default -> Optional.empty();
    };
  }

  /** A stream without the byte-order mark that it may begin with. */
  static InputStream withoutMark(InputStream in) throws IOException {
    PushbackInputStream unmarked = new PushbackInputStream(in, MARK.length);
    byte[] start = unmarked.readNBytes(MARK.length);
    if (!Arrays.equals(start, MARK)) {
      unmarked.unread(start);
    }
    return unmarked;
  }

  /**
   * Sees that bytes in memory are UTF-8.
   *
   * @throws RejectedFailure {@code invalid-utf-8}, with the position of the byte
   */
  static void checkUtf8(byte[] bytes) {
    CharsetDecoder decoder = strict(StandardCharsets.UTF_8);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer chars = CharBuffer.allocate(Math.min(bytes.length, BUFFER) + 2);
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      chars.clear();
      result = decoder.decode(in, chars, true);
    }
    if (result.isError()) {
      throw invalid(StandardCharsets.UTF_8, in.position(), in.get(in.position()) & 0xff);
    }
  }

  /**
   * Sees that a stream is UTF-8, to its end.
   *
   * @throws RejectedFailure {@code invalid-utf-8}, with the position of the byte
   */
  static void checkUtf8(InputStream in) throws IOException {
    Reader text = new Strict(in, List.of(StandardCharsets.UTF_8), 0);
    char[] buffer = new char[BUFFER];
    while (text.read(buffer) >= 0) {
      // Only its failure is of interest.
    }
  }

  private static CharsetDecoder strict(Charset encoding) {
    return encoding
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static RejectedFailure invalid(Charset encoding, long position, int value) {
    return new RejectedFailure(
        encoding.equals(StandardCharsets.UTF_8) ? "invalid-utf-8" : "invalid-encoding",
        "byte " + position,
        "byte %d (0x%02x) is not valid %s: have the sender write the whole document in %s, or correct it here"
            .formatted(position, value, encoding, encoding));
  }

  /** Decodes a stream, changing to the next encoding where that is certain. */
  private static final class Strict extends Reader {

    private final InputStream in;
    private final List<Charset> encodings;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
    private CharsetDecoder decoder;
    private int encoding;
    private long before;
    private boolean onlyAscii = true;
    private boolean ended;

    Strict(InputStream in, List<Charset> encodings, long before) {
      this.in = in;
      this.encodings = encodings;
      this.before = before;
      this.decoder = strict(encodings.get(0));
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
      while (!chars.hasRemaining()) {
        if (ended && !bytes.hasRemaining()) {
          return -1;
        }
        decode();
      }
      int count = Math.min(length, chars.remaining());
      chars.get(target, offset, count);
      return count;
    }

    private void decode() throws IOException {
      if (!ended) {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = read < 0;
        bytes.position(bytes.position() + Math.max(read, 0));
        bytes.flip();
      }
      int start = bytes.position();
      chars.clear();
      CoderResult result = decoder.decode(bytes, chars, ended);
      chars.flip();
      before += bytes.position() - start;
      for (int i = chars.position(); onlyAscii && i < chars.limit(); i++) {
        onlyAscii = chars.get(i) < 0x80;
      }
      if (result.isError()) {
        change();
      }
    }

    private void change() {
      if (!onlyAscii || encoding + 1 == encodings.size()) {
        throw invalid(encodings.get(encoding), before, bytes.get(bytes.position()) & 0xff);
      }
      encoding++;
      decoder = strict(encodings.get(encoding));
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
