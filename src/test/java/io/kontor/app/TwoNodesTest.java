package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.command.SandboxProcess;
import io.kontor.sandbox.day.SampleDocument;
import io.kontor.store.DatabaseSettings;
import io.kontor.store.TestDatabase;
import io.kontor.work.night.NightCalendar;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Grown up, by settings alone: two hubs, each a process with a data directory of its own, share a
 * PostgreSQL database, an Artemis that is a process of its own too, and a folder for the books.
 */
class TwoNodesTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String NIGHT_ROUTE = "run-nightly-nordwind";

  /** What has a name of its own, and so can be there only once. */
  private static final List<String> ONCE =
      List.of(
          "document | ",
          "fact | ",
          "delivery | ",
          "settlement | ",
          "order in Odoo | ",
          "order line in Odoo | ",
          "customer in Odoo | ");

  @TempDir Path directory;

  @Test
  void one_is_killed_in_the_middle_of_the_day_and_nothing_is_lost_and_nothing_is_there_twice()
      throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      cluster.one.start("");
      cluster.two.start("");
      cluster.one.awaitUp();
      cluster.two.awaitUp();

      cluster.sendToBoth(PartOfADay.documents());
      await().atMost(LONG).until(() -> cluster.query("SELECT COUNT(*) FROM fact") > 50);
      cluster.two.kill();
      cluster.dayOfOne.awaitAnswers();

      // While it is down somebody moves the night; a trigger that is there already moves, too.
      cluster.two.set("kontor.night.at", "04:30");
      cluster.two.start("");
      cluster.two.awaitUp();
      cluster.dayOfTwo.awaitAnswers();
      cluster.dayOfTwo.awaitQuiet();
      cluster.dayOfOne.awaitQuiet();

      twoNodesOneNight(cluster);

      cluster.dayOfOne.settle();
      cluster.dayOfTwo.settle();
      cluster.dayOfOne.awaitAnswers();
      cluster.dayOfTwo.awaitAnswers();
      cluster.dayOfOne.approve();
      cluster.dayOfOne.awaitAnswers();
      cluster.dayOfOne.awaitQuiet();

      for (HubUnderFire node : List.of(cluster.one, cluster.two)) {
        JsonNode proof = node.client(KillableHub.MAKER).get("tie-out", Map.of());
        assertThat(proof.path("breaks")).isEmpty();
        assertThat(proof.path("agrees").asBoolean()).isTrue();
      }
      cluster.one.stop();
      cluster.two.stop();
      nothingTwice(cluster);
    }
  }

  /** Forgets that a night was run, makes it due, and sees the clock run it: on one node, once. */
  private static void twoNodesOneNight(Cluster cluster) throws Exception {
    // The row of the node that was killed goes when the others have not heard of it for a while.
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(cluster.query("SELECT COUNT(*) FROM quartz_scheduler_state"))
                    .isEqualTo(2));
    assertThat(
            cluster.query(
                "SELECT COUNT(*) FROM quartz_cron_triggers WHERE cron_expression = '%s'"
                    .formatted(NightCalendar.cron(LocalTime.of(4, 30)))))
        .isEqualTo(2);
    cluster.execute("DELETE FROM night");
    cluster.execute(
        "UPDATE quartz_triggers SET next_fire_time = %d WHERE trigger_name = 'night-nordwind'"
            .formatted(System.currentTimeMillis()));
    await()
        .atMost(LONG)
        .until(() -> cluster.query("SELECT COUNT(*) FROM night WHERE state = 'done'") == 2);

    double fired = cluster.exchanges(cluster.one) + cluster.exchanges(cluster.two);
    assertThat(fired).as("times that a node ran the night").isEqualTo(1);
    assertThat(cluster.query("SELECT COUNT(DISTINCT SPLIT_PART(owner, '/', 1)) FROM night"))
        .isEqualTo(1);
    assertThat(cluster.query("SELECT MAX(attempts) FROM night")).isEqualTo(1);
    assertThat(cluster.query("SELECT COUNT(*) FROM posting_batch")).isPositive();
  }

  private static void nothingTwice(Cluster cluster) throws Exception {
    SortedMap<String, String> outcomes =
        Outcomes.of(cluster.database, cluster.books, cluster.sandbox.url());
    assertThat(outcomes)
        .allSatisfy(
            (name, value) -> {
              if (ONCE.stream().anyMatch(name::startsWith)) {
                assertThat(value).as(name).doesNotContain("AND AGAIN");
              }
            });
    assertThat(outcomes.keySet()).filteredOn(name -> name.startsWith("order in Odoo")).isNotEmpty();
    // Neither one that Kontor does not know, nor one that it knows by two names.
    assertThat(outcomes.keySet())
        .filteredOn(name -> name.startsWith("order in Odoo"))
        .noneMatch(name -> name.contains("null") || name.contains(" and "));

    long sent = PartOfADay.documents().size();
    long repeats = cluster.query("SELECT SUM(repeats) FROM raw_document");
    long kept = cluster.query("SELECT COUNT(*) FROM raw_document");
    assertThat(kept).as("documents").isLessThanOrEqualTo(sent);
    assertThat(kept + repeats).as("documents and repeats").isGreaterThanOrEqualTo(sent);
    assertThat(cluster.query("SELECT COUNT(*) FROM delivery WHERE state NOT IN ('sent', 'parked')"))
        .isZero();
    // The statement came in on one node's disk; whichever node read it had it from the database.
    assertThat(cluster.query("SELECT COUNT(*) FROM claim_check")).isEqualTo(1);
    assertThat(cluster.one.data().resolve("claims")).doesNotExist();
    assertThat(cluster.two.data().resolve("claims")).doesNotExist();
  }

  /** Everything around the two hubs. */
  private static final class Cluster implements AutoCloseable {

    final BrokerProcess broker;
    final SandboxProcess sandbox;
    final DatabaseSettings database;
    final Path books;
    final HubUnderFire one;
    final HubUnderFire two;
    final WorkingDay dayOfOne;
    final WorkingDay dayOfTwo;

    Cluster(Path directory) throws Exception {
      broker = BrokerProcess.start(directory.resolve("broker"), "512M");
      sandbox = SandboxProcess.start(directory.resolve("odoo"), "sandbox", KillableHub.KEY);
      new OdooOverHttp(sandbox.url()).prepareSampleDay();
      database = TestDatabase.postgres();
      books = directory.resolve("books");
      one = node(directory.resolve("one"));
      two = node(directory.resolve("two"));
      LocalDate night = LocalDate.now(ZoneOffset.UTC).plusDays(1);
      dayOfOne = new WorkingDay(one, night);
      dayOfTwo = new WorkingDay(two, night);
    }

    private HubUnderFire node(Path home) throws Exception {
      Map<String, String> settings = new TreeMap<>(broker.settings());
      settings.put("kontor.database.url", database.url());
      settings.put("kontor.database.user", database.user());
      settings.put("kontor.database.password", database.password());
      settings.put("kontor.night.clustered", "true");
      settings.put("kontor.books", books.toString());
      return new HubUnderFire(
          Files.createDirectories(home.resolve("data")), sandbox.url(), settings);
    }

    /** Every second document, so that an order's documents come in on different nodes. */
    void sendToBoth(List<SampleDocument> documents) {
      List<SampleDocument> even = new ArrayList<>();
      List<SampleDocument> odd = new ArrayList<>();
      for (SampleDocument document : documents) {
        (even.size() > odd.size() ? odd : even).add(document);
      }
      dayOfOne.send(even);
      dayOfTwo.send(odd);
    }

    long query(String sql) throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getLong(1);
      }
    }

    void execute(String sql) throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    private Connection connect() throws SQLException {
      return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    /** How often a node ran the night since it was started. */
    double exchanges(HubUnderFire node) throws Exception {
      String metrics =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(node.url().orElseThrow() + "/observe/metrics"))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      return metrics
          .lines()
          .filter(line -> line.startsWith("camel_exchanges_total{"))
          .filter(line -> line.contains("routeId=\"" + NIGHT_ROUTE + "\""))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }

    @Override
    public void close() {
      dayOfOne.close();
      dayOfTwo.close();
      one.close();
      two.close();
      sandbox.close();
      broker.close();
    }
  }
}
