package io.kontor.app.bench;

import io.kontor.app.Settings;
import java.util.List;

/** Something that can be measured. */
public sealed interface Benchmark
    permits AcceptBenchmark, RecordBenchmark, SettlementBenchmark, OdooBenchmark {

  /** The word for it on the command line. */
  String name();

  /** How many documents a round has where nobody says it. */
  int documents();

  /** Whether it leaves something behind, and so is run only where it is named. */
  default boolean leavesTraces() {
    return false;
  }

  /**
   * Measures. What it writes it writes into a directory (on PostgreSQL: a schema) of its own, which
   * it removes, if it does not say {@link #leavesTraces otherwise}.
   *
   * @param settings what the hub would run with; its data directory is not touched
   * @param say is told what is going on
   * @return one report, or one for each kind of database
   */
  List<Report> run(Settings settings, Effort effort, Progress say) throws Exception;

  /** All of them, in the order of a document's journey. */
  static List<Benchmark> all() {
    return List.of(
        new AcceptBenchmark(),
        new RecordBenchmark(),
        new SettlementBenchmark(),
        new OdooBenchmark());
  }

  /**
   * How much is done.
   *
   * @param rounds how often each side is measured
   * @param documents how many documents a round has
   */
  record Effort(int rounds, int documents) {

    public Effort {
      if (rounds < 1 || documents < 1) {
        throw new IllegalArgumentException("there must be at least one round and one document");
      }
    }
  }

  /** Takes a line about what is going on. */
  @FunctionalInterface
  interface Progress {
    void say(String line);
  }
}
