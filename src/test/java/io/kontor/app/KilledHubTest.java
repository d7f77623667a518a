package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.failure.FaultPoint;
import io.kontor.sandbox.day.SampleDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
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

  @TempDir static Path directory;

  private static SortedMap<String, String> undisturbed;

  @BeforeAll
  static void anUndisturbedRun() throws Exception {
    try (RunUnderFire run = new RunUnderFire(directory.resolve("undisturbed"), Map.of())) {
      run.hub().start("");
      run.hub().awaitUp();
      run.day().send(PartOfADay.documents());
      run.finish();
      undisturbed = run.outcomes();
    }
    RunUnderFire.say("undisturbed: " + undisturbed.size() + " lines to compare");
  }

  @Test
  void killed_at_every_named_point_it_leaves_what_an_undisturbed_one_leaves() throws Exception {
    try (RunUnderFire run = new RunUnderFire(directory.resolve("named"), Map.of())) {
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
        run.day().send(portions.get(next++));
        run.haltAt(point, 1);
      }
      for (int call : List.of(3, 6, 9, 12, 15)) {
        run.day().send(portions.get(next++));
        run.haltAt(FaultPoint.AFTER_TARGET_APPLIED, call);
      }
      while (next < portions.size()) {
        run.day().send(portions.get(next++));
      }
      run.hub().start("");
      run.day().awaitAnswers();
      run.day().awaitQuiet();
      run.hub().kill();
      run.hub().start("");
      run.day().settle();
      run.day().awaitAnswers();
      run.hub().kill();
      run.day().approve();
      run.haltAt(FaultPoint.AFTER_APPROVAL, 1);
      run.haltAt(FaultPoint.AFTER_SENDING, 1);
      for (int call : List.of(4, 8)) {
        run.haltAt(FaultPoint.AFTER_TARGET_APPLIED, call);
      }
      run.hub().start("");
      run.finish();
      assertThat(run.differences(undisturbed)).as("what differs").isEmpty();
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
    RunUnderFire.say("random kills with -Dkontor.crash.seed=" + seed);
    Random random = new Random(seed);
    try (RunUnderFire run = new RunUnderFire(directory.resolve("random-" + seed), Map.of())) {
      for (List<SampleDocument> portion : portions(PORTIONS_AT_RANDOM)) {
        run.day().send(portion);
        run.liveAndDie(random, 2_500);
      }
      run.hub().start("");
      run.day().awaitAnswers();
      run.day().awaitQuiet();
      run.hub().kill();
      run.day().settle();
      for (int i = 0; i < KILLS_IN_THE_NIGHT; i++) {
        run.liveAndDie(random, 400);
      }
      run.hub().start("");
      run.day().awaitAnswers();
      run.hub().kill();
      run.day().approve();
      for (int i = 0; i < KILLS_IN_POSTING; i++) {
        run.liveAndDie(random, 1_500);
      }
      run.hub().start("");
      run.finish();
      assertThat(run.differences(undisturbed)).as("what differs with seed " + seed).isEmpty();
    }
  }

  private static List<List<SampleDocument>> portions(int count) {
    List<SampleDocument> all = PartOfADay.documents();
    List<List<SampleDocument>> portions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      portions.add(all.subList(all.size() * i / count, all.size() * (i + 1) / count));
    }
    return portions;
  }
}
