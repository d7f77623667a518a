package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Settlements of one seller in turn, the revenue made by them: debts and reserves that go from one
 * to the next, charged cards, transfers that failed. Statements in; journal and desk out, as an
 * accountant keeps them by hand. Run with {@code -Dkontor.golden=write} to write them anew, then
 * read the difference.
 */
class SettlementsInTurnTest {

  private static final Path CASES = Path.of("src/test/resources/golden/settlements-in-turn");
  private static final Instant NOW = Instant.parse("2026-11-18T08:00:00Z");
  private static final boolean WRITE = "write".equals(System.getProperty("kontor.golden"));

  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> settlements_in_turn_become_the_journal_that_was_agreed() throws IOException {
    return in(CASES)
        .map(c -> DynamicTest.dynamicTest(String.valueOf(c.getFileName()), () -> check(c)));
  }

  @Test
  void a_settlement_in_a_currency_that_its_channel_does_not_sell_in_is_proved_as_well()
      throws Exception {
    Path mappings = QuietHub.mappings(directory.resolve("mappings"));
    Files.writeString(
        mappings.resolve("accounts/nordwind/rates.csv"),
        "date,currency,rate,source\n2026-09-30,GBP,0.86,test\n");
    Path german = CASES.resolve("eu-several-chains/statements/1-de.txt");
    String british = Files.readString(german).replace("EUR", "GBP");
    try (QuietHub hub = new QuietHub(directory.resolve("data"), mappings, NOW)) {
      hub.record("amazon-eu", "settlement", british.getBytes(StandardCharsets.UTF_8));
      hub.reconcile();
      assertThat(hub.tieOut())
          .contains("BREAKS  none")
          .containsPattern("nordwind +amazon-eu +GBP +");
    }
  }

  @Test
  void a_debt_in_another_currency_is_paid_at_what_it_cost_and_the_rest_is_a_result()
      throws Exception {
    Path mappings = QuietHub.mappings(directory.resolve("mappings"));
    Files.writeString(
        mappings.resolve("accounts/nordwind/rates.csv"),
        """
        date,currency,rate,source
        2026-10-04,GBP,1.10,test
        2026-10-18,GBP,1.20,test
        """);
    Path settings = mappings.resolve("channels/amazon-eu/channel.yaml");
    Files.writeString(
        settings, Files.readString(settings).replace("recognise: order", "recognise: settlement"));
    try (QuietHub hub = new QuietHub(directory.resolve("data"), mappings, NOW)) {
      for (String french : List.of("2-fr-fees-alone.txt", "3-fr.txt")) {
        String statement =
            Files.readString(CASES.resolve("eu-several-chains/statements").resolve(french));
        hub.record(
            "amazon-eu",
            "settlement",
            statement.replace("EUR", "GBP").getBytes(StandardCharsets.UTF_8));
      }
      hub.reconcile();
      String journal = hub.answer("journal", "");
      assertThat(journal)
          .containsPattern("payable-to-channel:amazon-eu +-10.00 GBP @@ 11.00 EUR")
          .containsPattern("payable-to-channel:amazon-eu +10.00 GBP @@ 12.00 EUR")
          .containsPattern("fx.position:payable-to-channel:amazon-eu:GBP +-1.00 EUR")
          .containsPattern("fx.result +1.00 EUR");
      hub.reconcile();
      assertThat(hub.answer("journal", "")).isEqualTo(journal);
      assertThat(hub.tieOut()).contains("BREAKS  none");
    }
  }

  @Test
  void the_tax_that_we_owe_on_the_fees_of_a_channel_abroad_is_proved_as_well() throws Exception {
    Path mappings = QuietHub.mappings(directory.resolve("mappings"));
    Files.writeString(
        mappings.resolve("channels/amazon-eu/settlement-codes.csv"),
        "code,marketplace,nature,role,tax\n*/*/*,,,,reverse-charge 19\n");
    try (QuietHub hub = new QuietHub(directory.resolve("data"), mappings, NOW)) {
      hub.record(
          "amazon-eu",
          "settlement",
          Files.readAllBytes(CASES.resolve("eu-several-chains/statements/1-de.txt")));
      hub.reconcile();
      assertThat(hub.answer("journal", "")).contains("vat:reverse-charge:19");
      assertThat(hub.tieOut()).contains("BREAKS  none").containsPattern("reverse-charge:19 +");
    }
  }

  private void check(Path golden) throws IOException {
    String channel = golden.getFileName().toString().startsWith("us") ? "amazon" : "amazon-eu";
    Path home = directory.resolve(golden.getFileName());
    Path mappings = QuietHub.mappings(home.resolve("mappings"));
    Path settings = mappings.resolve("channels").resolve(channel).resolve("channel.yaml");
    Files.writeString(
        settings, Files.readString(settings).replace("recognise: order", "recognise: settlement"));
    try (QuietHub hub = new QuietHub(home.resolve("data"), mappings, NOW)) {
      for (Path statement : in(golden.resolve("statements")).toList()) {
        hub.record(channel, "settlement", Files.readAllBytes(statement));
        hub.reconcile();
      }
      hub.seal();
      String journal = hub.answer("journal", "").replaceAll(" mappings:[0-9a-f]+", "");
      agree(golden.resolve("journal.hledger"), journal);
      agree(golden.resolve("desk.txt"), hub.desk());
      assertThat(hub.tieOut()).contains("BREAKS  none");
    }
  }

  private static Stream<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return List.copyOf(files.sorted().toList()).stream();
    }
  }

  private static void agree(Path golden, String actual) throws IOException {
    if (WRITE) {
      Files.writeString(golden, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(golden));
  }
}
