package io.kontor.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed has lost nothing that it answered. */
class DurabilityTest {

  private static final String READY = "sandbox Odoo listening on ";

  @TempDir Path directory;

  private record Running(Process process, Wire wire) {

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  private Running launch() throws IOException {
    return launch("0");
  }

  private Running launch(String port) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SandboxOdoo.class.getName(),
                "--port",
                port,
                "--data",
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    assertThat(line).startsWith(READY);
    return new Running(process, new Wire(URI.create(line.substring(READY.length()))));
  }

  @Test
  void killed_between_requests_it_still_knows_all_it_answered() throws Exception {
    for (int round = 1; round <= 3; round++) {
      Running running = launch();
      for (int index = 0; index < 20; index++) {
        running.wire().ok("res.partner", "load", customer(round, index));
      }
      running.kill();
    }
    Running last = launch();
    assertThat(
            last.wire()
                .ok("res.partner", "search_count", "{'domain':[['name','=','Customer']]}")
                .asInt())
        .isEqualTo(60);
    assertThat(
            last.wire()
                .ok("ir.model.data", "search_count", "{'domain':[['module','=','kontor']]}")
                .asInt())
        .isEqualTo(60);
    last.kill();
  }

  @Test
  void killed_amid_requests_it_has_lost_none_it_answered_and_comes_back_on_its_port()
      throws Exception {
    Running running = launch();
    AtomicInteger answered = new AtomicInteger();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int index = 0; index < 10_000; index++) {
                running.wire().ok("res.partner", "load", customer(0, index));
                answered.incrementAndGet();
              }
            });
    await().until(() -> answered.get() > 50);
    running.kill();
    assertThat(writer).completesExceptionallyWithin(Duration.ofSeconds(10));
    Running again = launch(String.valueOf(running.wire().port()));
    assertThat(again.wire().port()).isEqualTo(running.wire().port());
    int kept =
        again
            .wire()
            .ok("res.partner", "search_count", "{'domain':[['name','=','Customer']]}")
            .asInt();
    assertThat(kept).isBetween(answered.get(), answered.get() + 1);
    again.kill();
  }

  private static String customer(int round, int index) {
    return "{'fields':['id','name'],'data':[['kontor.c_%d_%d','Customer']]}"
        .formatted(round, index);
  }

  @Test
  void orders_and_entries_come_back_with_the_same_values() throws Exception {
    Running running = launch();
    Wire before = running.wire();
    before.ok("product.product", "create", "{'vals_list':[{'name':'Tee','list_price':19.99}]}");
    int partner =
        before.ok("res.partner", "create", "{'vals_list':[{'name':'Ann'}]}").get(0).asInt();
    int order =
        before
            .ok(
                "sale.order",
                "create",
                "{'vals_list':[{'partner_id':%d,'order_line':[[0,0,{'product_id':1,"
                        .formatted(partner)
                    + "'product_uom_qty':3}]]}]}")
            .get(0)
            .asInt();
    before.ok("sale.order", "action_confirm", "{'ids':[%d]}".formatted(order));
    String read = "{'ids':[%d]}".formatted(order);
    var was = before.ok("sale.order", "read", read);
    running.kill();
    Running again = launch();
    assertThat(again.wire().ok("sale.order", "read", read)).isEqualTo(was);
    again.kill();
    assertThat(List.of(was.get(0).get("amount_total").asText())).containsExactly("68.97");
  }
}
