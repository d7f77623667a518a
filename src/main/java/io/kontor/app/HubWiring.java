package io.kontor.app;

import io.kontor.console.BooksPart;
import io.kontor.console.ConsoleApi;
import io.kontor.console.DeskPart;
import io.kontor.console.HubPart;
import io.kontor.console.PeriodsPart;
import io.kontor.console.ReplayPart;
import io.kontor.console.SettlementsPart;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.MappingsReader;
import io.kontor.mapping.translation.Translator;
import io.kontor.odoo.OdooOrders;
import io.kontor.store.Database;
import io.kontor.store.DatabaseSettings;
import io.kontor.store.Store;
import io.kontor.work.batch.Approvals;
import io.kontor.work.batch.BatchEntries;
import io.kontor.work.batch.BatchPosting;
import io.kontor.work.batch.BatchReview;
import io.kontor.work.batch.Books;
import io.kontor.work.batch.DeskFindings;
import io.kontor.work.batch.FileBooks;
import io.kontor.work.batch.OdooBooks;
import io.kontor.work.batch.PeriodLocks;
import io.kontor.work.batch.Reversals;
import io.kontor.work.delivery.Delivering;
import io.kontor.work.delivery.DeliveryBook;
import io.kontor.work.delivery.DeliveryPolicy;
import io.kontor.work.delivery.Dispatcher;
import io.kontor.work.delivery.OdooContents;
import io.kontor.work.delivery.OdooDelivering;
import io.kontor.work.desk.DeskRefusals;
import io.kontor.work.desk.DeskWork;
import io.kontor.work.intake.ClaimChecks;
import io.kontor.work.intake.ClaimChecksInDatabase;
import io.kontor.work.intake.ClaimChecksOnDisk;
import io.kontor.work.intake.FeedCursors;
import io.kontor.work.intake.FileImporting;
import io.kontor.work.night.BatchProposals;
import io.kontor.work.night.Night;
import io.kontor.work.night.NightProgress;
import io.kontor.work.night.Resumption;
import io.kontor.work.night.Retention;
import io.kontor.work.night.Sealer;
import io.kontor.work.proof.HubStatus;
import io.kontor.work.proof.JournalExport;
import io.kontor.work.proof.Proof;
import io.kontor.work.recording.Recorder;
import io.kontor.work.recording.Replay;
import io.kontor.work.settlement.Reconciliation;
import io.kontor.work.settlement.SettlementReports;
import io.kontor.work.settlement.StatementImport;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Builds the use cases of a hub: reads the mappings, opens the database, puts everything together.
 */
public final class HubWiring implements Wiring {

  private static final int DELIVERY_BATCH = 50;
  private static final int MOST_TRIES = 60;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final Duration LEASE_MARGIN = Duration.ofMinutes(1);

  private final Clock clock;

