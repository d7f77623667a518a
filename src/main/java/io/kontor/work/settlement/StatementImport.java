package io.kontor.work.settlement;

import io.kontor.document.RawDocument;
import io.kontor.failure.Failure;
import io.kontor.failure.FaultPoint;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.statement.StatementLayout;
import io.kontor.mapping.statement.StatementLine;
import io.kontor.mapping.statement.StatementReader;
import io.kontor.mapping.statement.StatementTotals;
import io.kontor.store.Archive;
import io.kontor.store.Database;
import io.kontor.store.SettlementImports;
import io.kontor.store.StagedLine;
import io.kontor.store.Store;
import io.kontor.work.Tickets;
import io.kontor.work.desk.Rereading;
import io.kontor.work.intake.ClaimChecks;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * Imports a statement: stages its lines in chunks, and in one last transaction sees that they add
 * up to its total and makes them count. A statement that does not add up is refused whole.
 * Thread-safe.
 */
public final class StatementImport {

  /** Some channels state when the running period will end; none runs longer. */
  private static final Duration MOST_AHEAD = Duration.ofDays(31);

  private final Store store;
  private final Database database;
  private final SettlementImports imports;
  private final Mappings mappings;
  private final ClaimChecks claims;
  private final Tickets tickets;

  public StatementImport(Store store, Mappings mappings, ClaimChecks claims, Tickets tickets) {
    this.store = store;
    this.database = store.database();
    this.imports = store.imports();
    this.mappings = mappings;
    this.claims = claims;
    this.tickets = tickets;
  }

  /** Whether a document is a statement. */
  public boolean takes(RawDocument raw) {
    return mappings
        .channel(raw.channel())
        .map(channel -> channel.documents().get(raw.document()))
        .filter(Channel.Document.Statement.class::isInstance)
        .isPresent();
  }

  /**
   * Imports a statement that came from outside. The same one again changes nothing.
   *
   * @throws TransientFailure if the database is at fault
   */
  public void importStatement(RawDocument raw) {
    Archive archive = store.archive();
    boolean done =
        database.inTransaction(
            tx ->
                archive
                    .find(tx, raw.id())
                    .map(
                        archived -> {
                          archive.addNew(
                              tx, List.of(new Archive.NewDocument(raw, archived.outcome())));
                          return true;
                        })
                    .orElse(false));
    if (!done) {
      // It is read because it came: nobody wants anything else done.
      read(raw, new Rereading.Within() {});
    }
  }

  /**
   * Imports a statement, whether or not it was looked at before.
   *
   * @param within is done in the transaction that makes it count, or sends it to the desk
   * @return false if it went to the desk
   */
  public boolean read(RawDocument raw, Rereading.Within within) {
    Channel channel = mappings.channels().get(raw.channel());
    long importId =
        database.inTransaction(
            tx -> imports.begin(tx, channel.entity(), channel.id(), raw.externalId()));
    try {
      return stageAndComplete(raw, channel, importId, within);
    } catch (Failure e) {
      discard(importId, e);
      if (e instanceof TransientFailure) {
        throw e;
      }
      database.run(
          tx -> {
            within.before(tx);
            new ImportedStatement(tx, store, raw, channel).refuse(e);
            within.after(tx, false);
          });
      return false;
    } catch (RuntimeException e) {
      discard(importId, e);
      throw e;
    }
  }

  /**
   * The next try stages all lines anew. What a database that is gone does not take away now is
   * taken away at the next start.
   */
  private void discard(long importId, RuntimeException reason) {
    try {
      database.run(tx -> imports.discard(tx, importId));
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private boolean stageAndComplete(
      RawDocument raw, Channel channel, long importId, Rereading.Within within) {
    StatementTotals totals = stage(raw, channel, importId);
    boolean counts =
        database.inTransaction(
            tx -> {
              within.before(tx);
              boolean completed =
                  new ImportedStatement(tx, store, raw, channel)
                      .complete(importId, totals, within.replaces());
              within.after(tx, completed);
              FaultPoint.BEFORE_DATABASE_COMMIT.reached();
              return completed;
            });
    FaultPoint.AFTER_DATABASE_COMMIT.reached();
    tickets.wake(Consequence.RECONCILE);
    return counts;
  }

  private StatementTotals stage(RawDocument raw, Channel channel, long importId) {
    List<StatementLayout> layouts =
        ((Channel.Document.Statement) channel.documents().get(raw.document())).layouts();
    ZoneId zone = mappings.entityOf(channel).zone();
    try (InputStream file = claims.open(raw);
        LineStaging staging = new LineStaging(database, imports, importId)) {
      StatementTotals totals =
          StatementReader.read(
              layouts, raw.externalId(), file, line -> staging.add(staged(line, zone)));
      if (totals.to().isAfter(raw.receivedAt().plus(MOST_AHEAD))) {
        throw new RejectedFailure(
            "implausible-date",
            totals.settlement(),
            "settlement %s ends at %s, long after it came (%s): its dates are wrong, have it exported anew"
                .formatted(totals.settlement(), totals.to(), raw.receivedAt()));
      }
      if (staging.finish() > LineStaging.CHUNK) {
        database.run(imports::refreshStatistics);
      }
      return totals;
    } catch (IOException e) {
      throw new TransientFailure(
          "statement-unreadable", raw.externalId(), "cannot read it: " + e.getMessage(), e);
    }
  }

  private static StagedLine staged(StatementLine line, ZoneId zone) {
    return new StagedLine(
        line.number(),
        line.order(),
        line.sku(),
        line.quantity(),
        line.postedOn(),
        LocalDate.ofInstant(line.postedOn(), zone),
        line.marketplace(),
        line.code(),
        line.amount().amount());
  }
}
