package io.kontor.app;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.command.DemoOdoo;
import io.kontor.app.command.SandboxProcess;
import io.kontor.mapping.MappingsReader;
import io.kontor.odoo.OdooAccess;
import io.kontor.odoo.OdooClient;
import io.kontor.odoo.OdooPlan;
import io.kontor.odoo.OdooSetup;
import io.kontor.sandbox.day.Product;
import io.kontor.sandbox.day.SampleSender;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A hub as a process of its own beside a sandbox Odoo, which has the entities' companies, taxes and
 * accounts, and the doors by which documents come in.
 */
final class HubAndOdoo implements AutoCloseable {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SOON = Duration.ofMillis(50);
  private static final int QUIET_LOOKS = 3;

  private final SandboxProcess sandbox;
  private final HubUnderFire hub;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HubAndOdoo(SandboxProcess sandbox, HubUnderFire hub) {
    this.sandbox = sandbox;
    this.hub = hub;
  }

  /**
   * Starts both; when it returns, both answer.
   *
   * @param products what Odoo knows already
   * @param jvm more options of the hub's Java machine
   * @param settings more settings
   */
  static HubAndOdoo start(
      Path home, List<Product> products, List<String> jvm, Map<String, String> settings)
      throws Exception {
    SandboxProcess sandbox = SandboxProcess.start(home.resolve("odoo"), "sandbox", KillableHub.KEY);
    OdooClient client =
        OdooClient.connect(
            new OdooOverHttp(sandbox.url()), new OdooAccess("sandbox", "admin", KillableHub.KEY));
    new OdooSetup(client)
        .ensure(new DemoOdoo(MappingsReader.read(Path.of("mappings"))).plan(products));
    HubUnderFire hub =
        new HubUnderFire(Files.createDirectories(home.resolve("data")), sandbox.url(), settings);
    jvm.forEach(hub::give);
    hub.start("");
    hub.awaitUp();
    return new HubAndOdoo(sandbox, hub);
  }

  /** What a person does in Odoo about unknown SKUs. */
  void makeProducts(List<String> skus) {
    new OdooSetup(
            OdooClient.connect(
                new OdooOverHttp(sandbox.url()),
                new OdooAccess("sandbox", "admin", KillableHub.KEY)))
        .ensure(
            new OdooPlan(
                List.of(),
                List.of(),
                skus.stream().map(sku -> new OdooPlan.Goods(sku, sku, BigDecimal.ONE)).toList()));
  }

  Path data() {
    return hub.data();
  }

  HubClient client() {
    return hub.client(KillableHub.MAKER);
  }

  OdooReader odoo() throws Exception {
    return OdooReader.ofSandbox(sandbox.url());
  }

  /** Takes a file in as the command {@code import} does; returns the document's id. */
  String take(String channel, String document, byte[] body) throws Exception {
    return client()
        .post("import/" + channel + "/" + document, body, "application/octet-stream")
        .path("document")
        .asText();
  }

  /** Posts a webhook that is signed with the channel's secret. */
  HttpResponse<String> post(String channel, String document, byte[] body, String event)
      throws IOException, InterruptedException {
    return post(channel, document, body, event, SampleSender.signature(body, KillableHub.KEY));
  }

  HttpResponse<String> post(
      String channel, String document, byte[] body, String event, String signature)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(
                URI.create(hub.url().orElseThrow() + "/hooks/" + channel + "/" + document))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("X-Shopify-Hmac-SHA256", signature)
            .header("X-Shopify-Webhook-Id", event)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** Lays a file into its folder, whole. */
  void drop(String channel, String document, String name, byte[] body) throws IOException {
    Path folder = Files.createDirectories(inbox().resolve(channel).resolve(document));
    Path part = folder.resolve("." + name + ".part");
    Files.write(part, body);
    Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Waits until nothing is left to take in, to record or to deliver at once. */
  void awaitQuiet() {
    int[] quiet = {0};
    await()
        .atMost(LONG)
        .pollInterval(SOON)
        .until(
            () -> {
              JsonNode now = client().get("status", Map.of());
              boolean busy =
                  files() > 0
                      || now.path("waitingInInbox").asLong() > 0
                      || now.path("dueDeliveries").asLong() > 0;
              quiet[0] = busy ? 0 : quiet[0] + 1;
              return quiet[0] >= QUIET_LOOKS;
            });
  }

  /** Every work item there ever was of a channel. */
  List<JsonNode> items(String channel) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    client().get("desk", Map.of("channel", channel, "state", "all")).forEach(items::add);
    return items;
  }

  Path inbox() {
    return hub.data().resolve("inbox");
  }

  private long files() throws IOException {
    if (Files.notExists(inbox())) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(inbox(), 3)) {
      return files
          .filter(file -> inbox().relativize(file).getNameCount() == 3 && Files.isRegularFile(file))
          .count();
    }
  }

  @Override
  public void close() {
    hub.close();
    sandbox.close();
  }
}
