package io.kontor.work.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that were dropped into the inbox and taken in, or set aside: {@code done/} and {@code
 * failed/}, each under the time at which it came there. Thread-safe.
 */
public final class TakenFiles {

  private static final Set<String> FOLDERS = Set.of("done", "failed");

  /** As the route that watches the inbox names them, by the machine's own clock. */
  private static final Pattern NAME = Pattern.compile("(\\d{8}-\\d{9})-.*");

  private static final DateTimeFormatter MOVED = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS");

  private final Path inbox;

  public TakenFiles(Path inbox) {
    this.inbox = inbox;
  }

  /** Deletes those that were moved before an instant; returns how many. */
  public int discardBefore(Instant limit) {
    if (!Files.isDirectory(inbox)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(inbox)) {
      List<Path> due =
          files
              .filter(file -> FOLDERS.contains(String.valueOf(file.getParent().getFileName())))
              .filter(Files::isRegularFile)
              .filter(file -> movedAt(file).filter(at -> at.isBefore(limit)).isPresent())
              .toList();
      for (Path file : due) {
        Files.deleteIfExists(file);
      }
      return due.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Instant> movedAt(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches()
        ? Optional.of(
            LocalDateTime.parse(name.group(1), MOVED).atZone(ZoneId.systemDefault()).toInstant())
        : Optional.empty();
  }
}
