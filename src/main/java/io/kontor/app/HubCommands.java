package io.kontor.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.console.Columns;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The commands as users of a hub: each speaks to it over its API and prints the answer. */
final class HubCommands implements CommandLineApi {

  private static final Map<String, String> HTML = Map.of("format", "html");

  private final Wiring wiring;

  HubCommands(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public int demo(Invocation invocation, boolean exit) throws Exception {
    return new Demo(invocation, wiring).run(exit);
  }

  @Override
  public int importFiles(Invocation invocation, String channel, String document, List<Path> files)
      throws Exception {
    try (HubSession hub = HubSession.openOrMake(invocation, wiring)) {
      return new FileImport(hub, invocation, channel).run(document, files) ? 0 : 1;
    }
  }

  @Override
  public int settle(Invocation invocation, Optional<LocalDate> date, Optional<String> entity)
      throws Exception {
    ObjectNode body = HubClient.body();
    date.ifPresent(day -> body.put("date", day.toString()));
    entity.ifPresent(id -> body.put("entity", id));
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      JsonNode proposed =
          invocation.json()
              ? hub.client().post("settle", body)
              : NightWatch.settle(hub.client(), body, new ProgressBar(invocation.out()));
      return print(invocation, proposed, () -> printBatches(invocation.out(), proposed));
    }
  }

