package io.kontor.document;

import io.kontor.failure.RejectedFailure;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Takes the gzip or zip wrapping off a stream, by its magic bytes and never by its name. */
final class Unpacking {

  private static final int GZIP_1 = 0x1f;
  private static final int GZIP_2 = 0x8b;
  private static final int LONGEST_MAGIC = 4;
  private static final int BUFFER = 1 << 16;

  private Unpacking() {}

  /**
   * @throws RejectedFailure {@code truncated-gzip}, {@code broken-gzip}, {@code broken-zip} or
   *     {@code zip-not-one-file}; a truncation shows when the end is reached, so it may be thrown
   *     by a read of the stream that is returned
   */
  static InputStream unpack(InputStream packed) throws IOException {
    PushbackInputStream in = new PushbackInputStream(packed, LONGEST_MAGIC);
    byte[] magic = in.readNBytes(LONGEST_MAGIC);
    in.unread(magic);
    if (magic.length >= 2 && (magic[0] & 0xff) == GZIP_1 && (magic[1] & 0xff) == GZIP_2) {
      return gzip(in);
    }
    if (magic.length == LONGEST_MAGIC
        && magic[0] == 'P'
        && magic[1] == 'K'
        && magic[2] == 3
        && magic[3] == 4) {
      return zip(in);
    }
    return in;
  }

  /**
   * A document in memory as a stream: unpacked, without a byte-order mark, and bounded, because a
   * few packed bytes can be gigabytes.
   *
   * @param most after so many bytes the stream refuses to go on, with {@code document-too-large}
   */
  static InputStream document(byte[] body, int most, String format) throws IOException {
    return Text.withoutMark(new Bounded(unpack(new ByteArrayInputStream(body)), most, format));
  }

  private static InputStream gzip(InputStream in) throws IOException {
    try {
      return new Guarded(new GZIPInputStream(in, BUFFER), "gzip");
    } catch (EOFException e) {
      throw truncated("gzip", e);
    } catch (ZipException e) {
      throw broken("gzip", e);
    }
  }

  private static InputStream zip(InputStream in) throws IOException {
    // Names that are no UTF-8 are read as well: Windows writes umlauts as one byte.
    ZipInputStream zip = new ZipInputStream(in, StandardCharsets.ISO_8859_1);
    try {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null && entry.isDirectory()) {
        entry = zip.getNextEntry();
      }
      if (entry == null) {
        throw notOneFile("holds no file");
      }
    } catch (EOFException e) {
      throw truncated("zip", e);
    } catch (ZipException e) {
      throw broken("zip", e);
    }
    return new Guarded(zip, "zip") {
      @Override
      void atEnd() throws IOException {
        ZipEntry next = zip.getNextEntry();
        if (next != null && !next.isDirectory()) {
          throw notOneFile("holds more than one file, the second is " + next.getName());
        }
      }
    };
  }

  private static RejectedFailure notOneFile(String what) {
    return new RejectedFailure(
        "zip-not-one-file",
        "zip",
        "the zip %s: unpack it and send its files one by one".formatted(what));
  }

  private static RejectedFailure truncated(String format, IOException cause) {
    return new RejectedFailure(
        "truncated-" + format,
        format,
        "the %s file ends before its content does: fetch it again".formatted(format),
        cause);
  }

  private static RejectedFailure broken(String format, IOException cause) {
    return new RejectedFailure(
        "broken-" + format,
        format,
        "the %s file cannot be unpacked (%s): fetch it again".formatted(format, cause.getMessage()),
        cause);
  }

  /** Turns the unpacker's exceptions into failures that say what to do. */
  private static class Guarded extends FilterInputStream {

    private final String format;
    private boolean ended;

    Guarded(InputStream in, String format) {
      super(in);
      this.format = format;
    }

    void atEnd() throws IOException {}

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        int read = super.read(target, offset, length);
        if (read < 0 && !ended) {
          ended = true;
          atEnd();
        }
        return read;
      } catch (EOFException e) {
        throw truncated(format, e);
      } catch (ZipException e) {
        throw broken(format, e);
      }
    }
  }

  /** Ends with a failure where a document is larger than it may be. */
  private static final class Bounded extends FilterInputStream {

    private final int most;
    private final String format;
    private long count;

    Bounded(InputStream in, int most, String format) {
      super(in);
      this.most = most;
      this.format = format;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count += Math.max(read, 0);
      if (count > most) {
        throw new RejectedFailure(
            "document-too-large",
            format + " document",
            "the document is larger than %d MiB, the most that is read as one %s document: split it"
                .formatted(most >> 20, format));
      }
      return read;
    }
  }
}
