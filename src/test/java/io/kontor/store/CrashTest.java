package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills a process while it commits to the embedded database. */
class CrashTest {

  private static final int PER_COMMIT = 10;

  @ParameterizedTest
  @ValueSource(ints = {20, 150, 700})
  void nothing_that_was_acknowledged_is_lost_and_nothing_is_half_there(
      int commits, @TempDir Path directory) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CommittingChild.class.getName(),
                directory.resolve("kontor").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int acknowledged = killAfter(child, commits);

    Set<String> names = new HashSet<>();
    try (Database database =
        Database.open(DatabaseSettings.embedded(directory.resolve("kontor"), 2))) {
      database.run(tx -> new Facts().stream(tx, f -> names.add(f.name().externalId())));
      database.run(tx -> new Journal().seal(tx, "nordwind", 1_000_000));
      Journal.ChainCheck check =
          database.inTransaction(tx -> new Journal().verifyChain(tx, "nordwind"));
      assertThat(check.broken()).isEmpty();
      assertThat(check.checked()).isEqualTo(names.size());
    }

    List<String> promised =
        IntStream.range(0, acknowledged * PER_COMMIT).mapToObj(String::valueOf).toList();
    assertThat(names).containsAll(promised);
    assertThat(names.size() % PER_COMMIT).isZero();
  }

  /** Reads what the child acknowledges, kills it, and reads what was still under way. */
  private static int killAfter(Process child, int commits) throws IOException {
    int acknowledged = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("acknowledged ")) {
          acknowledged = Integer.parseInt(line.substring("acknowledged ".length()));
          if (acknowledged == commits) {
            child.toHandle().destroyForcibly(); // Process itself would close the stream, too
          }
        }
      }
    }
    assertThat(acknowledged).isGreaterThanOrEqualTo(commits);
    return acknowledged;
  }

  /**
   * Records facts and entries until it is killed, and says after each commit how many there are.
   */
  static final class CommittingChild {

    private CommittingChild() {}

    public static void main(String[] arguments) {
      Store store = Store.of(Database.open(DatabaseSettings.embedded(Path.of(arguments[0]), 2)));
      for (int commit = 0; ; commit++) {
        List<String> ids =
            IntStream.range(commit * PER_COMMIT, (commit + 1) * PER_COMMIT)
                .mapToObj(String::valueOf)
                .toList();
        store
            .database()
            .run(
                tx -> {
                  store
                      .revisions()
                      .insert(
                          tx,
                          ids.stream()
                              .map(id -> Samples.fact(id, TestDatabase.START, "{}"))
                              .toList());
                  store
                      .journal()
                      .append(
                          tx,
                          ids.stream().map(id -> Samples.entry(id, Samples.DAY, "12.00")).toList());
                });
        if (commit % 2 == 0) {
          store.database().sync();
        }
        System.out.println("acknowledged " + (commit + 1));
        System.out.flush();
      }
    }
  }
}
