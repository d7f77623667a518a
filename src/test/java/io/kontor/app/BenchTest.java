package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.app.bench.Benchmark;
import io.kontor.app.command.Kontor;
import io.kontor.app.command.SandboxProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Benchmarks that leave something to look at: their figures say nothing here, what they did does.
 */
class BenchTest {

  @TempDir Path directory;

  @Test
  void orders_arrive_by_both_ways_and_the_report_says_how_fast() throws Exception {
    try (SandboxProcess sandbox =
        SandboxProcess.start(directory.resolve("odoo"), "sandbox", KillableHub.KEY)) {
      Path config = directory.resolve("kontor.properties");
      Files.writeString(
          config,
          """
          kontor.data=%s
          kontor.odoo.url=%s
          kontor.odoo.db=sandbox
          kontor.odoo.api-key=%s
          """
              .formatted(directory.resolve("data"), sandbox.url(), KillableHub.KEY));
      StringWriter out = new StringWriter();
      CommandLine line = commandLine();
      line.setOut(new PrintWriter(out, true));
      line.setErr(new PrintWriter(out, true));

      int code =
          line.execute(
              "bench", "odoo", "--rounds", "1", "--documents", "12", "--config", config.toString());

      assertThat(code).as(out.toString()).isZero();
      assertThat(out.toString())
          .contains("orders created by Kontor's conversation, against one by one")
          .contains("orders created and confirmed by Kontor's conversation, against one by one")
          .contains("aim: ratio at least 3.50")
          .contains("aim: ratio at least 2.50");
      // Customers, then a warm-up and a round of each kind: 12 by the product and 4 one by one.
      assertThat(orders(sandbox)).isEqualTo(50 + 4 * (12 + 4));
    }
  }

  @Test
  void a_settlement_is_measured_at_three_sizes() {
    StringWriter out = new StringWriter();
    CommandLine line = commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(out, true));

    int code =
        line.execute(
            "bench",
            "settlement",
            "--lines",
            "20000",
            "--data",
            directory.resolve("data").toString());

    assertThat(code).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains("lines imported, matched and booked", "exponent", "aim: ratio");
  }

  private static long orders(SandboxProcess sandbox) throws Exception {
    return Outcomes.count("sale.order", sandbox.url());
  }

  @Test
  void only_what_leaves_nothing_behind_is_run_without_being_named() {
    List<String> unasked =
        Benchmark.all().stream().filter(b -> !b.leavesTraces()).map(Benchmark::name).toList();
    assertThat(unasked).containsExactly("accept", "record", "settlement");
  }

  private static CommandLine commandLine() {
    Wiring wiring = new HubWiring(Clock.systemUTC());
    return Kontor.commandLine(wiring, Map.of());
  }
}
