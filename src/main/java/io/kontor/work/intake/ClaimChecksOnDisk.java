package io.kontor.work.intake;

import io.kontor.document.Sha256;
import io.kontor.store.Archive;
import io.kontor.store.Database;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Stores large files in a folder of the node's own. */
public final class ClaimChecksOnDisk implements ClaimChecks {

  private final Path folder;
  private final Database database;
  private final Archive archive;

  /**
   * @param folder where the files are kept; made if it is not there
   */
  public ClaimChecksOnDisk(Path folder, Database database, Archive archive) {
    this.folder = folder;
    this.database = database;
    this.archive = archive;
  }

  @Override
  public Claimed store(Path file) throws IOException {
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, ".claim-", ".draft");
    MessageDigest digest = Sha256.digest();
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE);
        OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
        InputStream in = Files.newInputStream(file)) {
      in.transferTo(out);
      channel.force(true);
    }
    String hash = Sha256.of(digest);
    Files.move(draft, folder.resolve(hash), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
    return new Claimed(hash, hash);
  }

  @Override
  public InputStream open(String name) throws IOException {
    return new BufferedInputStream(
        Files.newInputStream(folder.resolve(ClaimChecks.requireName(name))));
  }

  @Override
  public void discardDrafts() {
    try {
      for (Path draft : list(".claim-*.draft")) {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int discardBefore(Instant before) {
    try {
      List<Path> old = new ArrayList<>();
      for (Path file : list("[0-9a-f]*")) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          old.add(file);
        }
      }
      Set<String> kept =
          database.inTransaction(
              tx -> archive.kept(tx, old.stream().map(ClaimChecksOnDisk::externalId).toList()));
      int removed = 0;
      for (Path file : old) {
        if (!kept.contains(externalId(file)) && Files.deleteIfExists(file)) {
          removed++;
        }
      }
      return removed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String externalId(Path file) {
    return ClaimChecks.externalId(file.getFileName().toString());
  }

  private List<Path> list(String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.exists(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
        files.forEach(found::add);
      }
    }
    return found;
  }
}
