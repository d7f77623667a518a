package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kontor.app.command.Kontor;
import io.kontor.store.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program as people start it. */
class ProgramTest {

  private static final Duration LONG = Duration.ofMinutes(4);

  @TempDir Path directory;

  @Test
  void it_runs_as_a_process_and_ends_in_order_when_told_to() throws Exception {
    Path data = directory.resolve("data");
    Process process = start("--data", data.toString(), "run");
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !process.isAlive() || DataDirectory.runningHub(data).isPresent());
      assertThat(process.isAlive()).as(output()).isTrue();
      String url = DataDirectory.runningHub(data).orElseThrow().url();
      int health =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url + "/observe/health")).build(),
                  BodyHandlers.discarding())
              .statusCode();
      assertThat(health).isEqualTo(200);

      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(DataDirectory.runningHub(data)).isEmpty();
      assertThat(Files.readString(data.resolve("log/kontor.log"))).contains("Kontor is up at");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void the_demo_agrees_and_its_data_can_be_verified_and_played_again_even_if_it_was_killed()
      throws Exception {
    String data = directory.resolve("demo").toString();
    assertThat(run("--data", data, "demo", "--exit")).as(output()).isZero();
    assertThat(output()).contains("Everything agrees, to the cent.");
    assertThat(run("--data", data, "verify")).as(output()).isZero();
    assertThat(output()).contains("BREAKS  none").endsWith("Everything agrees, to the cent.\n");

    Process killed = start("--data", data, "demo");
    await()
        .atMost(LONG)
        .until(() -> !killed.isAlive() || DataDirectory.runningHub(Path.of(data)).isPresent());
    assertThat(killed.isAlive()).as(output()).isTrue();
    killed.destroyForcibly().waitFor();
    assertThat(DataDirectory.runningHub(Path.of(data))).isEmpty();
    assertThat(run("--data", data, "demo", "--exit")).as(output()).isZero();
  }

  @Test
  void a_port_that_is_taken_is_named_and_nothing_stays_up() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path config = directory.resolve("kontor.properties");
      Files.writeString(config, "kontor.http.port=" + taken.getLocalPort() + "\n");
      String data = directory.resolve("data").toString();
      StringWriter err = new StringWriter();
      CommandLine line = commandLine();
      line.setErr(new PrintWriter(err, true));
      assertThat(line.execute("run", "--config", config.toString(), "--data", data)).isEqualTo(1);
      assertThat(err.toString())
          .contains("127.0.0.1:" + taken.getLocalPort(), "set kontor.http.port");
    }
  }

  @Test
  void a_mistyped_data_directory_is_named_and_not_made() {
    Path mistyped = directory.resolve("dta");
    StringWriter err = new StringWriter();
    CommandLine line = commandLine();
    line.setErr(new PrintWriter(err, true));
    assertThat(line.execute("desk", "--data", mistyped.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("There is no hub in " + mistyped, "--data", "import make one");
    assertThat(mistyped).doesNotExist();
  }

  @Test
  void a_data_directory_that_cannot_be_written_is_named() throws Exception {
    Path within = Files.writeString(directory.resolve("file"), "").resolve("data");
    assertThatThrownBy(() -> DataDirectory.open(within))
        .hasMessageContainingAll(within + " cannot be written", "--data or KONTOR_DATA");
  }

  @Test
  void an_import_says_which_file_was_taken_and_which_waits_for_a_person() throws Exception {
    Path whole = settlement("whole.txt", "10.00");
    Path broken = settlement("broken.txt", "10.01");
    String data = directory.resolve("data").toString();
    StringWriter out = new StringWriter();
    CommandLine line = commandLine();
    line.setOut(new PrintWriter(out, true));
    assertThat(line.execute("import", "--data", data, "amazon", "settlement", whole.toString()))
        .as(out.toString())
        .isZero();
    assertThat(line.execute("import", "--data", data, "amazon", "settlement", broken.toString()))
        .isEqualTo(1);
    assertThat(out.toString())
        .contains("taken in   " + whole)
        .doesNotContain("waits      " + whole)
        .contains("waits      " + broken)
        .contains("says 10.01 USD, its 1 lines add up to 10.00 USD");
  }

  @Test
  void an_import_names_everything_of_a_file_that_waits_for_a_person() {
    StringWriter out = new StringWriter();
    CommandLine line = commandLine();
    line.setOut(new PrintWriter(out, true));
    String file = "src/test/resources/golden/amazon-eu/a-tax-that-no-rate-makes/input.orders.json";
    String data = directory.resolve("data").toString();
    assertThat(line.execute("import", "--data", data, "amazon-eu", "orders", file)).isEqualTo(1);
    assertThat(out.toString())
        .contains("tax-rate-unclear: order 302-0000003-0000003")
        .contains("tax-not-facilitated: order 302-0000004-0000004");
  }

  @Test
  void what_a_vendor_wrote_does_not_steer_the_terminal() throws Exception {
    StringWriter out = new StringWriter();
    CommandLine line = commandLine();
    line.setOut(new PrintWriter(out, true));
    Path order =
        Files.writeString(
            directory.resolve("order.json"),
            "{\"id\": 1, \"name\\u001b[2J\\u009b31m\\u0007\": \"Jürgen\"}");
    String data = directory.resolve("data").toString();
    assertThat(line.execute("import", "--data", data, "shopify", "orders", order.toString()))
        .isEqualTo(1);
    assertThat(out.toString())
        .contains("it holds id, name\ufffd[2J\ufffd31m\ufffd")
        .doesNotContain("\u001b", "\u009b", "\u0007");
  }

  /** One sale of 10.00, and what the statement says that it comes to. */
  private Path settlement(String name, String total) throws Exception {
    return Files.writeString(
        directory.resolve(name),
        String.join(
            "\n",
            "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount"
                + "\tcurrency\ttransaction-type\torder-id\tmarketplace-name\tamount-type"
                + "\tamount-description\tamount\tposted-date\tsku\tquantity-purchased",
            name + "\t2026-11-01\t2026-11-15\t2026-11-17\t" + total + "\tUSD" + "\t".repeat(9),
            name
                + "\t\t\t\t\t\tOrder\t111-2222222-3333333\tAmazon.com\tItemPrice\tPrincipal"
                + "\t10.00\t2026-11-03\tNW-1\t1",
            ""));
  }

  @Test
  void faults_in_the_settings_are_all_printed_and_nothing_starts() throws Exception {
    Path config = directory.resolve("kontor.properties");
    Files.writeString(config, "kontor.htp.port=1\nkontor.odoo.callers=many\n");
    StringWriter err = new StringWriter();
    CommandLine line = commandLine();
    line.setErr(new PrintWriter(err, true));
    assertThat(line.execute("run", "--config", config.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("'kontor.htp.port'; did you mean 'kontor.http.port'?")
        .contains("kontor.odoo.callers is 'many'");
  }

  @Test
  void what_the_desk_cannot_mean_is_said_before_a_hub_is_opened() {
    assertThat(refusedByDesk("rety", "3")).contains("retry", "but no 'rety'");
    assertThat(refusedByDesk("3")).contains("but no '3'");
    assertThat(refusedByDesk("list", "3")).contains("desk show 3");
    assertThat(refusedByDesk("retry")).contains("needs the number of an item");
    assertThat(refusedByDesk("skip", "3")).contains("--note");
    assertThat(refusedByDesk("assign", "3")).contains("--team");
  }

  @Test
  void what_is_typed_wrongly_is_named_in_the_words_of_people() throws Exception {
    assertThat(refused(2, "settle", "--date", "2026-13-01"))
        .contains("'2026-13-01' is not a day such as 2026-11-20");
    assertThat(refused(2, "periods", "lock", "nordwind", "2026-13"))
        .contains("'2026-13' is not a month such as 2026-11");
    assertThat(refused(2, "batches", "list", "x")).contains("list takes no batch", "not 'x' alone");
    assertThat(refused(2, "desk", "show", "x")).contains("'x' is not a number such as 13");
    assertThat(refused(2, "bench", "--rounds", "x")).contains("'x' is not a number such as 13");
    String folder = directory.toString();
    assertThat(refused(1, "status", "--config", folder)).contains("no settings file " + folder);
    assertThat(refused(2, "desk", "edit", "1", "--file", folder)).contains(folder + " is a folder");
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThat(refused(1, "run", "--data", file.toString()))
        .contains(file + " is a file: name a data directory by --data");
  }

  @Test
  void a_database_that_cannot_be_opened_is_named_with_its_setting_and_without_its_password()
      throws Exception {
    Path config = directory.resolve("kontor.properties");
    Files.writeString(
        config,
        "kontor.http.port=0\nkontor.database.url=jdbc:postgresql://127.0.0.1:1/k?password=secret\n");
    assertThat(
            refused(
                1,
                "run",
                "--config",
                config.toString(),
                "--data",
                directory.resolve("data").toString()))
        .contains(
            "The database of kontor.database.url (jdbc:postgresql://127.0.0.1:1/k, as kontor) cannot be opened")
        .doesNotContain("secret");
  }

  @Test
  void a_database_that_refuses_us_is_named_with_its_setting() throws Exception {
    String missing = TestDatabase.postgres().url() + "_missing";
    Path config = directory.resolve("kontor.properties");
    Files.writeString(
        config,
        "kontor.http.port=0\nkontor.database.user=postgres\nkontor.database.url=" + missing + "\n");
    assertThat(
            refused(
                1,
                "run",
                "--config",
                config.toString(),
                "--data",
                directory.resolve("data").toString()))
        .contains(
            "The database of kontor.database.url (%s, as postgres) cannot be opened: FATAL: database"
                .formatted(missing));
  }

  @Test
  void a_retry_of_a_code_that_nothing_has_is_no_success() throws Exception {
    String data = directory.resolve("data").toString();
    Hub.start(
            SettingsReader.of(Map.of("kontor.data", data, "kontor.http.port", "0")),
            new HubWiring(Clock.systemUTC()))
        .close();
    assertThat(refused(1, "desk", "--data", data, "retry", "--code", "typo"))
        .contains("no open item has the code 'typo'");
    assertThat(refused(1, "desk", "--data", data, "list", "--team", "sales"))
        .contains("there is no team 'sales'; there are operations, finance");
    assertThat(refused(1, "settle", "--data", data, "--status", "--entity", "nord"))
        .contains("no entity 'nord'; there are: nordwind, northwind");
    assertThat(refused(1, "replay", "--data", data, "--channel", "amazn"))
        .contains("there is no channel 'amazn'; there are: amazon, amazon-eu");
    assertThat(refused(1, "replay", "--data", data, "--channel", "amazon", "--document", "order"))
        .contains("channel amazon has no document 'order'; it has: order-items, orders");
    assertThat(refused(1, "periods", "lock", "nordwind", "2026-01", "--data", data))
        .contains("this needs the role finance", "KONTOR_USER and KONTOR_KEY say");
  }

  private static String refused(int code, String... command) {
    StringWriter err = new StringWriter();
    CommandLine line = commandLine();
    line.setErr(new PrintWriter(err, true));
    assertThat(line.execute(command)).as(err.toString()).isEqualTo(code);
    return err.toString();
  }

  private static String refusedByDesk(String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine line = commandLine();
    line.setErr(new PrintWriter(err, true));
    List<String> command = new ArrayList<>(List.of("desk"));
    command.addAll(List.of(arguments));
    assertThat(line.execute(command.toArray(new String[0]))).isEqualTo(2);
    return err.toString();
  }

  @Test
  void every_command_explains_itself() {
    CommandLine line = commandLine();
    assertThat(line.getSubcommands().keySet())
        .containsExactlyInAnyOrder(
            "run",
            "demo",
            "import",
            "settle",
            "verify",
            "settlements",
            "open-orders",
            "write-off",
            "journal",
            "desk",
            "batches",
            "approve",
            "reject",
            "status",
            "replay",
            "redeliver",
            "bench",
            "periods",
            "help");
    for (String command : line.getSubcommands().keySet()) {
      if (command.equals("help")) {
        continue; // explains the others, with which it shares no option
      }
      StringWriter out = new StringWriter();
      line.setOut(new PrintWriter(out, true));
      assertThat(line.execute(command, "--help")).isZero();
      assertThat(out.toString()).contains("Usage: kontor " + command).contains("--data");
    }
  }

  private static CommandLine commandLine() {
    Wiring wiring = new HubWiring(Clock.systemUTC());
    return Kontor.commandLine(wiring, Map.of());
  }

  private int run(String... arguments) throws Exception {
    Process process = start(arguments);
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
    return process.exitValue();
  }

  private Process start(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlog4j2.configurationFile=src/main/resources/log4j2.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Kontor.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile());
    builder.environment().put("KONTOR_HTTP_PORT", "0");
    builder.environment().put("KONTOR_ODOO_TIMEOUT", "90s");
    return builder.start();
  }

  private String output() throws Exception {
    return Files.readString(directory.resolve("output"));
  }
}
