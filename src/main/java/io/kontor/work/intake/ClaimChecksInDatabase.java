package io.kontor.work.intake;

import io.kontor.document.Sha256;
import io.kontor.store.Archive;
import io.kontor.store.ClaimedFiles;
import io.kontor.store.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Stores large files in the database, piece by piece, each piece in a transaction of its own. */
public final class ClaimChecksInDatabase implements ClaimChecks {

  /** A draft as old as this was left by a node that is gone. */
  private static final Duration ABANDONED = Duration.ofHours(6);

  private final Database database;
  private final ClaimedFiles files;
  private final Archive archive;

  public ClaimChecksInDatabase(Database database, ClaimedFiles files, Archive archive) {
    this.database = database;
    this.files = files;
    this.archive = archive;
  }

  @Override
  public Claimed store(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    long draft = database.inTransaction(files::begin);
    try (InputStream in = Files.newInputStream(file)) {
      long number = 0;
      byte[] piece;
      // An empty file has one piece, too, so that it can be told from one that is not there.
      do {
        piece = in.readNBytes(ClaimedFiles.PIECE);
        digest.update(piece);
        add(draft, number++, piece);
      } while (piece.length == ClaimedFiles.PIECE);
    }
    String hash = Sha256.of(digest);
    database.run(tx -> files.complete(tx, draft, hash));
    database.sync();
    return new Claimed(hash, hash);
  }

  private void add(long draft, long number, byte[] piece) {
    database.run(tx -> files.add(tx, draft, number, piece));
  }

  @Override
  public InputStream open(String name) throws IOException {
    ClaimChecks.requireName(name);
    byte[] first = piece(name, 0).orElseThrow(() -> new NoSuchFileException(name));
    return new Pieces(name, first);
  }

  private Optional<byte[]> piece(String name, long number) {
    return database.inTransaction(tx -> files.piece(tx, name, number));
  }

  @Override
  public void discardDrafts() {
    database.inTransaction(tx -> files.discardDrafts(tx, tx.now().minus(ABANDONED)));
  }

  @Override
  public int discardBefore(Instant before) {
    return database.inTransaction(
        tx -> {
          Set<String> kept =
              archive.kept(
                  tx,
                  files.storedBefore(tx, before).stream().map(ClaimChecks::externalId).toList());
          Set<String> over =
              files.storedBefore(tx, before).stream()
                  .filter(hash -> !kept.contains(ClaimChecks.externalId(hash)))
                  .collect(Collectors.toSet());
          return files.remove(tx, over, before);
        });
  }

  /** The pieces of a file one after the other, with one of them in memory. */
  private final class Pieces extends InputStream {

    private final String name;
    private byte[] piece;
    private int next;
    private long number;

    Pieces(String name, byte[] first) {
      this.name = name;
      this.piece = first;
    }

    @Override
    public int read() {
      return arrived() ? Byte.toUnsignedInt(piece[next++]) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      if (!arrived()) {
        return -1;
      }
      int count = Math.min(length, piece.length - next);
      System.arraycopy(piece, next, into, offset, count);
      next += count;
      return count;
    }

    /** Sees to it that there is a byte to read; false at the end. */
    private boolean arrived() {
      if (next == piece.length && piece.length == ClaimedFiles.PIECE) {
        piece = piece(name, ++number).orElse(new byte[0]);
        next = 0;
      }
      return next < piece.length;
    }
  }
}
