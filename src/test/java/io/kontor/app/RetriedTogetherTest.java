package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.command.Kontor;
import io.kontor.sandbox.day.SampleDay;
import io.kontor.sandbox.day.SampleDocument;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What one cause has stopped goes on by one command, once a person has mended the cause. */
class RetriedTogetherTest {

  private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
  private static final int ORDERS = 3;

  @TempDir private Path home;

  @Test
  void all_orders_that_wait_for_products_go_out_together() throws Exception {
    try (HubAndOdoo hub = HubAndOdoo.start(home, List.of(), List.of(), Map.of())) {
      List<SampleDocument> orders =
          SampleDay.generate(1, LocalDate.of(2026, 11, 23)).documents().stream()
              .filter(document -> document.channel().equals("shopify-eu"))
              .filter(document -> document.document().equals("orders"))
              .limit(ORDERS)
              .toList();
      for (SampleDocument order : orders) {
        hub.take(order.channel(), order.document(), order.body());
      }
      hub.awaitQuiet();
      List<JsonNode> waiting = hub.items("shopify-eu");
      assertThat(waiting).isNotEmpty();
      StringWriter out = new StringWriter();

      assertThat(retryAll(hub, out)).isEqualTo(1);
      assertThat(out.toString()).contains("stillWaiting   " + waiting.size());

      hub.makeProducts(
          waiting.stream()
              .flatMap(item -> QUOTED.matcher(item.path("message").asText()).results())
              .map(result -> result.group(1))
              .distinct()
              .toList());
      out.getBuffer().setLength(0);
      assertThat(retryAll(hub, out)).as(out.toString()).isZero();
      assertThat(out.toString()).contains("retried        " + waiting.size(), "stillWaiting   0");
      assertThat(hub.odoo().read("sale.order", "client_order_ref")).hasSize(waiting.size());
    }
  }

  private static int retryAll(HubAndOdoo hub, StringWriter out) {
    HubWiring wiring = new HubWiring(Clock.systemUTC());
    CommandLine line = Kontor.commandLine(wiring, Map.of());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(out, true));
    return line.execute("desk", "retry", "--code", "unknown-sku", "--data", hub.data().toString());
  }
}
