package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.failure.FaultPoint;
import io.kontor.sandbox.day.SampleDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A part of a trading day, its night, the approval and the posting, done by a hub that is killed
 * (SIGKILL, or halted at a named point) and started again on the same data, over and over; the
 * sandbox Odoo lives on. What is left in the end is what an undisturbed hub leaves.
 *
 * <p>Random kills take minutes, so they run where they are asked for: {@code mvn test
 * -Dtest=KilledHubTest -Dkontor.crash=true}.
 *
 * <p>{@code -Dkontor.crash.seed} repeats a run of random kills, {@code -Dkontor.crash.rounds} asks
 * for more of them.
 */
class KilledHubTest {

  private static final int PORTIONS_AT_RANDOM = 12;
  private static final int KILLS_IN_THE_NIGHT = 3;
  private static final int KILLS_IN_POSTING = 5;
  private static final Duration LONG = Duration.ofSeconds(90);

  /** The night takes whatever is dated up to then; some documents are dated when they come. */
  private static LocalDate night() {
    return LocalDate.now(ZoneOffset.UTC).plusDays(1);
  }

  @TempDir static Path directory;

  private static SortedMap<String, String> undisturbed;

  private static long began;

  private static void say(String what) {
    System.out.printf(
        "[%6.1f s] %s%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 1e3, what);
  }

  @BeforeAll
  static void anUndisturbedRun() throws Exception {
    began = System.nanoTime();
    try (Run run = new Run("undisturbed")) {
      run.hub.start("");
      run.hub.awaitUp();
      say("up");
      run.day.send(PartOfADay.documents());
      run.finish();
      undisturbed = run.outcomes();
    }
    say("undisturbed: " + undisturbed.size() + " lines to compare");
  }

  @Test
  void killed_at_every_named_point_it_leaves_what_an_undisturbed_one_leaves() throws Exception {
    try (Run run = new Run("named")) {
      List<List<SampleDocument>> portions = portions(13);
      int next = 0;
      for (FaultPoint point :
          List.of(
              FaultPoint.AFTER_ACCEPT,
              FaultPoint.BEFORE_DATABASE_COMMIT,
              FaultPoint.AFTER_DATABASE_COMMIT,
              FaultPoint.BEFORE_BROKER_ACKNOWLEDGE,
              FaultPoint.AFTER_BROKER_ACKNOWLEDGE,
              FaultPoint.AFTER_SENDING)) {
        run.day.send(portions.get(next++));
        run.haltAt(point, 1);
      }
      for (int call : List.of(3, 6, 9, 12, 15)) {
        run.day.send(portions.get(next++));
        run.haltAt(FaultPoint.AFTER_TARGET_APPLIED, call);
      }
      while (next < portions.size()) {
        run.day.send(portions.get(next++));
      }
      run.hub.start("");
      run.day.awaitAnswers();
      run.day.awaitQuiet();
      run.hub.kill();
      run.hub.start("");
      run.day.settle();
      run.day.awaitAnswers();
      run.hub.kill();
      run.day.approve();
      run.haltAt(FaultPoint.AFTER_APPROVAL, 1);
      run.haltAt(FaultPoint.AFTER_SENDING, 1);
      for (int call : List.of(4, 8)) {
        run.haltAt(FaultPoint.AFTER_TARGET_APPLIED, call);
      }
      run.hub.start("");
      run.finish();
      assertThat(differences(run.outcomes())).as("what differs").isEmpty();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "kontor.crash", matches = "true")
  void killed_at_random_moments_it_leaves_what_an_undisturbed_one_leaves() throws Exception {
    long seed = Long.getLong("kontor.crash.seed", System.nanoTime());
    for (int round = 0; round < Integer.getInteger("kontor.crash.rounds", 1); round++) {
      killAtRandom(seed + round);
    }
  }

  private void killAtRandom(long seed) throws Exception {
    say("random kills with -Dkontor.crash.seed=" + seed);
    Random random = new Random(seed);
    try (Run run = new Run("random-" + seed)) {
      for (List<SampleDocument> portion : portions(PORTIONS_AT_RANDOM)) {
        run.day.send(portion);
        run.liveAndDie(random, 2_500);
      }
      run.hub.start("");
      run.day.awaitAnswers();
      run.day.awaitQuiet();
      run.hub.kill();
      run.day.settle();
      for (int i = 0; i < KILLS_IN_THE_NIGHT; i++) {
        run.liveAndDie(random, 400);
      }
      run.hub.start("");
      run.day.awaitAnswers();
      run.hub.kill();
      run.day.approve();
      for (int i = 0; i < KILLS_IN_POSTING; i++) {
        run.liveAndDie(random, 1_500);
      }
      run.hub.start("");
      run.finish();
      assertThat(differences(run.outcomes())).as("what differs with seed " + seed).isEmpty();
    }
  }

  /** What is not as undisturbed, a line each, printed too: a long message is cut. */
  private static List<String> differences(SortedMap<String, String> outcomes) {
    SortedSet<String> names = new TreeSet<>(undisturbed.keySet());
    names.addAll(outcomes.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String expected = undisturbed.getOrDefault(name, "nothing");
      String actual = outcomes.getOrDefault(name, "nothing");
      if (!expected.equals(actual)) {
        differences.add(
            "%s%n  undisturbed: %s%n  killed:      %s".formatted(name, expected, actual));
      }
    }
    differences.forEach(KilledHubTest::say);
    return differences;
  }

  private static List<List<SampleDocument>> portions(int count) {
    List<SampleDocument> all = PartOfADay.documents();
    List<List<SampleDocument>> portions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      portions.add(all.subList(all.size() * i / count, all.size() * (i + 1) / count));
    }
    return portions;
  }

  /** A hub, a sandbox Odoo and a day of their own. */
  private static final class Run implements AutoCloseable {

    private final SandboxProcess sandbox;
    private final HubUnderFire hub;
    private final WorkingDay day;

    Run(String name) throws Exception {
      Path home = Files.createDirectories(directory.resolve(name));
      sandbox = SandboxProcess.start(home.resolve("odoo"), "sandbox", KillableHub.KEY);
      new OdooOverHttp(sandbox.url()).prepareSampleDay();
      hub = new HubUnderFire(Files.createDirectories(home.resolve("data")), sandbox.url());
      day = new WorkingDay(hub, night());
    }

    /** Starts the hub and lets it work until it halts at the point. */
    void haltAt(FaultPoint point, int time) throws Exception {
      hub.start(point.name() + ":" + time);
      Optional<Integer> exit = hub.awaitHalt(LONG);
      assertThat(exit)
          .as("%s was not reached %d times", point, time)
          .contains(FaultPoint.EXIT_CODE);
      say("halted at " + point + " (" + time + ")");
    }

    /** Kills the hub while it starts, or within so many milliseconds of being up. */
    void liveAndDie(Random random, int millis) throws Exception {
      hub.start("");
      boolean starting = random.nextInt(5) == 0;
      int moment = random.nextInt(millis);
      if (!starting) {
        hub.awaitUp();
      }
      // Not a wait for something: this is how long the hub lives.
      hub.awaitHalt(Duration.ofMillis(moment));
      hub.kill();
      say("killed %d ms after it was %s".formatted(moment, starting ? "started" : "up"));
    }

    /** Lets the living hub do whatever is left. */
    void finish() throws Exception {
      day.awaitAnswers();
      say("sent");
      day.awaitQuiet();
      say("delivered");
      day.settle();
      day.awaitAnswers();
      say("settled");
      day.approve();
      day.awaitAnswers();
      day.awaitQuiet();
      say("posted");
      assertThat(hub.client(KillableHub.MAKER).get("tie-out", Map.of()).path("breaks")).isEmpty();
      hub.stop();
    }

    SortedMap<String, String> outcomes() throws Exception {
      return Outcomes.of(hub.data(), sandbox.url());
    }

    @Override
    public void close() {
      day.close();
      hub.close();
      sandbox.close();
    }
  }
}
