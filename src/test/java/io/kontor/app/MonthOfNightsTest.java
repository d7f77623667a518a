package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.Folders;
import io.kontor.WallClock;
import io.kontor.app.command.DemoOdoo;
import io.kontor.app.command.SandboxProcess;
import io.kontor.ledger.Account;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.MappingsReader;
import io.kontor.odoo.OdooAccess;
import io.kontor.odoo.OdooClient;
import io.kontor.odoo.OdooSetup;
import io.kontor.sandbox.day.SampleDay;
import io.kontor.sandbox.day.SampleDocument;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Night after night for two companies: what the day brought is proposed, approved by a second
 * person and posted to Odoo. In the end Odoo's general ledger has what the subledger has, account
 * by account, and going through it all again changes nothing.
 *
 * <p>Some nights against the sandbox; a month against a real server that {@code KONTOR_ODOO_URL},
 * {@code KONTOR_ODOO_DB} and {@code KONTOR_ODOO_API_KEY} name, and writes to it.
 */
class MonthOfNightsTest {

  private static final LocalDate FIRST = LocalDate.of(2026, 6, 1);
  private static final String REAL = System.getenv("KONTOR_ODOO_URL");
  private static final int NIGHTS = Integer.getInteger("kontor.nights", REAL == null ? 4 : 30);

  @TempDir private Path directory;

  private final WallClock clock = new WallClock(evening(FIRST));

  @Test
  void odoo_has_what_the_subledger_has_for_both_companies() throws Exception {
    Path folder = Folders.copy(Path.of("mappings"), directory.resolve("mappings"));
    // Orders go their own way to Odoo; this is about the books.
    Files.writeString(
        folder.resolve("consequences.yaml"), "marketplace:\n  settlement-received: [reconcile]\n");
    Mappings mappings = MappingsReader.read(folder);
    try (SandboxProcess sandbox = REAL == null ? sandbox() : null) {
      String url = sandbox == null ? REAL : sandbox.url();
      OdooAccess access = access();
      OdooOverHttp odoo = new OdooOverHttp(url);
      new OdooSetup(OdooClient.connect(odoo, access))
          .ensure(new DemoOdoo(mappings).plan(PartOfADay.WHOLE.products()));
      try (QuietHub hub = new QuietHub(directory.resolve("data"), folder, clock, access, odoo)) {
        int posted = 0;
        for (int night = 0; night < NIGHTS; night++) {
          posted += live(hub, FIRST.plusDays(night));
        }
        assertThat(posted).as("batches posted").isGreaterThanOrEqualTo(NIGHTS * 5);
        assertThat(hub.get("tie-out", "").path("breaks")).isEmpty();
        OdooReader reader = new OdooReader(url, access);
        SortedMap<String, String> ledger = ledger(hub, mappings);
        assertThat(ledger.keySet())
            .anyMatch(account -> account.startsWith("northwind "))
            .anyMatch(account -> account.startsWith("nordwind "));
        assertThat(generalLedger(reader, mappings)).isEqualTo(ledger);

        String before = state(reader);
        for (int night = 0; night < NIGHTS; night++) {
          assertThat(live(hub, FIRST.plusDays(night))).as("batches of a night again").isZero();
        }
        assertThat(state(reader)).isEqualTo(before);
      }
    }
  }

  private SandboxProcess sandbox() throws Exception {
    return SandboxProcess.start(directory.resolve("odoo"), "sandbox", KillableHub.KEY);
  }

  private static OdooAccess access() {
    return REAL == null
        ? new OdooAccess("sandbox", "admin", KillableHub.KEY)
        : new OdooAccess(
            System.getenv("KONTOR_ODOO_DB"), "admin", System.getenv("KONTOR_ODOO_API_KEY"));
  }

  private static Instant evening(LocalDate day) {
    return day.atTime(LocalTime.of(23, 30)).toInstant(ZoneOffset.UTC);
  }

