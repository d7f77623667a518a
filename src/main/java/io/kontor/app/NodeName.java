package io.kontor.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The name of a node among those that share a database: made up once, and kept in its data
 * directory, so that a node knows after a crash what it held before.
 */
final class NodeName {

  static final String FILE = "node";

  private NodeName() {}

  /** The name of the node whose locked data directory this is. */
  static String of(Path data) {
    Path file = data.resolve(FILE);
    try {
      if (Files.exists(file)) {
        String name = Files.readString(file).strip();
        if (!name.isEmpty()) {
          return name;
        }
      }
      Files.createDirectories(data);
      String name = "node-" + UUID.randomUUID();
      Files.writeString(file, name + System.lineSeparator());
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
