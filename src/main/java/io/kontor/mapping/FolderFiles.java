package io.kontor.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a folder that people edit, with all below it. */
public final class FolderFiles {

  private FolderFiles() {}

  /**
   * Follows links, and passes over what is hidden: a volume of Kubernetes holds links into a hidden
   * folder of itself.
   *
   * @return each file by its name from the folder on, with slashes
   * @throws IllegalStateException if the folder cannot be read, or a link leads back to it
   */
  public static SortedMap<String, Path> of(Path folder) {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (!name.startsWith(".") && !name.contains("/.")) {
          files.put(name, file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(folder, e);
    }
    return files;
  }

  /** What to throw where a file of a folder cannot be read. */
  public static IllegalStateException unreadable(Path folder, Exception cause) {
    return new IllegalStateException("The folder " + folder + " cannot be read: " + cause, cause);
  }
}
