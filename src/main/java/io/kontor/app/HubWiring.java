package io.kontor.app;

import io.kontor.console.BooksPart;
import io.kontor.console.ConsoleApi;
import io.kontor.console.DeliveriesPart;
import io.kontor.console.DeskPart;
import io.kontor.console.HubPart;
import io.kontor.console.OpenOrdersPart;
import io.kontor.console.PeriodsPart;
import io.kontor.console.ReplayPart;
import io.kontor.console.SettlementsPart;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.MappingsReader;
import io.kontor.mapping.translation.Translator;
import io.kontor.odoo.OdooOrders;
import io.kontor.store.Database;
import io.kontor.store.DatabaseSettings;
import io.kontor.store.EmbeddedFile;
import io.kontor.store.Store;
import io.kontor.store.StoreException;
import io.kontor.work.delivery.DeliveryPolicy;
import io.kontor.work.delivery.Dispatcher;
import io.kontor.work.delivery.Redelivery;
import io.kontor.work.desk.DeskItems;
import io.kontor.work.desk.DeskRefusals;
import io.kontor.work.desk.DeskWork;
import io.kontor.work.intake.ClaimChecks;
import io.kontor.work.intake.ClaimChecksInDatabase;
import io.kontor.work.intake.ClaimChecksOnDisk;
import io.kontor.work.intake.FeedCursors;
import io.kontor.work.intake.FileImporting;
import io.kontor.work.intake.TakenFiles;
import io.kontor.work.night.Resumption;
import io.kontor.work.night.Retention;
import io.kontor.work.proof.HubStatus;
import io.kontor.work.proof.JournalExport;
import io.kontor.work.proof.Proof;
import io.kontor.work.recording.Recorder;
import io.kontor.work.recording.Replay;
import io.kontor.work.recording.WriteOffs;
import io.kontor.work.settlement.OpenOrderReports;
import io.kontor.work.settlement.SettlementReports;
import io.kontor.work.settlement.StatementImport;
import io.kontor.work.settlement.Withdrawal;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Builds the use cases of a hub: reads the mappings, opens the database, puts everything together.
 */
public final class HubWiring implements Wiring {

  /** Which a heap of half a gigabyte bears, with all that is made of them. */
  private static final int MOST_ENTRIES = 50_000;

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
    if (settings.database().embedded()) {
      DataDirectory.requireDatabase(outside.data());
    }
    try {
      return Database.open(database(settings, outside), clock);
    } catch (TransientFailure e) {
      if (settings.database().embedded()) {
        throw e;
      }
      throw new TransientFailure(e.code(), e.reference(), unopened(settings, reason(e)), e);
    } catch (StoreException e) {
      throw new RejectedFailure(
          "database-refused",
          settings.database().user(),
          unopened(settings, String.valueOf(e.getMessage())),
          e);
    }
  }

  private static String unopened(Settings settings, String reason) {
    return "The database of kontor.database.url (%s, as %s) cannot be opened: %s"
        .formatted(
            settings.database().url().replaceFirst("\\?.*", ""),
            settings.database().user(),
            reason);
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
    DeliveryPolicy policy = HubDeliveries.policy(settings.odoo(), node);
    new Resumption(database, store.claiming(), store.nights(), store.imports(), claims, policy)
        .resume();
    HubMeters meters = new HubMeters(outside.meters());
    Recorder recorder = recorder(settings, outside, mappings, store, claims, meters);
    OdooConversations odoo = new OdooConversations(settings.odoo(), outside.odoo());
    Supplier<OdooOrders> orders = odoo.orders();
    HubBooks books =
        new HubBooks(settings.books(), odoo, store, mappings, outside.tickets(), clock);
    HubDeliveries deliveries = new HubDeliveries(store, mappings, policy, meters);
    Dispatcher dispatcher = deliveries.dispatcher(orders, odoo.products(), books);
    HubNights nights =
        HubNights.of(
            settings.night(), node, store, mappings, books, deliveries.reconciliation(), clock);
    FileImporting importing = new FileImporting(store, mappings, claims, outside.inbox(), clock);
    HubStatus status = status(outside, store);
    meters.watch(status);
    ConsoleApi api =
        ConsoleApi.of(
            deskPart(store, claims, recorder, outside),
            new DeliveriesPart(new Redelivery(store, mappings, outside.tickets())),
            booksPart(store, mappings, books, nights, orders),
            new SettlementsPart(
                new SettlementReports(store, mappings),
                new Withdrawal(store, mappings, outside.tickets())),
            new OpenOrdersPart(
                new OpenOrderReports(store, mappings), new WriteOffs(store, mappings, recorder)),
            new PeriodsPart(books.periods()),
            new HubPart(status, importing, FileStaging.in(outside.data())),
            new ReplayPart(new Replay(store, recorder), mappings));
    Retention retention =
        new Retention(
            store,
            claims,
            new TakenFiles(outside.data().resolve("inbox")),
            settings.retention().documents(),
            clock);
    return new Parts(
        mappings,
        recorder,
        dispatcher,
        dispatcher,
        importing,
        nights.night(),
        nights.sealer(),
        new DeskRefusals(database, store.archive(), store.desk(), mappings),
        new FeedCursors(database, store.cursors()),
        new HubProbes(settings, clock).of(database, status, nights.calendar()),
        Map.of("api", api, "retention", retention, "embeddedFile", new EmbeddedFile(database)),
        database::close);
  }

  private static DeskPart deskPart(
      Store store, ClaimChecks claims, Recorder recorder, Outside outside) {
    DeskItems items = new DeskItems(store, claims);
    return new DeskPart(
        items, new DeskWork(store, items, recorder::recordAgain, outside.tickets()));
  }

  private BooksPart booksPart(
      Store store,
      Mappings mappings,
      HubBooks books,
      HubNights nights,
      Supplier<OdooOrders> orders) {
    return new BooksPart(
        nights.night(),
        nights.calendar(),
        nights.progress(),
        books.approvals(),
        books.rejections(),
        books.sheets(),
        books.reversals(),
        new Proof(
            store, mappings, books.targets(), books.entries(), orders, nights.sealer(), clock),
        new JournalExport(store.database(), store.journal(), mappings, MOST_ENTRIES),
        clock);
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

  private static HubStatus status(Outside outside, Store store) {
    return new HubStatus(
        store.database(),
        store.backlog(),
        store.workItems(),
        store.totals(),
        store.journal(),
        store.audit(),
        outside.waiting());
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
    return DatabaseSettings.embedded(
        outside.data().resolve(DataDirectory.DATABASE), database.pool());
  }
}
