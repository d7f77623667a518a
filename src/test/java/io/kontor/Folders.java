package io.kontor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What several tests do with folders. */
public final class Folders {

  private Folders() {}

  /**
   * Copies a folder with all that is in it.
   *
   * @return the copy
   */
  public static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return to;
  }

  /**
   * Copies a folder as a volume of Kubernetes shows it: links into a hidden folder, itself a link
   * to the one that holds the files.
   *
   * @return the volume
   */
  public static Path copyAsVolume(Path from, Path to) throws IOException {
    copy(from, to.resolve("..2026_11_27"));
    Files.createSymbolicLink(to.resolve("..data"), Path.of("..2026_11_27"));
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        Path name = entry.getFileName();
        Files.createSymbolicLink(to.resolve(name), Path.of("..data").resolve(name));
      }
    }
    return to;
  }
}
