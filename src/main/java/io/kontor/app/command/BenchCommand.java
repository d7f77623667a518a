package io.kontor.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kontor.app.bench.Benchmark;
import io.kontor.app.bench.Report;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the product beside bare loops. */
@Command(
    name = "bench",
    description = {
      "Measures the product beside bare loops, in a directory of its own that it removes.",
      "accept: webhooks; record: facts; settlement: a hundredth, a tenth and all of so many",
      "lines, once each. All three where none is named.",
      "odoo: orders into the Odoo of the settings, which stay there: name a database made for it."
    },
    mixinStandardHelpOptions = true)
final class BenchCommand extends Subcommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "BENCHMARK",
      description = "accept, record, settlement or odoo.")
  private String benchmark;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "How often each side is measured (by default ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = {"--documents", "--lines"},
      description =
          "Documents in a round (by default: accept 6000, record 4000, odoo 240); settlement: lines (1000000).")
  private Integer documents;

  BenchCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  int run(Invocation invocation) throws Exception {
    PrintWriter out = invocation.out();
    ArrayNode reports = JsonNodeFactory.instance.arrayNode();
    for (Benchmark each : chosen()) {
      Benchmark.Progress progress =
          line -> {
            if (!invocation.json()) {
              out.println("  … " + line);
              out.flush();
            }
          };
      int size = documents == null ? each.documents() : documents;
      Benchmark.Effort effort = new Benchmark.Effort(rounds, size);
      for (Report report : each.run(invocation.settings(), effort, progress)) {
        reports.add(report.json());
        if (!invocation.json()) {
          report.lines().forEach(out::println);
          out.println();
        }
      }
    }
    return invocation.print(reports, () -> {});
  }

  /** The one that is named, or all that leave nothing behind. */
  private List<Benchmark> chosen() {
    List<Benchmark> chosen =
        Benchmark.all().stream()
            .filter(b -> benchmark == null ? !b.leavesTraces() : b.name().equals(benchmark))
            .toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no benchmark '%s'; there are %s"
              .formatted(benchmark, Benchmark.all().stream().map(Benchmark::name).toList()));
    }
    return chosen;
  }
}
