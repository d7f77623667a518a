package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.app.command.SandboxProcess;
import io.kontor.failure.FaultPoint;
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

/**
 * A hub that is killed and started again, with a sandbox Odoo and a working day of its own. Says
 * what happens to it, for whoever has to find out what went wrong.
 */
final class RunUnderFire implements AutoCloseable {

  private static final Duration LONG = Duration.ofSeconds(90);
  private static final long BEGAN = System.nanoTime();

  private final SandboxProcess sandbox;
  private final HubUnderFire hub;
  private final WorkingDay day;

  /**
   * @param home an own folder; its {@code data} is the hub's, which may begin with something
   * @param settings beside the ones that every such hub has
   */
  RunUnderFire(Path home, Map<String, String> settings) throws Exception {
    sandbox = SandboxProcess.start(home.resolve("odoo"), "sandbox", KillableHub.KEY);
    new OdooOverHttp(sandbox.url()).prepareSampleDay();
    hub = new HubUnderFire(Files.createDirectories(home.resolve("data")), sandbox.url(), settings);
    day = new WorkingDay(hub, night());
  }

  static void say(String what) {
    System.out.printf(
        "[%6.1f s] %s%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - BEGAN) / 1e3, what);
  }

  HubUnderFire hub() {
    return hub;
  }

  WorkingDay day() {
    return day;
  }

  /** Starts the hub and lets it work until it halts at the point. */
  void haltAt(FaultPoint point, int time) throws Exception {
    hub.start(point.name() + ":" + time);
    Optional<Integer> exit = hub.awaitHalt(LONG);
    assertThat(exit).as("%s was not reached %d times", point, time).contains(FaultPoint.EXIT_CODE);
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

  /** The night takes whatever is dated up to then; some documents are dated when they come. */
  private static LocalDate night() {
    return LocalDate.now(ZoneOffset.UTC).plusDays(1);
  }

  /** What is not as undisturbed, a line each, printed too: a long message is cut. */
  List<String> differences(SortedMap<String, String> undisturbed) throws Exception {
    SortedMap<String, String> outcomes = outcomes();
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
    differences.forEach(RunUnderFire::say);
    return differences;
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
