package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.Hub;
import io.kontor.app.HubCamel;
import io.kontor.app.HubClient;
import io.kontor.app.Parts;
import io.kontor.app.Settings;
import io.kontor.app.SettingsKey;
import io.kontor.app.Wiring;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.MappingsReader;
import io.kontor.odoo.OdooAccess;
import io.kontor.odoo.OdooClient;
import io.kontor.odoo.OdooPort;
import io.kontor.odoo.OdooSetup;
import io.kontor.sandbox.day.Expected;
import io.kontor.sandbox.day.SampleDay;
import io.kontor.sandbox.day.SampleSender;
import java.io.File;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The main job on a sample day, start to end: documents in, orders in Odoo, entries, a settlement,
 * a night, an approval by a second person, the proof. Run again on the same data it changes
 * nothing.
 */
final class Demo {

  private static final long SEED = 1;
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  /** A file that is just taken in is in no count for a moment. */
  private static final int QUIET_LOOKS = 3;

  private static final String MAKER = DemoSettings.MAKER;
  private static final String CHECKER = DemoSettings.CHECKER;

  private final PrintWriter out;
  private final Invocation invocation;
  private final Wiring wiring;

  Demo(Invocation invocation, Wiring wiring) {
    this.invocation = invocation;
    this.wiring = wiring;
    this.out = invocation.out();
  }

  /** Runs it; 0 if everything agrees and the desk holds what was made wrong on purpose. */
  int run(boolean exit) throws Exception {
    if (invocation.hub().isPresent()) {
      throw new IllegalStateException(
          "a hub runs on %s already: stop it, or give the demo a directory of its own with --data"
              .formatted(invocation.settings().data()));
    }
    DemoKeys keys = DemoKeys.of(invocation.settings().data());
    boolean real = invocation.settings().odoo().apiKey().isSet();
    if (!real && !invocation.settings().odoo().url().equals(SettingsKey.ODOO_URL.absent())) {
      throw new IllegalStateException(
          "kontor.odoo.url names %s, and kontor.odoo.api-key is missing: give both, or neither for a sandbox of its own"
              .formatted(invocation.settings().odoo().url()));
    }
    try (SandboxProcess sandbox = real ? null : DemoSettings.sandbox(invocation.settings(), keys)) {
      Settings settings =
          DemoSettings.of(invocation.settings(), keys, Optional.ofNullable(sandbox));
      say("Odoo", real ? settings.odoo().url() : "a sandbox of its own at " + sandbox.url());
      AtomicBoolean nights = new AtomicBoolean();
      try (Hub hub = Hub.start(settings, (s, outside) -> held(wiring.wire(s, outside), nights))) {
        RunningProcess.stopWithProcess(hub, settings.stopWithin().plus(RunningProcess.MARGIN));
        int code = play(hub, settings, keys);
        nights.set(true);
        if (!exit) {
          stay(hub, keys);
        }
        return code;
      }
    }
  }

  /** The night of the sample day is run by hand; those of a hub that stays up, by the clock. */
  private static Parts held(Parts parts, AtomicBoolean nights) {
    return parts.withNightly(
        () -> {
          if (nights.get()) {
            parts.nightly().runMissing();
          }
        });
  }

  private int play(Hub hub, Settings settings, DemoKeys keys) throws Exception {
    SampleDay day = SampleDay.generate(SEED, DAY);
    List<String> created = prepareOdoo(hub, settings, day);
    say("Prepared", created.size() + " records in Odoo (companies, taxes, accounts, products)");
    SampleSender.Sent sent =
        new SampleSender(
                URI.create(hub.url()),
                settings.data(),
                Map.of("shopify", keys.of("shopify"), "shopify-eu", keys.of("shopify-eu")))
            .send(day.documents());
    say("Sent", "%d webhooks and %d files".formatted(sent.accepted(), sent.files()));
    if (!sent.refused().isEmpty()) {
      sent.refused().forEach(refusal -> out.println("  refused: " + refusal));
      return 1;
    }
    HubClient maker = new HubClient(hub.url(), MAKER, keys.of(MAKER));
    HubClient checker = new HubClient(hub.url(), CHECKER, keys.of(CHECKER));
    settleDown(maker, settings.data());
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    LocalDate night = yesterday.isBefore(DAY) ? DAY : yesterday;
    say("Night", "up to %s, run by %s".formatted(night, MAKER));
    maker.post("settle", HubClient.body().put("date", night.toString()));
    approve(maker, checker);
    settleDown(maker, settings.data());
    out.println();
    JsonNode proof = maker.get("tie-out", Map.of());
    TieOutText.print(out, proof);
    boolean desk = checkDesk(maker.get("desk", Map.of()), day.expectations());
    boolean agrees = proof.path("agrees").asBoolean() && desk;
    TieOutText.verdict(out, agrees);
    return agrees ? 0 : 1;
  }