  @Override
  public int nights(Invocation invocation, Optional<String> entity) throws Exception {
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      JsonNode all = hub.client().get("nights", Map.of());
      ObjectNode status = NightWatch.ofEntity(all, entity);
      return print(invocation, status, () -> NightWatch.print(invocation.out(), status));
    }
  }

  @Override
  public int reversal(Invocation invocation, ReversalCommand command) throws Exception {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("id", command.batch());
    command.book().ifPresent(book -> query.put("book", book));
    command.date().ifPresent(date -> query.put("date", date.toString()));
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      if (command.hledger()) {
        query.put("format", "hledger");
        invocation.out().print(hub.client().text("batches/reversal", query));
        invocation.out().flush();
        return 0;
      }
      JsonNode preview = hub.client().get("batches/reversal", query);
      return print(
          invocation,
          preview,
          () -> {
            invocation
                .out()
                .printf(
                    "What would take %s back from the %s book on %s; nothing is booked:%n",
                    preview.path("batch").asText(),
                    preview.path("book").asText(),
                    preview.path("date").asText());
            TextTable.print(
                invocation.out(),
                preview.path("lines"),
                "date",
                "reference",
                "code",
                "name",
                "debit",
                "credit",
                "currency");
          });
    }
  }

  @Override
  public int periods(Invocation invocation, PeriodCommand command) throws Exception {
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      if (command.action().equals("list")) {
        JsonNode periods = hub.client().get("periods", Map.of());
        return print(invocation, periods, () -> printPeriods(invocation.out(), periods));
      }
      ObjectNode body =
          HubClient.body()
              .put("entity", command.entity().orElseThrow())
              .put("month", command.month().orElseThrow().toString())
              .put("note", command.note().orElse(""));
      JsonNode answer = hub.client().post("periods/" + command.action(), body);
      return print(
          invocation,
          answer,
          () -> {
            PrintWriter out = invocation.out();
            out.printf(
                "%s of %s is %s%n",
                answer.path("month").asText(),
                answer.path("entity").asText(),
                answer.path("state").asText());
            long later = answer.path("bookedLater").asLong();
            if (later > 0) {
              out.printf(
                  "%d of its entries are not posted: reject the batches that hold some; they are"
                      + " booked on the first open day%n",
                  later);
            }
          });
    }
  }

  private static void printPeriods(PrintWriter out, JsonNode periods) {
    if (periods.isEmpty()) {
      out.println("No period is closed.");
      return;
    }
    TextTable.print(out, periods, "entity", "period", "lockedBy", "at", "note");
  }

  @Override
  public int batches(Invocation invocation) throws Exception {
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      JsonNode batches = hub.client().get("batches", Map.of());
      return print(invocation, batches, () -> printBatches(invocation.out(), batches));
    }
  }

  @Override
  public int decide(
      Invocation invocation, boolean approve, String batch, String hash, Optional<String> note)
      throws Exception {
    if (!approve && note.isEmpty()) {
      throw new IllegalArgumentException("reject needs --note: say why, for those who ask later");
    }
    ObjectNode body =
        HubClient.body().put("id", batch).put("hash", hash).put("note", note.orElse(""));
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      JsonNode decided = hub.client().post("batches/" + (approve ? "approve" : "reject"), body);
      ProgressBar bar = new ProgressBar(invocation.out());
      hub.settleDown(bar::show);
      bar.done();
      return print(
          invocation,
          decided,
          () -> invocation.out().println(batch + " is " + decided.path("state").asText()));
    }
  }

  @Override
  public int verify(Invocation invocation, Optional<Path> html) throws Exception {
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      JsonNode proof = hub.client().get("tie-out", Map.of());
      print(invocation, proof, () -> TieOutText.print(invocation.out(), proof));
      if (html.isPresent()) {
        Files.writeString(html.get(), hub.client().text("tie-out", HTML));
      }
      return proof.path("agrees").asBoolean() ? 0 : 1;
    }
  }

  @Override
  public int settlements(Invocation invocation) throws Exception {
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      JsonNode list = hub.client().get("settlements", Map.of());
      return print(invocation, list, () -> SettlementText.list(invocation.out(), list));
    }
  }

  @Override
  public int settlement(Invocation invocation, String channel, String id, Optional<Path> html)
      throws Exception {
    String path = settlementPath(channel, id);
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      JsonNode one = hub.client().get(path, Map.of());
      if (html.isPresent()) {
        Files.writeString(html.get(), hub.client().text(path, HTML));
      }
      return print(invocation, one, () -> SettlementText.print(invocation.out(), one));
    }
  }

  @Override
  public int settlementLines(
      Invocation invocation,
      String channel,
      String id,
      Optional<String> code,
      Optional<String> order)
      throws Exception {
    Map<String, String> query = new LinkedHashMap<>();
    code.ifPresent(wanted -> query.put("code", wanted));
    order.ifPresent(wanted -> query.put("order", wanted));
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      JsonNode lines = hub.client().get(settlementPath(channel, id) + "/lines", query);
      return print(
          invocation, lines, () -> TextTable.print(invocation.out(), lines, Columns.LINES.names()));
    }
  }

  private static String settlementPath(String channel, String id) {
    return "settlements/%s/%s"
        .formatted(
            URLEncoder.encode(channel, StandardCharsets.UTF_8),
            URLEncoder.encode(id, StandardCharsets.UTF_8));
  }

  @Override
  public int journal(Invocation invocation, JournalFormat format, Optional<String> entity)
      throws Exception {
    if (invocation.json()) {
      throw new IllegalArgumentException("the journal is printed as --format hledger or csv");
    }
    Map<String, String> query = new LinkedHashMap<>();
    query.put("format", format.name().toLowerCase(Locale.ROOT));
    entity.ifPresent(id -> query.put("entity", id));
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      invocation.out().print(hub.client().text("journal", query));
      invocation.out().flush();
      return 0;
    }
  }

  @Override
  public int desk(Invocation invocation, DeskCommand command) throws Exception {
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      return new DeskReport(hub, invocation).run(command);
    }
  }

  @Override
  public int status(Invocation invocation) throws Exception {
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      JsonNode status = hub.client().get("status", Map.of());
      return print(invocation, status, () -> printShown(invocation.out(), status));
    }
  }

  @Override
  public int replay(Invocation invocation, ReplayCommand command) throws Exception {
    try (HubSession hub = HubSession.open(invocation, wiring)) {
      ProgressBar bar = new ProgressBar(invocation.out());
      ReplayReport report =
          ReplayReport.of(hub.client(), command, invocation.json() ? (d, all) -> {} : bar::share);
      bar.done();
      if (command.apply()) {
        hub.settleDown(invocation.json() ? (inbox, deliveries) -> {} : bar::show);
        bar.done();
      }
      return print(invocation, report.json(), () -> report.print(invocation.out()));
    }
  }

  @Override
  public int bench(
      Invocation invocation, Optional<String> benchmark, int rounds, OptionalInt documents)
      throws Exception {
    return BenchReport.run(invocation, benchmark, rounds, documents);
  }

  /** Prints an answer for machines or for people; 0. */
  static int print(Invocation invocation, JsonNode answer, Runnable people) {
    if (invocation.json()) {
      invocation.out().println(answer.toPrettyString());
    } else {
      people.run();
    }
    invocation.out().flush();
    return 0;
  }

  static void printBatches(PrintWriter out, JsonNode batches) {
    if (batches.isEmpty()) {
      out.println("No batches.");
      return;
    }
    TextTable.print(out, batches, "id", "state", "entries", "makers", "checker", "hash", "reasons");
  }

  /** Prints the fields of an answer below each other. */
  static void printShown(PrintWriter out, JsonNode answer) {
    answer
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              out.printf(
                  "%-14s %s%n",
                  field.getKey(), value.isValueNode() ? value.asText() : value.toPrettyString());
            });
  }
}
