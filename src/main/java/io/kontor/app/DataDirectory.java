package io.kontor.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/**
 * The directory that holds everything the hub owns, locked while it is open: two hubs on one
 * embedded database and broker would ruin both.
 */
public final class DataDirectory implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String HUB = "hub.json";
  private static final String LOCK = "lock";

  /** The embedded database's file, without its ending. */
  static final String DATABASE = "database";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * How a command reaches the hub that runs on a data directory.
   *
   * @param key the key of the person who owns the directory: whoever may read this file may use it
   */
  public record RunningHub(String url, long pid, String key) {

    @Override
    public String toString() {
      return url + " (process " + pid + ")";
    }
  }

  /** The directory is another process's. */
  public static final class InUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InUseException(Path path) {
      super("The data directory " + path.toAbsolutePath() + " is in use by a running hub");
    }
  }

  /** Whether a hub ever opened it. */
  public static boolean wasUsed(Path path) {
    return Files.exists(path.resolve(LOCK));
  }

  /**
   * Creates the directory if need be, for its owner alone, and locks it.
   *
   * @throws InUseException if a hub runs on it
   * @throws IllegalStateException if nothing can be written there
   */
  public static DataDirectory open(Path path) {
    try {
      make(path);
      FileChannel channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new InUseException(path);
      }
      Files.deleteIfExists(path.resolve(HUB));
      return new DataDirectory(path, channel, lock);
    } catch (IOException e) {
      throw new IllegalStateException(
          "The data directory %s cannot be written (%s): make room there, give yourself the right to write, or name another one by --data or KONTOR_DATA"
              .formatted(path.toAbsolutePath(), e.getMessage()),
          e);
    }
  }

  /**
   * Creates the directory if it is not there: customers' names and orders are in it, and the
   * embedded database and broker write files that everybody may read. Whoever made it before
   * decided who may.
   */
  public static void make(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectories(path, ownersAlone(path, "rwx------"));
  }

  /**
   * Sees that the embedded database of a hub that ran here before is there: a new one in its place
   * would begin with an empty ledger, and nobody would notice.
   *
   * @throws IllegalStateException if it is gone
   */
  static void requireDatabase(Path path) {
    Path database = path.resolve(DATABASE + ".mv.db");
    if (Files.exists(path.resolve(NodeName.FILE)) && !isThere(database)) {
      throw new IllegalStateException(
          "The database of this hub is gone: %s is missing or empty, and a hub has run in %s before. Restore it from a backup, or mount its volume; to begin anew, name another data directory by --data or KONTOR_DATA"
              .formatted(database.toAbsolutePath(), path.toAbsolutePath()));
    }
  }

  private static boolean isThere(Path file) {
    try {
      return Files.size(file) > 0;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileAttribute<?>[] ownersAlone(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * The hub that runs on the directory, if one says so and lives: one that was killed says so too.
   */
  public static Optional<RunningHub> runningHub(Path path) {
    try {
      JsonNode hub = JSON.readTree(Files.readString(path.resolve(HUB)));
      long pid = hub.path("pid").asLong();
      return startOf(pid)
          .filter(start -> start.equals(hub.path("started").asText()))
          .map(start -> new RunningHub(hub.path("url").asText(), pid, hub.path("key").asText()));
    } catch (NoSuchFileException | JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path() {
    return path;
  }

  /** A directory within, created if need be. */
  public Path directory(String name) {
    try {
      return Files.createDirectories(path.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says where the hub answers, readable for the owner of the directory alone. */
  void announce(RunningHub hub) {
    Path file = path.resolve(HUB);
    Path written = path.resolve(HUB + ".new");
    try {
      Files.deleteIfExists(written);
      Files.createFile(written, ownersAlone(written, "rw-------"));
      Files.writeString(
          written,
          JSON.createObjectNode()
              .put("url", hub.url())
              .put("pid", hub.pid())
              .put("started", startOf(hub.pid()).orElse(""))
              .put("key", hub.key())
              .toString());
      try {
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When a living process began: another one that was given its number began at another time. */
  private static Optional<String> startOf(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(process -> process.info().startInstant().map(Instant::toString).orElse(""));
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path.resolve(HUB));
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