  /** A day and the night after it; how many batches were posted. */
  private int live(QuietHub hub, LocalDate day) throws Exception {
    if (clock.instant().isBefore(evening(day))) {
      clock.set(evening(day));
    }
    for (SampleDocument document : SampleDay.generate(day.getDayOfMonth(), day).documents()) {
      hub.record(
          document.channel(), document.document(), day + document.fileName(), document.body());
    }
    hub.reconcile();
    hub.seal();
    Instant morning = day.plusDays(1).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    if (clock.instant().isBefore(morning)) {
      clock.set(morning);
    }
    hub.night();
    hub.seal();
    int approved = hub.approve();
    hub.deliver(Consequence.POST_TO_FILE);
    hub.deliver(Consequence.POST_TO_ODOO);
    return approved;
  }

  /** What is in the journal, by entity and by the account's number. */
  private static SortedMap<String, String> ledger(QuietHub hub, Mappings mappings)
      throws Exception {
    SortedMap<String, BigDecimal> sums = new TreeMap<>();
    try (Connection sql = DriverManager.getConnection(hub.database().url(), "sa", "");
        ResultSet rows =
            sql.createStatement()
                .executeQuery(
                    """
                    SELECT entity, account, SUM(COALESCE(functional, amount)) AS balance
                    FROM posting GROUP BY entity, account""")) {
      while (rows.next()) {
        Entity entity = mappings.entities().get(rows.getString("entity"));
        String code =
            entity.chart().row(new Account(rows.getString("account"))).orElseThrow().code();
        add(sums, entity.id() + " " + code, rows.getBigDecimal("balance"));
      }
    }
    return plain(sums);
  }

  /** What Odoo's posted entries that came from here say, likewise. */
  private static SortedMap<String, String> generalLedger(OdooReader reader, Mappings mappings)
      throws Exception {
    Map<String, String> ours = reader.externalIds("account.move");
    Map<String, String> companies = new HashMap<>();
    for (JsonNode company : reader.read("res.company", "name")) {
      companies.put(company.path("name").asText(), company.path("id").asText());
    }
    SortedMap<String, BigDecimal> sums = new TreeMap<>();
    for (Entity entity : mappings.entities().values()) {
      long company = Long.parseLong(companies.get(entity.name()));
      Map<String, String> codes = new HashMap<>();
      for (JsonNode account : reader.accounts(company)) {
        codes.put(account.path("id").asText(), account.path("code").asText());
      }
      for (JsonNode line :
          reader.readAs(
              company,
              "account.move.line",
              "[[\"company_id\",\"=\"," + company + "],[\"parent_state\",\"=\",\"posted\"]]",
              "move_id",
              "account_id",
              "balance")) {
        if (ours.containsKey(line.path("move_id").path(0).asText())) {
          String code = codes.get(line.path("account_id").path(0).asText());
          add(sums, entity.id() + " " + code, line.path("balance").decimalValue());
        }
      }
    }
    return plain(sums);
  }

  private static void add(Map<String, BigDecimal> sums, String account, BigDecimal amount) {
    sums.merge(account, amount, BigDecimal::add);
  }

  private static SortedMap<String, String> plain(Map<String, BigDecimal> sums) {
    SortedMap<String, String> plain = new TreeMap<>();
    sums.forEach(
        (account, sum) -> {
          if (sum.signum() != 0) {
            plain.put(account, sum.stripTrailingZeros().toPlainString());
          }
        });
    return plain;
  }

  /** How many entries there are, and when one was written last. */
  private static String state(OdooReader reader) throws Exception {
    StringBuilder state = new StringBuilder();
    for (String model : new String[] {"account.move", "account.move.line"}) {
      String last = "";
      int count = 0;
      for (JsonNode record : reader.read(model, "write_date")) {
        count++;
        String written = record.path("write_date").asText();
        last = written.compareTo(last) > 0 ? written : last;
      }
      state.append("%s: %d, written last at %s%n".formatted(model, count, last));
    }
    return state.toString();
  }
}