  private List<String> prepareOdoo(Hub hub, Settings settings, SampleDay day) {
    Mappings mappings = MappingsReader.read(settings.mappings());
    OdooPort port = HubCamel.odoo(hub.camel(), settings.odoo());
    OdooAccess access =
        new OdooAccess(
            settings.odoo().db(), settings.odoo().login(), settings.odoo().apiKey().reveal());
    return new OdooSetup(OdooClient.connect(port, access))
        .ensure(new DemoOdoo(mappings).plan(day.products()));
  }

  private void approve(HubClient maker, HubClient checker) throws Exception {
    JsonNode batches = maker.get("batches", Map.of());
    BatchesCommand.print(out, batches);
    for (JsonNode batch : batches) {
      String state = batch.path("state").asText();
      if (state.equals("proposed") || state.equals("waiting")) {
        checker.post(
            "batches/approve",
            HubClient.body()
                .put("id", batch.path("id").asText())
                .put("hash", batch.path("hash").asText())
                .put("note", "looked at the sample day"));
        say("Approved", "%s by %s".formatted(batch.path("id").asText(), CHECKER));
      }
    }
  }

  /** Waits until the files are taken in, recorded and delivered. */
  private void settleDown(HubClient client, Path data) throws Exception {
    ProgressBar bar = new ProgressBar(out);
    Path inbox = data.resolve("inbox");
    HubSession.settleDown(client, () -> files(inbox), QUIET_LOOKS, bar::show);
    bar.done();
  }

  private boolean checkDesk(JsonNode items, List<Expected> expectations) {
    out.println();
    out.println("DESK");
    DeskCommand.print(out, items);
    Set<String> missing = new TreeSet<>();
    expectations.forEach(e -> missing.add(e.channel() + " " + e.code() + " " + e.subject()));
    List<String> unexpected = new ArrayList<>();
    for (JsonNode item : items) {
      String found = expected(item, expectations);
      if (found == null) {
        unexpected.add(item.path("code").asText() + " " + item.path("subject").asText());
      } else {
        missing.remove(found);
      }
    }
    missing.forEach(m -> out.println("  ! made wrong on purpose, and not on the desk: " + m));
    unexpected.forEach(u -> out.println("  ! on the desk, and not made wrong on purpose: " + u));
    return missing.isEmpty() && unexpected.isEmpty();
  }

  private static String expected(JsonNode item, List<Expected> expectations) {
    String text =
        item.path("subject").asText()
            + " "
            + item.path("document").asText()
            + " "
            + item.path("message").asText();
    for (Expected e : expectations) {
      String subject = e.subject().contains(":") ? e.subject().split(":", 2)[0] : e.subject();
      if (item.path("channel").asText().equals(e.channel()) && text.contains(subject)) {
        return e.channel() + " " + e.code() + " " + e.subject();
      }
    }
    return null;
  }

  private void stay(Hub hub, DemoKeys keys) {
    out.println();
    out.println("The hub stays up at " + hub.url() + " until you stop it (Ctrl-C).");
    out.println("  health   " + hub.url() + "/observe/health");
    out.println("  metrics  " + hub.url() + "/observe/metrics");
    out.println("  pages    " + hub.url() + "   user " + MAKER + ", key " + keys.of(MAKER));
    out.println("  hawtio   " + hub.url() + "/hawtio   the same user");
    out.println("  desk     java -jar target/kontor.jar desk" + dataOption());
    out.flush();
    throw RunningProcess.ended(hub);
  }

  /** How another command finds this hub; nothing where it would look anyway. */
  private String dataOption() {
    String data = invocation.settings().data().toString();
    return data.equals(SettingsKey.DATA.absent()) ? "" : " --data " + data;
  }

  private void say(String what, String detail) {
    out.printf("%-9s %s%n", what, detail);
    out.flush();
  }

  /** How many files wait to be taken in: {@code <channel>/<document>/<file>}. */
  private static long files(Path inbox) {
    long count = 0;
    for (File channel : list(inbox.toFile())) {
      for (File document : list(channel)) {
        for (File file : list(document)) {
          count += file.isFile() ? 1 : 0;
        }
      }
    }
    return count;
  }

  private static File[] list(File folder) {
    File[] files = folder.listFiles(file -> !file.getName().startsWith("."));
    return files == null ? new File[0] : files;
  }
}
