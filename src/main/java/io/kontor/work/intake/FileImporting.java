package io.kontor.work.intake;

import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.store.AuditLog;
import io.kontor.store.Database;
import io.kontor.store.Makers;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.Actor;
import io.kontor.work.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Takes files in by the same door as live traffic. A statement can be large, so it travels as a
 * claim check: the file is stored first, and the message holds its place. Which person handed it in
 * is in the audit log, because it may be of his own making. Thread-safe.
 */
public final class FileImporting implements Importing {

  /** The largest document that travels in a message. */
  private static final long MOST_BYTES = 32L << 20;

  private final Mappings mappings;
  private final Database database;
  private final Makers makers;
  private final AuditLog audit;
  private final ClaimChecks claims;
  private final Inbox inbox;
  private final Clock clock;

  public FileImporting(
      Store store, Mappings mappings, ClaimChecks claims, Inbox inbox, Clock clock) {
    this.database = store.database();
    this.makers = store.makers();
    this.audit = store.audit();
    this.mappings = mappings;
    this.claims = claims;
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public String accept(String channel, String document, Path file, Actor who) {
    Channel.Document kind = mappings.requireChannel(channel).requireDocument(document);
    try {
      RawDocument raw =
          kind instanceof Channel.Document.Statement
              ? claimed(channel, document, file)
              : whole(channel, document, file);
      if (!who.equals(Actor.HUB)) {
        // Before anybody can record it: what it comes to has its maker from the first entry on.
        database.run(tx -> handedIn(tx, raw, who));
        database.sync();
      }
      inbox.put(raw);
      return raw.id();
    } catch (IOException e) {
      throw new TransientFailure(
          "file-unreadable", file.toString(), "cannot read it: " + e.getMessage(), e);
    }
  }

  private void handedIn(Tx tx, RawDocument raw, Actor who) {
    makers.handedIn(tx, raw.id(), who.name());
    audit.append(tx, who.name(), "import", raw.id(), "");
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
