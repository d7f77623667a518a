package io.kontor.app.bench;

import io.kontor.app.HubWiring;
import io.kontor.app.Parts;
import io.kontor.app.Secret;
import io.kontor.app.Settings;
import io.kontor.app.Wiring;
import io.kontor.app.bench.Report.Round;
import io.kontor.document.RawDocument;
import io.kontor.failure.TransientFailure;
import io.kontor.sales.OrderKey;
import io.kontor.store.BareInserts;
import io.kontor.store.Database;
import io.kontor.store.DatabaseSettings;
import io.kontor.store.ScratchSchema;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Facts recorded, from raw documents to rows that are safe on the disk, by as many threads as the
 * hub would use; against a bare loop that inserts the same rows in the same batches on as many
 * threads.
 */
public final class RecordBenchmark implements Benchmark {

  private static final double AIM = 0.5;
  private static final double AIMED_FACTS = 2_000;

  /** Until both sides are compiled: recording is a lot of code, and gets faster for this long. */
  private static final int WARM_UPS = 10;

  private final ShopifyOrders orders = new ShopifyOrders();

  @Override
  public String name() {
    return "record";
  }

  @Override
  public int documents() {
    return 4_000;
  }

  @Override
  public List<Report> run(Settings base, Effort effort, Progress say) throws Exception {
    List<Report> reports = new ArrayList<>();
    try (Scratch scratch = new Scratch()) {
      Settings settings = scratch.settings(base, Secret.NONE);
      reports.add(
          run(
              settings,
              DatabaseSettings.embedded(
                  settings.data().resolve("database"), settings.database().pool()),
              DatabaseSettings.embedded(scratch.path("bare"), 2),
              "H2, embedded, CHECKPOINT SYNC after each batch",
              effort,
              say));
    }
    if (!base.database().embedded()) {
      reports.add(onPostgres(base, effort, say));
    }
    return reports;
  }

  private Report onPostgres(Settings base, Effort effort, Progress say) throws Exception {
    Settings.Database given = base.database();
    DatabaseSettings within =
        new DatabaseSettings(given.url(), given.user(), given.password().reveal(), given.pool());
    String name = "kontor_bench_" + ProcessHandle.current().pid();
    try (Scratch scratch = new Scratch();
        ScratchSchema product = new ScratchSchema(within, name);
        ScratchSchema bare = new ScratchSchema(within, name + "_bare")) {
      Settings settings =
          scratch.settings(
              base,
              Secret.NONE,
              new Settings.Database(
                  product.settings().url(), given.user(), given.password(), given.pool()));
      return run(
          settings, product.settings(), bare.settings(), "PostgreSQL, synced commits", effort, say);
    }
  }

  private Report run(
      Settings settings,
      DatabaseSettings product,
      DatabaseSettings bare,
      String database,
      Effort effort,
      Progress say)
      throws Exception {
    int threads = settings.inbox().consumers();
    List<Round> rounds = new ArrayList<>();
    Parts parts = new HubWiring(Clock.systemUTC()).wire(settings, outside(settings));
    // Opening it makes its tables; the bare loop then speaks to it by itself.
    Database.open(bare).close();
    try (Database read = Database.open(product)) {
      for (int round = 1 - WARM_UPS; round <= effort.rounds(); round++) {
        long first = (long) (round + WARM_UPS) * effort.documents();
        Batches batches =
            new Batches(orders.documents(first, effort.documents()), settings.inbox().batch());
        double recording =
            Together.seconds(threads, thread -> () -> batches.each(parts.recording()::record));
        BareInserts.Rows rows =
            read.inTransaction(
                tx ->
                    BareInserts.rows(
                        tx, key(parts, first), key(parts, first + effort.documents())));
        double inserting = insert(bare, rows, batches.count(), threads);
        long facts = rows.count("fact");
        if (facts != (long) effort.documents() * ShopifyOrders.FACTS) {
          throw new IllegalStateException("%d facts were recorded".formatted(facts));
        }
        if (round > 0) {
          rounds.add(new Round(facts / recording, facts / inserting));
        }
        say.say(
            "%s: %.0f facts/s, bare %.0f facts/s"
                .formatted(
                    round > 0 ? "round " + round : "warming up",
                    facts / recording,
                    facts / inserting));
        if (round == effort.rounds()) {
          return report(settings, effort, database, rows, rounds);
        }
      }
    } finally {
      parts.closing().run();
    }
    throw new IllegalArgumentException("there must be at least one round");
  }

  private static OrderKey key(Parts parts, long number) {
    return new OrderKey(
        parts.mappings().channels().get(ShopifyOrders.CHANNEL).entity(),
        ShopifyOrders.CHANNEL,
        ShopifyOrders.id(number));
  }

  /** A hub around the recording in which nothing else happens. */
  private static Wiring.Outside outside(Settings settings) {
    return new Wiring.Outside(
        settings.data(),
        document -> {},
        () -> 0,
        consequence -> {},
        request -> {
          throw new TransientFailure("no-odoo", request.path(), "there is no Odoo here");
        },
        new SimpleMeterRegistry());
  }

  private static double insert(
      DatabaseSettings database, BareInserts.Rows rows, int batches, int threads) throws Exception {
    AtomicInteger taken = new AtomicInteger();
    List<BareInserts> open = new ArrayList<>();
    try {
      return Together.seconds(
          threads,
          thread -> {
            BareInserts loop = BareInserts.open(database);
            open.add(loop);
            loop.prepare(rows);
            return () -> {
              for (int i = taken.getAndIncrement(); i < batches; i = taken.getAndIncrement()) {
                loop.insert(rows, i, batches);
              }
            };
          });
    } finally {
      open.forEach(BareInserts::close);
    }
  }

  private Report report(
      Settings settings,
      Effort effort,
      String database,
      BareInserts.Rows rows,
      List<Round> rounds) {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("database", database);
    conditions.put(
        "documents",
        "%d a round, %d bytes each, in batches of %d by %d threads"
            .formatted(
                effort.documents(),
                orders.body(0).length,
                settings.inbox().batch(),
                settings.inbox().consumers()));
    conditions.put(
        "rows",
        "%d facts and %d rows a round in %d tables"
            .formatted(rows.count("fact"), rows.total(), rows.byTable().size()));
    conditions.put("warmed up", WARM_UPS + " rounds");
    conditions.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    return new Report(
        name(),
        "facts recorded (translated, validated, posted), against bare inserts of the same rows",
        conditions,
        "facts/s",
        "bare facts/s",
        rounds,
        AIM,
        OptionalDouble.of(AIMED_FACTS));
  }

  /** Documents in batches, which threads take one after the other. */
  private static final class Batches {

    private final List<List<RawDocument>> batches = new ArrayList<>();
    private final AtomicInteger taken = new AtomicInteger();

    Batches(List<RawDocument> documents, int size) {
      for (int from = 0; from < documents.size(); from += size) {
        batches.add(documents.subList(from, Math.min(from + size, documents.size())));
      }
    }

    int count() {
      return batches.size();
    }

    void each(Consumer<List<RawDocument>> take) {
      for (int i = taken.getAndIncrement(); i < batches.size(); i = taken.getAndIncrement()) {
        take.accept(batches.get(i));
      }
    }
  }
}
