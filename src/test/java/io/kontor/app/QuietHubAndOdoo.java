package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.Folders;
import io.kontor.WallClock;
import io.kontor.app.command.DemoOdoo;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.MappingsReader;
import io.kontor.odoo.OdooAccess;
import io.kontor.odoo.OdooClient;
import io.kontor.odoo.OdooReply;
import io.kontor.odoo.OdooRequest;
import io.kontor.odoo.OdooSetup;
import io.kontor.sandbox.OdooVersion;
import io.kontor.sandbox.SandboxOdoo;
import io.kontor.sandbox.SandboxSettings;
import io.kontor.sandbox.day.SampleDay;
import io.kontor.sandbox.day.SampleDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A quiet hub and its Odoo, to which the web store's orders of a sample day were delivered, and in
 * which people do what they do.
 */
final class QuietHubAndOdoo implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  static final LocalDate DAY = LocalDate.of(2026, 11, 23);

  private final Path directory;
  private final SandboxOdoo sandbox;
  private final OdooOverHttp odoo;
  private final OdooAccess access;
  private final Path mappings;
  private QuietHub hub;

  QuietHubAndOdoo(Path directory) throws IOException {
    this.directory = directory;
    this.sandbox = SandboxOdoo.start(SandboxSettings.inMemory(OdooVersion.V19));
    this.odoo = new OdooOverHttp(sandbox.uri().toString());
    this.access = new OdooAccess("sandbox", "admin", "sandbox-key");
    this.mappings = Folders.copy(Path.of("mappings"), directory.resolve("mappings"));
    new OdooSetup(OdooClient.connect(odoo, access))
        .ensure(new DemoOdoo(MappingsReader.read(mappings)).plan(PartOfADay.WHOLE.products()));
    this.hub = open();
    for (SampleDocument document : SampleDay.generate(1, DAY).documents()) {
      if (document.channel().equals("shopify-eu")) {
        hub.record(document.channel(), document.document(), document.fileName(), document.body());
      }
    }
    hub.deliver(Consequence.ODOO_ORDER);
    hub.deliver(Consequence.ODOO_REFUND);
    hub.seal();
  }

  private QuietHub open() {
    return new QuietHub(
        directory.resolve("data"),
        mappings,
        new WallClock(Instant.parse("2026-11-24T08:00:00Z")),
        access,
        odoo);
  }

  QuietHub hub() {
    return hub;
  }

  /** The folder of its mappings, which count anew after a restart. */
  Path mappings() {
    return mappings;
  }

  /** Another hub of the same data. */
  QuietHub restart() {
    hub.close();
    hub = open();
    return hub;
  }

  /** From now on Odoo does not answer. */
  void stopOdoo() {
    sandbox.close();
  }

  /** What people do in Odoo. */
  JsonNode call(String model, String method, Map<String, Object> body) throws IOException {
    OdooReply reply =
        odoo.send(
            new OdooRequest(
                "/json/2/" + model + "/" + method,
                Map.of(
                    "Authorization",
                    "Bearer sandbox-key",
                    "X-Odoo-Database",
                    "sandbox",
                    "Content-Type",
                    "application/json"),
                JSON.writeValueAsString(body)));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return JSON.readTree(reply.body());
  }

  /** What does not agree. */
  List<String> breaks() throws IOException {
    List<String> breaks = new ArrayList<>();
    hub.get("tie-out", "").path("breaks").forEach(one -> breaks.add(one.asText()));
    return breaks;
  }

  /** Brings something to Odoo once more. */
  JsonNode redeliver(String subject) throws IOException {
    return hub.post("deliveries/again", "mona", JSON.writeValueAsBytes(Map.of("subject", subject)));
  }

  @Override
  public void close() {
    hub.close();
    sandbox.close();
  }
}