  public HubWiring(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Parts wire(Settings settings, Outside outside) {
    Mappings mappings = MappingsReader.read(settings.mappings());
    Database database = open(settings, outside);
    try {
      return wire(settings, outside, mappings, Store.of(database));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private Database open(Settings settings, Outside outside) {
    try {
      return Database.open(database(settings, outside), clock);
    } catch (TransientFailure e) {
      if (settings.database().embedded()) {
        throw e;
      }
      throw new TransientFailure(
          e.code(),
          e.reference(),
          "The database of kontor.database.url (%s, as %s) cannot be opened: %s"
              .formatted(
                  settings.database().url().replaceFirst("\\?.*", ""),
                  settings.database().user(),
                  reason(e)),
          e);
    }
  }

  /** The driver says only that it failed where the host is unknown. */
  private static String reason(TransientFailure failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "there is no host " + cause.getMessage();
      }
    }
    return failed.getMessage();
  }

  private Parts wire(Settings settings, Outside outside, Mappings mappings, Store store) {
    Database database = store.database();
    ClaimChecks claims = claims(outside, store);
    String node = NodeName.of(outside.data());
    DeliveryPolicy policy = policy(settings, node);
    new Resumption(database, store.deliveries(), store.nights(), store.imports(), claims, policy)
        .resume();
    HubMeters meters = new HubMeters(outside.meters());
    Recorder recorder = recorder(settings, outside, mappings, store, claims, meters);
    OdooConversations odoo = new OdooConversations(settings.odoo(), outside.odoo());
    List<Books> books = List.of(new OdooBooks(odoo.entries()), new FileBooks(settings.books()));
    DeliveryBook book =
        new DeliveryBook(store.deliveries(), store.desk(), policy, meters::delivered);
    Reconciliation reconciliation = new Reconciliation(store, mappings, policy, book);
    Supplier<OdooOrders> odooOrders = odoo.orders();
    Delivering orders =
        new OdooDelivering(
            database,
            store.deliveries(),
            new OdooContents(store.facts(), mappings),
            odooOrders,
            odoo.products(),
            policy,
            book);
    PeriodLocks periods =
        new PeriodLocks(database, store.periods(), store.audit(), mappings, books, clock);
    BatchEntries entries = new BatchEntries(store.journal(), mappings);
    Dispatcher dispatcher =
        dispatcher(
            store,
            books,
            orders,
            reconciliation,
            posting(mappings, store, entries, periods, policy, book));
    Sealer sealer = new Sealer(database, store.journal(), mappings);
    Approvals approvals = approvals(outside, mappings, store, periods);
    NightProgress progress = new NightProgress();
    BatchProposals proposals =
        new BatchProposals(
            store,
            mappings,
            new BatchReview(store.batches(), store.journal(), new DeskFindings(store.desk())),
            approvals,
            periods,
            reconciliation,
            sealer,
            progress);
    Night night =
        new Night(
            database,
            store.nights(),
            store.desk(),
            proposals,
            mappings,
            settings.night().at(),
            node,
            clock);
    FileImporting importing = new FileImporting(mappings, claims, outside.inbox(), clock);
    HubStatus status = status(outside, store);
    meters.watch(status);
    ConsoleApi api =
        ConsoleApi.of(
            new DeskPart(new DeskWork(store, claims, recorder::recordAgain, outside.tickets())),
            new BooksPart(
                night,
                progress,
                approvals,
                new Reversals(database, store.batches(), store.periods(), entries, mappings, clock),
                new Proof(store, mappings, books, odooOrders, sealer, clock),
                new JournalExport(database, store.journal(), mappings),
                clock),
            new SettlementsPart(new SettlementReports(store, mappings)),
            new PeriodsPart(periods),
            new HubPart(status, importing, FileStaging.in(outside.data())),
            new ReplayPart(new Replay(store, recorder), mappings));
    Retention retention = new Retention(store, claims, settings.retention().documents(), clock);
    return new Parts(
        mappings,
        recorder,
        dispatcher,
        dispatcher,
        importing,
        night,
        sealer,
        new DeskRefusals(database, store.archive(), store.desk(), mappings),
        new FeedCursors(database, store.cursors()),
        new HubProbes(settings, clock).of(database, status, night),
        Map.of("api", api, "retention", retention),
        database::close);
  }

  private static Recorder recorder(
      Settings settings,
      Outside outside,
      Mappings mappings,
      Store store,
      ClaimChecks claims,
      HubMeters meters) {
    StatementImport statements = new StatementImport(store, mappings, claims, outside.tickets());
    return new Recorder(
        store,
        mappings,
        new Translator(mappings, settings.mappings()),
        statements,
        outside.tickets(),
        meters::recorded);
  }

  private static Function<Books, Delivering> posting(
      Mappings mappings,
      Store store,
      BatchEntries entries,
      PeriodLocks periods,
      DeliveryPolicy policy,
      DeliveryBook book) {
    return target ->
        new BatchPosting(
            store.database(),
            store.deliveries(),
            store.batches(),
            entries,
            periods,
            store.audit(),
            mappings,
            target,
            policy,
            book);
  }

  private static Approvals approvals(
      Outside outside, Mappings mappings, Store store, PeriodLocks periods) {
    return new Approvals(
        store.database(),
        store.batches(),
        store.makers(),
        periods,
        store.deliveries(),
        store.audit(),
        mappings,
        outside.tickets());
  }

  private static HubStatus status(Outside outside, Store store) {
    return new HubStatus(
        store.database(),
        store.deliveries(),
        store.desk(),
        store.totals(),
        store.journal(),
        store.audit(),
        outside.waiting());
  }

  private static Dispatcher dispatcher(
      Store store,
      List<Books> books,
      Delivering orders,
      Delivering reconciliation,
      Function<Books, Delivering> posting) {
    Map<Consequence, Delivering> workers = new EnumMap<>(Consequence.class);
    workers.put(Consequence.ODOO_ORDER, orders);
    workers.put(Consequence.ODOO_REFUND, orders);
    workers.put(Consequence.ODOO_TILL, orders);
    workers.put(Consequence.RECONCILE, reconciliation);
    for (Books target : books) {
      workers.put(
          switch (target.target()) {
            case ODOO -> Consequence.POST_TO_ODOO;
            case FILE -> Consequence.POST_TO_FILE;
          },
          posting.apply(target));
    }
    return new Dispatcher(store.database(), store.deliveries(), workers);
  }

  private static DeliveryPolicy policy(Settings settings, String node) {
    Duration limit = settings.odoo().requestLimit();
    Duration longest =
        settings.odoo().timeout().compareTo(limit) > 0 ? settings.odoo().timeout() : limit;
    return new DeliveryPolicy(
        node,
        DELIVERY_BATCH,
        longest.multipliedBy(2).plus(LEASE_MARGIN),
        limit,
        FIRST_PAUSE,
        LONGEST_PAUSE,
        MOST_TRIES);
  }

  /** Nodes that share a database need not share a disk. */
  private static ClaimChecks claims(Outside outside, Store store) {
    return store.database().isEmbedded()
        ? new ClaimChecksOnDisk(outside.data().resolve("claims"), store.database(), store.archive())
        : new ClaimChecksInDatabase(store.database(), store.files(), store.archive());
  }

  private static DatabaseSettings database(Settings settings, Outside outside) {
    Settings.Database database = settings.database();
    if (!database.embedded()) {
      return new DatabaseSettings(
          database.url(), database.user(), database.password().reveal(), database.pool());
    }
    return DatabaseSettings.embedded(outside.data().resolve("database"), database.pool());
  }
}
