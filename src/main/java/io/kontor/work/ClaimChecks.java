package io.kontor.work;

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
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Stores large files under the hash of their content, so that the same file is stored once and a
 * message need only name it. Thread-safe.
 */
public final class ClaimChecks {

  private final Path folder;

  /**
   * @param folder where the files are kept; made if it is not there
   */
  public ClaimChecks(Path folder) {
    this.folder = folder;
  }

  /** A stored file: its name in the folder, and the hash of its content. */
  public record Claimed(String name, String sha256) {}

  /** Copies a file in; when it returns, the copy survives a power cut. */
  public Claimed store(Path file) throws IOException {
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, ".claim-", ".draft");
    MessageDigest digest = sha256();
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE);
        OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
        InputStream in = Files.newInputStream(file)) {
      in.transferTo(out);
      channel.force(true);
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    Files.move(draft, folder.resolve(hash), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
    return new Claimed(hash, hash);
  }

  /** Takes away copies that were never finished: for the start, where nobody else is copying. */
  void discardDrafts() {
    if (Files.notExists(folder)) {
      return;
    }
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, ".claim-*.draft")) {
      for (Path draft : drafts) {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The stored file of a claim. */
  Path file(String name) {
    if (!name.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("'" + name + "' is not a claim");
    }
    return folder.resolve(name);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
