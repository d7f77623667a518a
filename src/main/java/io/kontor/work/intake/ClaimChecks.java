package io.kontor.work.intake;

import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Large files under the hash of their content, so that the same file is stored once and a message
 * need only name it. On the disk where one node has its database to itself; in the database where
 * nodes share that, and not a disk. Thread-safe.
 */
public sealed interface ClaimChecks permits ClaimChecksOnDisk, ClaimChecksInDatabase {

  /** What the message of a stored file says it is. */
  String CONTENT_TYPE = "application/x-kontor-claim-check";

  /** A stored file: the name that a message gives it, and the hash of its content. */
  record Claimed(String name, String sha256) {}

  /**
   * Copies a file in; when it returns, the copy survives a power cut and every node can open it.
   *
   * @throws TransientFailure if the database is at fault
   */
  Claimed store(Path file) throws IOException;

  /**
   * Reads a stored file.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there (any more)
   * @throws IllegalArgumentException if that is no name of a stored file
   */
  InputStream open(String name) throws IOException;

  /**
   * Reads what a document says: the stored file if it holds the place of one, else itself.
   *
   * @throws RejectedFailure {@code claim-missing} if the stored file is gone
   */
  default InputStream open(RawDocument document) throws IOException {
    if (!holds(document)) {
      return new ByteArrayInputStream(document.body());
    }
    try {
      return open(new String(document.body(), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new RejectedFailure(
          "claim-missing", document.externalId(), "the stored file is gone; import it again", e);
    }
  }

  /** The message of a document that a stored file is. */
  static RawDocument message(String channel, String document, Claimed claimed, Instant at) {
    return new RawDocument(
        channel,
        document,
        externalId(claimed.sha256()),
        at,
        CONTENT_TYPE,
        claimed.name().getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a document holds the place of a stored file. */
  static boolean holds(RawDocument document) {
    return document.contentType().equals(CONTENT_TYPE);
  }

  /** Takes away copies that were never finished and never will be: for the start. */
  void discardDrafts();

  /**
   * Removes the files that were last handed in before, and whose document is over: none of that
   * hash is kept in the archive.
   *
   * @return how many
   */
  int discardBefore(Instant before);

  /** Whether it can be the name of a stored file. */
  static String requireName(String name) {
    if (!name.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("'" + name + "' is not a claim");
    }
    return name;
  }

  /** The external id of the document that a stored file is. */
  static String externalId(String sha256) {
    return "sha256:" + sha256;
  }
}
