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
import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.money.Money;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.sales.SettlementReceived;
import io.kontor.store.Archive;
import io.kontor.store.Database;
import io.kontor.store.Deliveries;
import io.kontor.store.Desk;
import io.kontor.store.Facts;
import io.kontor.store.RawOutcome;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementImports;
import io.kontor.store.Settlements;
import io.kontor.store.StagedLine;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.work.Tickets;
import io.kontor.work.desk.DeskKeys;
import io.kontor.work.desk.Rereading;
import io.kontor.work.intake.ClaimChecks;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Imports a statement: stages its lines in chunks, and in one last transaction sees that they add
 * up to its total and makes them count. A statement that does not add up is refused whole.
 * Thread-safe.
 */
public final class StatementImport {

  /** The state of a settlement that is stored and not in the journal yet. */
  private static final String IMPORTED = "imported";

  /** What comes from outside is read because it came. */
  private static final Rereading.Within NOBODY =
      new Rereading.Within() {
        @Override
        public void before(Tx tx) {}

        @Override
        public void after(Tx tx, boolean understood) {}
      };

  private final Database database;
  private final Archive archive;
  private final Facts facts;
  private final SettlementImports imports;
  private final Settlements settlements;
  private final Deliveries deliveries;
  private final Desk desk;
  private final Mappings mappings;
  private final ClaimChecks claims;
  private final Tickets tickets;

  public StatementImport(
      Database database,
      Archive archive,
      Facts facts,
      SettlementImports imports,
      Settlements settlements,
      Deliveries deliveries,
      Desk desk,
      Mappings mappings,
      ClaimChecks claims,
      Tickets tickets) {
    this.database = database;
    this.archive = archive;
    this.facts = facts;
    this.imports = imports;
    this.settlements = settlements;
    this.deliveries = deliveries;
    this.desk = desk;
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
      read(raw, NOBODY);
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
    String importId =
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
            refuse(tx, raw, channel, e);
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
  private void discard(String importId, RuntimeException reason) {
    try {
      database.run(tx -> imports.discard(tx, importId));
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private boolean stageAndComplete(
      RawDocument raw, Channel channel, String importId, Rereading.Within within) {
    List<StatementLayout> layouts =
        ((Channel.Document.Statement) channel.documents().get(raw.document())).layouts();
    ZoneId zone = mappings.entityOf(channel).zone();
    StatementTotals totals;
    try (InputStream file = claims.open(raw);
        LineStaging staging = new LineStaging(database, imports, importId)) {
      totals =
          StatementReader.read(
              layouts, raw.externalId(), file, line -> staging.add(staged(line, zone)));
      if (staging.finish() > LineStaging.CHUNK) {
        database.run(imports::refreshStatistics);
      }
    } catch (IOException e) {
      throw new TransientFailure(
          "statement-unreadable", raw.externalId(), "cannot read it: " + e.getMessage(), e);
    }
    boolean counts =
        database.inTransaction(
            tx -> {
              within.before(tx);
              boolean completed = complete(tx, raw, channel, importId, totals);
              within.after(tx, completed);
              FaultPoint.BEFORE_DATABASE_COMMIT.reached();
              return completed;
            });
    FaultPoint.AFTER_DATABASE_COMMIT.reached();
    tickets.wake(Consequence.RECONCILE);
    return counts;
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

  /** False if it went to the desk, because another one of its name counts. */
  private boolean complete(
      Tx tx, RawDocument raw, Channel channel, String importId, StatementTotals totals) {
    keep(tx, raw, RawOutcome.RECORDED);
    Optional<Settlement> before =
        settlements.find(tx, channel.entity(), channel.id(), totals.settlement());
    if (before.isPresent()) {
      imports.discard(tx, importId);
      if (before.get().contentHash().equals(raw.externalId())) {
        return true;
      }
      keep(tx, raw, RawOutcome.WAITING);
      toDesk(
          tx, raw, channel, "settlement-changed", totals.settlement(), again(before.get(), totals));
      return false;
    }
    Settlement header = header(raw, channel, importId, totals);
    SettlementImports.Totals sum = imports.complete(tx, header);
    Money lines = Money.of(sum.amount(), totals.total().currency());
    if (!lines.equals(totals.total())) {
      throw new RejectedFailure(
          "settlement-total-differs",
          totals.settlement(),
          "settlement %s says %s, its %d lines add up to %s: refused whole; ask the channel for it again"
              .formatted(totals.settlement(), totals.total(), sum.lines(), lines));
    }
    record(tx, raw, channel, totals, sum.lines());
    return true;
  }

  private static String again(Settlement before, StatementTotals totals) {
    return (before.total().equals(totals.total())
            ? "settlement %s came again in another file, with the same total:"
                + " most likely the same report in another layout. The first one is booked; if that"
                + " is so, nothing is to be done"
            : "settlement %s came again with other content. The first one is booked; find out from"
                + " the channel which one holds")
        .formatted(totals.settlement());
  }

  private void record(Tx tx, RawDocument raw, Channel channel, StatementTotals totals, long lines) {
    OrderKey key = new OrderKey(channel.entity(), channel.id(), totals.settlement());
    FactName name =
        new FactName(
            channel.entity(), channel.id(), FactKind.SETTLEMENT_RECEIVED, totals.settlement());
    CanonicalFact fact =
        CanonicalFact.of(
            new SettlementReceived(
                new FactHead(name, key, totals.to(), totals.to()),
                totals.total(),
                totals.from(),
                totals.to(),
                totals.paidOn().orElse(totals.to()),
                lines));
    facts.lockOrders(tx, List.of(key));
    facts.insert(
        tx,
        List.of(
            new StoredFact(
                name,
                key,
                totals.to(),
                totals.to(),
                fact.hash(),
                fact.json(),
                raw.id(),
                tx.now(),
                "")));
    deliveries.want(
        tx,
        List.of(
            new WantedDelivery(
                channel.entity(),
                channel.id(),
                name.toString(),
                Consequence.RECONCILE,
                key.toString(),
                Optional.empty(),
                Instant.EPOCH)));
    desk.resolveKeys(tx, List.of("statement:" + raw.id()), "imported at last");
  }

  private static Settlement header(
      RawDocument raw, Channel channel, String importId, StatementTotals totals) {
    return new Settlement(
        channel.entity(),
        channel.id(),
        totals.settlement(),
        raw.externalId(),
        importId,
        IMPORTED,
        totals.from(),
        totals.to(),
        totals.paidOn(),
        totals.total(),
        0,
        raw.id());
  }

  private void refuse(Tx tx, RawDocument raw, Channel channel, Failure failure) {
    keep(tx, raw, RawOutcome.WAITING);
    toDesk(tx, raw, channel, failure.code(), failure.reference(), failure.getMessage());
  }

  private void keep(Tx tx, RawDocument raw, RawOutcome outcome) {
    archive.addNew(tx, List.of(new Archive.NewDocument(raw, outcome)));
    archive.decide(tx, Map.of(raw.id(), outcome));
  }

  private void toDesk(
      Tx tx, RawDocument raw, Channel channel, String code, String subject, String message) {
    desk.open(
        tx,
        List.of(
            new Desk.NewItem(
                DeskKeys.team(code),
                code,
                channel.entity(),
                channel.id(),
                channel.entity() + "/" + channel.id() + "/" + subject,
                message,
                Optional.of(raw.id()),
                Optional.empty(),
                Optional.empty(),
                "statement:" + raw.id())));
  }
}
