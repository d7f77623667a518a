package io.kontor.app.bench;

import io.kontor.app.HubWiring;
import io.kontor.app.Parts;
import io.kontor.app.Secret;
import io.kontor.app.Settings;
import io.kontor.app.Wiring;
import io.kontor.app.bench.Report.Round;
import io.kontor.document.RawDocument;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Consequence;
import io.kontor.store.BareSettlement;
import io.kontor.store.Database;
import io.kontor.store.DatabaseSettings;
import io.kontor.store.ScratchSchema;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementLines;
import io.kontor.store.Settlements;
import io.kontor.store.Store;
import io.kontor.work.Actor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A settlement from its file to its balanced entries, every order matched with the ledger; against
 * a bare insert of the same lines in batches and one join in SQL. Three sizes, each ten times the
 * one before, in a database of its own.
 */
public final class SettlementBenchmark implements Benchmark {

  /** The product may take twice the time. */
  private static final double AIM = 0.5;

  private static final int SEED = 7;
  private static final String CHANNEL = "amazon";
  private static final int WARM_UP = 10_000;

  @Override
  public String name() {
    return "settlement";
  }

  @Override
  public int documents() {
    return 1_000_000;
  }

  private record Measured(long lines, double product, double bare, long memory) {}

  @Override
  public List<Report> run(Settings base, Effort effort, Progress say) throws Exception {
    List<Report> reports = new ArrayList<>();
    reports.add(report("H2, embedded", effort, say, Optional.empty(), base));
    if (!base.database().embedded()) {
      reports.add(report("PostgreSQL", effort, say, Optional.of(base.database()), base));
    }
    return reports;
  }

  private Report report(
      String database,
      Effort effort,
      Progress say,
      Optional<Settings.Database> postgres,
      Settings base)
      throws Exception {
    measure(base, postgres, WARM_UP);
    List<Measured> all = new ArrayList<>();
    for (int part : new int[] {100, 10, 1}) {
      Measured one = measure(base, postgres, Math.max(100, effort.documents() / part));
      all.add(one);
      say.say(
          "%s, %d lines: %.2f s, bare %.2f s"
              .formatted(database, one.lines, one.product, one.bare));
    }
    Measured middle = all.get(1);
    Measured last = all.get(2);
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("database", database);
    for (Measured one : all) {
      conditions.put(
          one.lines + " lines",
          "%.2f s, bare %.2f s; %d MB alive at most"
              .formatted(one.product, one.bare, one.memory >> 20));
    }
    conditions.put(
        "growth",
        "exponent %.2f from the second to the third (aim: at most 1.05)"
            .formatted(
                Math.log(last.product / middle.product)
                    / Math.log((double) last.lines / middle.lines)));
    conditions.put("heap", (Runtime.getRuntime().maxMemory() >> 20) + " MB");
    return new Report(
        name(),
        "lines imported, matched and booked, against bare inserts of them and one join",
        conditions,
        "lines/s",
        "bare lines/s",
        all.stream().map(m -> new Round(m.lines / m.product, m.lines / m.bare)).toList(),
        AIM,
        OptionalDouble.empty());
  }

  private static Measured measure(Settings base, Optional<Settings.Database> postgres, long lines)
      throws Exception {
    try (Scratch scratch = new Scratch()) {
      if (postgres.isEmpty()) {
        Settings settings = scratch.settings(base, Secret.NONE);
        Path file = settings.data().resolve("database");
        return measure(scratch, settings, DatabaseSettings.embedded(file, 4), lines);
      }
      Settings.Database given = postgres.get();
      DatabaseSettings within =
          new DatabaseSettings(given.url(), given.user(), given.password().reveal(), given.pool());
      String name = "kontor_settled_" + ProcessHandle.current().pid();
      try (ScratchSchema schema = new ScratchSchema(within, name)) {
        Settings.Database inside =
            new Settings.Database(
                schema.settings().url(), given.user(), given.password(), given.pool());
        Settings settings = scratch.settings(base, Secret.NONE, inside);
        return measure(scratch, settings, schema.settings(), lines);
      }
    }
  }

  private static Measured measure(
      Scratch scratch, Settings settings, DatabaseSettings database, long lines) throws Exception {
    GeneratedSettlement generated = new GeneratedSettlement(SEED, lines, 0);
    Path file = scratch.path("settlement.txt");
    long written = generated.write(file);
    List<RawDocument> inbox = new ArrayList<>();
    Parts parts = new HubWiring(Clock.systemUTC()).wire(settings, outside(settings, inbox));
    try (Database beside = Database.open(database)) {
      String entity = parts.mappings().channels().get(CHANNEL).entity();
      new GeneratedLedger(generated, parts.mappings(), CHANNEL).record(Store.of(beside));
      memoryPools().forEach(MemoryPoolMXBean::resetPeakUsage);
      long began = System.nanoTime();
      parts.importing().accept(CHANNEL, "settlement", file, Actor.HUB);
      parts.recording().record(inbox);
      while (parts.delivering().deliverDue(Consequence.RECONCILE) > 0) {
        // there is one
      }
      double product = (System.nanoTime() - began) / 1e9;
      long memory = alive();
      Settlement settlement =
          beside.inTransaction(tx -> new Settlements().list(tx, entity, 1)).stream()
              .filter(one -> !one.state().equals("imported"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("the settlement is not booked"));
      BareSettlement.prepare(beside);
      double bare = BareSettlement.seconds(beside, database, settlement, new SettlementLines());
      return new Measured(written, product, bare, memory);
    } finally {
      parts.closing().run();
    }
  }

  /** What was alive after collections, where the collector says it. */
  private static long alive() {
    return memoryPools().stream()
        .filter(pool -> pool.getCollectionUsage() != null)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }

  private static List<MemoryPoolMXBean> memoryPools() {
    return ManagementFactory.getMemoryPoolMXBeans();
  }

  private static Wiring.Outside outside(Settings settings, List<RawDocument> inbox) {
    return new Wiring.Outside(
        settings.data(),
        inbox::add,
        () -> 0,
        consequence -> {},
        request -> {
          throw new TransientFailure("no-odoo", request.path(), "there is no Odoo here");
        },
        new SimpleMeterRegistry());
  }
}
