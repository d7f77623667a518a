package io.kontor.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Hands a file to the hub on a data directory: in the request where it is small, else through a
 * folder of the data directory, so that no size of it has to fit into a memory.
 */
public final class FileStaging {

  /** Above it a file goes through the folder; webhooks may be no larger by default. */
  private static final long MOST_IN_REQUEST = 4L << 20;

  /** So old is only what an import left behind that was killed. */
  private static final Duration LEFT_BEHIND = Duration.ofDays(1);

  private final Path folder;

  public FileStaging(Path data) {
    this.folder = in(data);
  }

  /** Where files are staged. */
  static Path in(Path data) {
    return data.resolve("import");
  }

  /**
   * Hands the file over.
   *
   * @param address of the channel and document: {@code import/<channel>/<document>}
   * @return the hub's answer
   */
  public JsonNode hand(HubClient hub, String address, Path file)
      throws IOException, InterruptedException {
    if (Files.size(file) <= MOST_IN_REQUEST) {
      return hub.post(address, Files.readAllBytes(file), "application/octet-stream");
    }
    Files.createDirectories(folder);
    deleteLeftBehind();
    String name = UUID.randomUUID().toString();
    try {
      Files.copy(file, folder.resolve(name));
      return hub.post(address + "?staged=" + name, new byte[0], "application/octet-stream");
    } finally {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  private void deleteLeftBehind() throws IOException {
    FileTime limit = FileTime.from(Instant.now().minus(LEFT_BEHIND));
    try (DirectoryStream<Path> staged = Files.newDirectoryStream(folder)) {
      for (Path file : staged) {
        if (Files.getLastModifiedTime(file).compareTo(limit) < 0) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
