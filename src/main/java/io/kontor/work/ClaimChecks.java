package io.kontor.work;

import io.kontor.failure.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Large files under the hash of their content, so that the same file is stored once and a message
 * need only name it. On the disk where one node has its database to itself; in the database where
 * nodes share that, and not a disk. Thread-safe.
 */
public sealed interface ClaimChecks permits ClaimChecksOnDisk, ClaimChecksInDatabase {

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
