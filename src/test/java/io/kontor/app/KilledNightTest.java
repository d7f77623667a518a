package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.Folders;
import io.kontor.app.bench.GeneratedLedger;
import io.kontor.app.bench.GeneratedSettlement;
import io.kontor.failure.FaultPoint;
import io.kontor.mapping.MappingsReader;
import io.kontor.store.Database;
import io.kontor.store.DatabaseSettings;
import io.kontor.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night with one large settlement, whose orders are in the ledger: it comes as a file, is matched
 * and booked, its batch is approved and posted to Odoo and to the file books. The hub is killed in
 * the middle of each step, and what is left in the end is what an undisturbed hub leaves.
 *
 * <p>{@code -Dkontor.night.lines=100000 -Dkontor.crash=true} kills a long night at random too,
 * {@code -Dkontor.crash.seed} repeats it.
 */
class KilledNightTest {

  private static final long LINES = Long.getLong("kontor.night.lines", 10_000);
  private static final int KILLS_IN_MATCHING = 9;
  private static final int KILLS_IN_PROPOSING = 4;
  private static final int KILLS_IN_POSTING = 7;
  private static final String CHANNEL = "amazon";

  @TempDir static Path directory;

  private static final GeneratedSettlement GENERATED = new GeneratedSettlement(7, LINES, 0);

  private static Path settlement;
  private static SortedMap<String, String> undisturbed;
  private static int matching;
  private static int proposing;
  private static int posting;

  @BeforeAll
  static void anUndisturbedNight() throws Exception {
    settlement = directory.resolve("settlement.txt");
    long lines = GENERATED.write(settlement);
    Path mappings = Folders.copy(Path.of("mappings"), directory.resolve("mappings"));
    Files.writeString(
        mappings.resolve("channels/amazon/rate-card.csv"), GeneratedSettlement.RATE_CARD);
    Files.writeString(
        mappings.resolve("channels/amazon/settlement-taxes.csv"),
        "marketplace,country,rate,scheme\nAmazon.com,us-ky,6,domestic\n");
    // Orders go to Odoo in a night of their own.
    Files.writeString(
        mappings.resolve("consequences.yaml"),
        "marketplace:\n  settlement-received: [reconcile]\n");
    Path ledger = Files.createDirectories(directory.resolve("ledger"));
    try (Database database =
        Database.open(DatabaseSettings.embedded(ledger.resolve("database"), 2))) {
      new GeneratedLedger(GENERATED, MappingsReader.read(mappings), CHANNEL)
          .record(Store.of(database));
    }
    try (RunUnderFire run = run("undisturbed")) {
      run.hub().start("");
      run.hub().awaitUp();
      long began = System.nanoTime();
      run.day().drop(CHANNEL, "settlement", settlement);
      run.day().awaitQuiet();
      matching = millisSince(began);
      run.day().settle();
      run.day().awaitAnswers();
      proposing = millisSince(began) - matching;
      run.day().approve();
      run.day().awaitAnswers();
      run.day().awaitQuiet();
      posting = millisSince(began) - matching - proposing;
      run.finish();
      undisturbed = run.outcomes();
    }
    assertThat(undisturbed.keySet().stream().filter(line -> line.startsWith("settlement | ")))
        .singleElement()
        .asString()
        .startsWith("settlement | 17000000001 | booked");
    RunUnderFire.say(
        "undisturbed: %d lines in a settlement; matched in %d ms, proposed in %d ms, posted in %d ms"
            .formatted(lines, matching, proposing, posting));
  }

  @Test
  void killed_at_every_named_point_it_leaves_what_an_undisturbed_one_leaves() throws Exception {
    try (RunUnderFire run = run("named")) {
      run.day().drop(CHANNEL, "settlement", settlement);
      run.haltAt(FaultPoint.AFTER_ACCEPT, 1);
      run.haltAt(FaultPoint.BEFORE_DATABASE_COMMIT, 1);
      run.haltAt(FaultPoint.AFTER_DATABASE_COMMIT, 1);
      run.haltAt(FaultPoint.BEFORE_DATABASE_COMMIT, 1);
      run.haltAt(FaultPoint.AFTER_DATABASE_COMMIT, 1);
      run.day().settle();
      run.hub().start("");
      run.day().awaitAnswers();
      run.hub().kill();
      run.day().approve();
      run.haltAt(FaultPoint.AFTER_APPROVAL, 1);
      run.haltAt(FaultPoint.AFTER_SENDING, 1);
      run.haltAt(FaultPoint.AFTER_TARGET_APPLIED, 3);
      run.haltAt(FaultPoint.AFTER_TARGET_APPLIED, 5);
      run.hub().start("");
      run.finish();
      assertThat(run.differences(undisturbed)).as("what differs").isEmpty();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "kontor.crash", matches = "true")
  void killed_at_random_moments_it_leaves_what_an_undisturbed_one_leaves() throws Exception {
    long seed = Long.getLong("kontor.crash.seed", System.nanoTime());
    RunUnderFire.say("random kills with -Dkontor.crash.seed=" + seed);
    Random random = new Random(seed);
    try (RunUnderFire run = run("random")) {
      run.day().drop(CHANNEL, "settlement", settlement);
      for (int i = 0; i < KILLS_IN_MATCHING; i++) {
        run.liveAndDie(random, matching);
      }
      run.hub().start("");
      run.hub().awaitUp();
      run.day().awaitQuiet();
      run.hub().kill();
      run.day().settle();
      for (int i = 0; i < KILLS_IN_PROPOSING; i++) {
        run.liveAndDie(random, proposing);
      }
      run.hub().start("");
      run.day().awaitAnswers();
      run.hub().kill();
      run.day().approve();
      for (int i = 0; i < KILLS_IN_POSTING; i++) {
        run.liveAndDie(random, posting);
      }
      run.hub().start("");
      run.finish();
      assertThat(run.differences(undisturbed)).as("what differs with seed " + seed).isEmpty();
    }
  }

  private static int millisSince(long began) {
    return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  /** A run whose ledger has the orders that the settlement settles. */
  private static RunUnderFire run(String name) throws Exception {
    Path home = directory.resolve(name);
    Files.createDirectories(home);
    Folders.copy(directory.resolve("ledger"), home.resolve("data"));
    return new RunUnderFire(
        home, Map.of("kontor.mappings", directory.resolve("mappings").toString()));
  }
}
