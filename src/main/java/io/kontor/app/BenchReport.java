package io.kontor.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kontor.app.bench.Benchmark;
import io.kontor.app.bench.Report;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The benchmarks at the command line. */
final class BenchReport {

  private BenchReport() {}

  /** Runs the named benchmark, or all that leave nothing behind, and prints what was measured. */
  static int run(
      Invocation invocation, Optional<String> benchmark, int rounds, OptionalInt documents)
      throws Exception {
    List<Benchmark> chosen =
        Benchmark.all().stream()
            .filter(b -> benchmark.map(b.name()::equals).orElse(!b.leavesTraces()))
            .toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no benchmark '%s'; there are %s"
              .formatted(
                  benchmark.orElse(""), Benchmark.all().stream().map(Benchmark::name).toList()));
    }
    PrintWriter out = invocation.out();
    ArrayNode reports = JsonNodeFactory.instance.arrayNode();
    for (Benchmark each : chosen) {
      Benchmark.Progress progress =
          line -> {
            if (!invocation.json()) {
              out.println("  … " + line);
              out.flush();
            }
          };
      Benchmark.Effort effort = new Benchmark.Effort(rounds, documents.orElse(each.documents()));
      for (Report report : each.run(invocation.settings(), effort, progress)) {
        reports.add(report.json());
        if (!invocation.json()) {
          report.lines().forEach(out::println);
          out.println();
        }
      }
    }
    return HubCommands.print(invocation, reports, () -> {});
  }
}
