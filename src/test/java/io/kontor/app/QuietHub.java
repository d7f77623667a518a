package io.kontor.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.Folders;
import io.kontor.app.bench.GeneratedLedger;
import io.kontor.app.bench.GeneratedSettlement;
import io.kontor.app.command.SettlementText;
import io.kontor.app.command.TieOutText;
import io.kontor.console.ConsoleApi;
import io.kontor.console.Reply;
import io.kontor.document.RawDocument;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Consequence;
import io.kontor.odoo.OdooAccess;
import io.kontor.odoo.OdooPort;
import io.kontor.store.Database;
import io.kontor.store.DatabaseSettings;
import io.kontor.store.Store;
import io.kontor.work.Actor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rooms of a hub without broker and routes, on an embedded database: documents in, the journal,
 * the desk and the proof out, one after the other.
 */
final class QuietHub implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Parts parts;
  private final ConsoleApi api;
  private final DatabaseSettings database;
  private final Clock clock;
  private final List<RawDocument> inbox = new ArrayList<>();
  private int documents;

  /** One whose only set of books are files. */
  QuietHub(Path data, Path mappings, Instant now) {
    this(data, mappings, now, embedded(data));
  }

  /** The same on a database of one's own. */
  QuietHub(Path data, Path mappings, Instant now, DatabaseSettings database) {
    this(
        data,
        mappings,
        Clock.fixed(now, ZoneOffset.UTC),
        database,
        new OdooAccess("none", "nobody", ""),
        request -> {
          throw new TransientFailure("no-odoo", request.path(), "there is none");
        });
  }

  /** One that posts to an Odoo. */
  QuietHub(Path data, Path mappings, Clock clock, OdooAccess access, OdooPort odoo) {
    this(data, mappings, clock, embedded(data), access, odoo);
  }

  private QuietHub(
      Path data,
      Path mappings,
      Clock clock,
      DatabaseSettings database,
      OdooAccess access,
      OdooPort odoo) {
    this.database = database;
    this.clock = clock;
    Map<String, String> given = new TreeMap<>();
    given.put("kontor.data", data.toString());
    given.put("kontor.mappings", mappings.toString());
    given.put("kontor.http.port", "0");
    given.put("kontor.odoo.db", access.database());
    given.put("kontor.odoo.login", access.login());
    given.put("kontor.odoo.api-key", access.apiKey());
    if (!database.equals(embedded(data))) {
      given.put("kontor.database.url", database.url());
      given.put("kontor.database.user", database.user());
    }
    Settings settings = SettingsReader.of(given);
    this.parts =
        new HubWiring(clock)
            .wire(
                settings,
                new Wiring.Outside(
                    data,
                    document -> inbox.add(document),
                    () -> 0,
                    consequence -> {},
                    odoo,
                    new SimpleMeterRegistry()));
    this.api = (ConsoleApi) parts.beans().get("api");
  }

  /** The mappings that are shipped, without Odoo's books, in a folder that may be edited. */
  static Path mappings(Path folder) throws IOException {
    Folders.copy(Path.of("mappings"), folder);
    try (Stream<Path> entities = Files.list(folder.resolve("accounts"))) {
      for (Path entity : entities.filter(Files::isDirectory).toList()) {
        Path file = entity.resolve("entity.yaml");
        String odoo = "  - { target: odoo, granularity: summary }\n";
        Files.writeString(file, Files.readString(file).replace(odoo, ""));
      }
    }
    return folder;
  }

  /** The same, with Amazon's European orders booked when they ship, and not by settlements. */
  static Path mappingsByOrder(Path folder) throws IOException {
    Path channel = mappings(folder).resolve("channels/amazon-eu/channel.yaml");
    Files.writeString(
        channel,
        Files.readString(channel).replace("recognise: settlement", "recognise: order")
            + "facilitatedIn: [de]\n");
    return folder;
  }

  void record(String channel, String document, byte[] body) {
    record(channel, document, "test-" + documents++, body);
  }

  /**
   * @param id as its sender names it: the same again is known
   */
  void record(String channel, String document, String id, byte[] body) {
    parts
        .recording()
        .record(List.of(new RawDocument(channel, document, id, clock.instant(), "", body)));
  }

  void record(RawDocument document) {
    parts.recording().record(List.of(document));
  }

  /** Records documents in one transaction. */
  void recordTogether(String channel, String document, byte[]... bodies) {
    List<RawDocument> raw = new ArrayList<>();
    for (byte[] body : bodies) {
      String id = "test-" + documents++;
      raw.add(new RawDocument(channel, document, id, clock.instant(), "", body));
    }
    parts.recording().record(raw);
  }

  /** Records the orders that a settlement settles. */
  void record(GeneratedSettlement settlement, String channel) {
    try (Database database = Database.open(database())) {
      new GeneratedLedger(settlement, parts.mappings(), channel).record(Store.of(database));
    }
  }

  /** Takes a file in as the command {@code import} does, whatever its size. */
  void importFile(String channel, String document, Path file) {
    parts.importing().accept(channel, document, file, Actor.HUB);
    parts.recording().record(List.copyOf(inbox));
    inbox.clear();
  }

  /** The same by somebody: the answer. */
  JsonNode importFile(String channel, String document, byte[] file, String user)
      throws IOException {
    String place = "/api/import/%s/%s".formatted(channel, document);
    Reply reply = api.handle("POST", place, "", user, "finance", file);
    parts.recording().record(List.copyOf(inbox));
    inbox.clear();
    return JSON.readTree(reply.content());
  }

  /** Matches and books what settlements came. */
  void reconcile() {
    deliver(Consequence.RECONCILE);
  }

  /** Does whatever is due. */
  void deliver(Consequence consequence) {
    while (parts.delivering().deliverDue(consequence) > 0) {
      // the next ones
    }
  }

  /** Runs the nights that are due by its clock. */
  void night() {
    parts.nightly().runMissing();
  }

  /** Has a second person approve every batch that waits for one; how many there were. */
  int approve() throws IOException {
    int approved = 0;
    for (JsonNode batch : get("batches", "")) {
      if (List.of("proposed", "waiting").contains(batch.path("state").asText())) {
        ObjectNode body = JSON.createObjectNode();
        body.set("id", batch.path("id"));
        body.set("hash", batch.path("hash"));
        post("batches/approve", "chris", body.put("note", "looked at it"));
        approved++;
      }
    }
    return approved;
  }

  /** Reads everything again, page by page; what each came to. */
  List<JsonNode> replay(boolean apply) throws IOException {
    List<JsonNode> pages = new ArrayList<>();
    String after = "";
    do {
      ObjectNode body = JSON.createObjectNode();
      body.put("apply", String.valueOf(apply)).put("after", after);
      pages.add(post("replay", "mona", body));
      after = pages.get(pages.size() - 1).path("next").asText();
    } while (!after.equals("end"));
    return pages;
  }

  private JsonNode post(String path, String user, ObjectNode body) throws IOException {
    return post(path, user, JSON.writeValueAsBytes(body));
  }

  JsonNode post(String path, String user, byte[] body) throws IOException {
    Reply reply = api.handle("POST", "/api/" + path, "", user, "finance,operator", body);
    if (reply.status() != 200) {
      throw new IllegalStateException(new String(reply.content(), StandardCharsets.UTF_8));
    }
    return JSON.readTree(reply.content());
  }

  void seal() {
    parts.sealing().seal();
  }

  JsonNode get(String path, String query) throws IOException {
    return JSON.readTree(answer(path, query));
  }

  String answer(String path, String query) {
    Reply reply = api.handle("GET", "/api/" + path, query, "mona", "finance,operator", new byte[0]);
    String content = new String(reply.content(), StandardCharsets.UTF_8);
    if (reply.status() != 200) {
      throw new IllegalStateException(content);
    }
    return content;
  }

  /** The proof as it stands in a terminal. */
  String tieOut() throws IOException {
    StringWriter text = new StringWriter();
    TieOutText.print(new PrintWriter(text), get("tie-out", ""));
    return text.toString();
  }

  /** A settlement as it stands in a terminal. */
  String settlement(String channel, String id) throws IOException {
    StringWriter text = new StringWriter();
    SettlementText.print(new PrintWriter(text), get("settlements/" + channel + "/" + id, ""));
    return text.toString();
  }

  /** Open items, a line each. */
  String desk() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (JsonNode item : get("desk", "")) {
      lines.append("%s: %s%n".formatted(item.path("code").asText(), item.path("message").asText()));
    }
    return lines.toString();
  }

  private static DatabaseSettings embedded(Path data) {
    return DatabaseSettings.embedded(data.resolve("database"), 2);
  }

  /** Its tables, for sums of one's own. */
  DatabaseSettings database() {
    return database;
  }

  @Override
  public void close() {
    parts.closing().run();
  }
}
