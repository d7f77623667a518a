package io.kontor.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of a document, which can be read from the start as often as needed: a second encoding
 * is tried by reading again, so that a file of any size never has to fit into memory.
 */
@FunctionalInterface
public interface Content {

  /** Opens the document at its first byte; the caller closes the stream. */
  InputStream open() throws IOException;

  static Content of(byte[] bytes) {
    return () -> new ByteArrayInputStream(bytes);
  }

  static Content of(Path file) {
    return () -> Files.newInputStream(file);
  }

  /** The same document without its gzip or zip wrapping, if it has one. */
  default Content unpacked() {
    return () -> Unpacking.unpack(open());
  }
}
