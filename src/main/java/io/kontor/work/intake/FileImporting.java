package io.kontor.work.intake;

import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.work.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Takes files in by the same door as live traffic. A statement can be large, so it travels as a
 * claim check: the file is stored first, and the message holds its place. Thread-safe.
 */
public final class FileImporting implements Importing {

  /** The largest document that travels in a message. */
  private static final long MOST_BYTES = 32L << 20;

  private final Mappings mappings;
  private final ClaimChecks claims;
  private final Inbox inbox;
  private final Clock clock;

  public FileImporting(Mappings mappings, ClaimChecks claims, Inbox inbox, Clock clock) {
    this.mappings = mappings;
    this.claims = claims;
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public String accept(String channel, String document, Path file) {
    Channel.Document kind = mappings.requireChannel(channel).requireDocument(document);
    try {
      RawDocument raw =
          kind instanceof Channel.Document.Statement
              ? claimed(channel, document, file)
              : whole(channel, document, file);
      inbox.put(raw);
      return raw.id();
    } catch (IOException e) {
      throw new TransientFailure(
          "file-unreadable", file.toString(), "cannot read it: " + e.getMessage(), e);
    }
  }

  private RawDocument claimed(String channel, String document, Path file) throws IOException {
    return ClaimChecks.message(channel, document, claims.store(file), clock.instant());
  }

  private RawDocument whole(String channel, String document, Path file) throws IOException {
    long size = Files.size(file);
    if (size > MOST_BYTES) {
      throw new RejectedFailure(
          "document-too-large",
          file.toString(),
          "it has %d bytes; a %s document has at most %d: split it, or ask for it in parts"
              .formatted(size, document, MOST_BYTES));
    }
    byte[] body = Files.readAllBytes(file);
    return new RawDocument(
        channel, document, "sha256:" + ContentHash.of(body), clock.instant(), "", body);
  }
}
