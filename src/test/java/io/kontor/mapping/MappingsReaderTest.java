package io.kontor.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kontor.Folders;
import io.kontor.ledger.Account;
import io.kontor.mapping.statement.FeeTax;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.mapping.translation.Translator;
import io.kontor.money.Money;
import io.kontor.sales.FactKind;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingsReaderTest {

  private static final Path OURS = Path.of("mappings");

  @TempDir private Path root;

  @TempDir private Path elsewhere;

  @BeforeEach
  void copyOurs() throws IOException {
    Folders.copy(OURS, root);
  }

  @Test
  void the_mappings_that_are_shipped_are_sound() {
    Mappings mappings = MappingsReader.read(OURS);
    assertThat(mappings.entities()).containsOnlyKeys("northwind", "nordwind");
    assertThat(mappings.channels())
        .containsOnlyKeys("shopify", "shopify-eu", "amazon", "amazon-eu", "stores-us", "stores-de");
    assertThat(mappings.version()).matches("[0-9a-f]{12}");
    Translator translator = new Translator(mappings, OURS);
    assertThat(translator).isNotNull();
    Channel amazon = mappings.channel("amazon").orElseThrow();
    assertThat(amazon.capturesReported()).isFalse();
    assertThat(amazon.documents()).containsOnlyKeys("orders", "order-items", "settlement");
    assertThat(mappings.consequences(Channel.Kind.POS, FactKind.RECEIPT_RUNG))
        .containsExactly(Consequence.ODOO_TILL);
    assertThat(
            mappings
                .catalog()
                .tax("nordwind", new TaxKey("de", new BigDecimal("19"), TaxScheme.DOMESTIC), true))
        .contains("kontor.tax_de_19_incl");
    assertThat(mappings.entityOf(amazon).chart().row(new Account("clearing:amazon:x"))).isPresent();
  }

  @Test
  void the_version_changes_with_every_file_and_with_nothing_else() throws IOException {
    String before = MappingsReader.read(root).version();
    assertThat(MappingsReader.read(OURS).version()).isEqualTo(before);
    append("vendors/shopify/orders.jq", "# a remark\n");
    assertThat(MappingsReader.read(root).version()).isNotEqualTo(before);
  }

  @Test
  void a_volume_of_kubernetes_is_read_through_its_links_and_once() throws IOException {
    Path volume = Folders.copyAsVolume(OURS, elsewhere);
    assertThat(MappingsReader.read(volume).version())
        .isEqualTo(MappingsReader.read(OURS).version());
    assertThat(new Translator(MappingsReader.read(volume), volume)).isNotNull();
  }

  @Test
  void an_entity_may_let_small_batches_be_approved_by_themselves() throws IOException {
    assertThat(MappingsReader.read(OURS).entities().get("nordwind").autoApprove()).isEmpty();
    append("accounts/nordwind/entity.yaml", "autoApprove: { limit: \"1000.00\" }\n");
    append("authors.yaml", "authors: [olga, erik]\n");

    Mappings mappings = MappingsReader.read(root);

    assertThat(mappings.entities().get("nordwind").autoApprove())
        .contains(Money.of("1000.00", "EUR"));
    assertThat(mappings.authors()).containsExactlyInAnyOrder("olga", "erik");
    append("accounts/northwind/entity.yaml", "autoApprove: { limit: \"-1\", of: x }\n");
    assertThat(faults())
        .anySatisfy(fault -> assertThat(fault).contains("'-1' is not above zero"))
        .anySatisfy(fault -> assertThat(fault).contains("unknown key 'of'"));
  }

  @Test
  void a_rule_without_any_of_its_legs_does_not_balance_and_is_named() throws IOException {
    Path rules = root.resolve("accounts/rules.yaml");
    List<String> lines = Files.readAllLines(rules);
    String name = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("- set: ")) {
        name = line.substring("- set: ".length());
      } else if (line.startsWith("  on: ")) {
        name += "/" + line.substring("  on: ".length());
      } else if (line.startsWith("    - { ")) {
        List<String> without = new ArrayList<>(lines);
        without.remove(i);
        Files.write(rules, without);
        assertThat(faults())
            .as("without line %d: %s", i + 1, line)
            .isNotEmpty()
            .allSatisfy(fault -> assertThat(fault).contains("does not balance"))
            .anySatisfy(fault -> assertThat(fault).startsWith("accounts/rules.yaml, "));
        assertThat(String.join("; ", faults())).contains(name + ": does not balance: what is ");
      }
    }
  }

  @Test
  void a_channel_that_does_not_fit_the_rules_by_which_it_is_booked_is_named() throws IOException {
    replace("channels/shopify/channel.yaml", "capturesReported: true", "capturesReported: false");
    replace("channels/shopify-eu/channel.yaml", "rules: captured", "rules: till");
    replace("channels/stores-us/channel.yaml", "rules: till", "rules: captured");
    replace("channels/amazon/channel.yaml", "capturesReported: false", "capturesReported: true");
    replace("channels/amazon-eu/channel.yaml", "capturesReported: false", "capturesReported: true");
    assertThat(faults())
        .containsExactlyInAnyOrder(
            "channels/shopify/channel.yaml: 'capturesReported: false' does not go with 'rules: captured', which has a rule on 'payment-captured'",
            "channels/shopify-eu/channel.yaml: a channel of 'kind: web-store' is booked by 'shipped', and 'rules: till' has no rule on it",
            "channels/shopify-eu/channel.yaml: 'capturesReported: true' does not go with 'rules: till', which has no rule on 'payment-captured'",
            "channels/stores-us/channel.yaml: a channel of 'kind: pos' is booked by 'receipt-rung', and 'rules: captured' has no rule on it",
            "channels/amazon/channel.yaml: 'capturesReported: true' opens a clearing account for each gateway, and a statement does not say which of them it pays out: this version settles only channels that report no captures, so give it a vendor without *.statement.yaml, and not 'amazon'",
            "channels/amazon-eu/channel.yaml: 'capturesReported: true' opens a clearing account for each gateway, and a statement does not say which of them it pays out: this version settles only channels that report no captures, so give it a vendor without *.statement.yaml, and not 'amazon'",
            "channels/amazon/channel.yaml: 'capturesReported: true' does not go with 'rules: uncaptured', which has no rule on 'payment-captured'",
            "channels/amazon-eu/channel.yaml: 'recognise: settlement' is of marketplaces that report no captures: captures would never be booked");
  }

  @Test
  void a_channels_table_that_nothing_names_would_have_no_effect() throws IOException {
    Files.writeString(
        root.resolve("channels/amazon-eu/settlement-code.csv"),
        "code,marketplace,nature,role,tax\n*/*/*,,,,reverse-charge 19\n");
    assertThat(faults())
        .singleElement()
        .asString()
        .contains(
            "settlement-code.csv", "it is none of settlement-codes.csv, settlement-taxes.csv");
  }

  @Test
  void an_entity_has_books_each_once_and_accounts_that_they_can_keep() throws IOException {
    replace("accounts/northwind/entity.yaml", "target: odoo", "target: file");
    replace("accounts/nordwind/entity.yaml", "  - { target: odoo, granularity: summary }\n", "");
    replace("accounts/nordwind/entity.yaml", "  - { target: file, granularity: entry }\n", "");
    append("accounts/northwind/chart.csv", "revenue.more,4990,More,income,Sales  of A; B\n");
    assertThat(faults())
        .anySatisfy(
            f -> assertThat(f).contains("northwind/entity.yaml", "target 'file' stands twice"))
        .anySatisfy(f -> assertThat(f).contains("nordwind/entity.yaml", "'books' names none"))
        .anySatisfy(
            f -> assertThat(f).contains("chart.csv:", "'Sales  of A; B' cannot be the name"));
  }

  @Test
  void what_settlements_are_booked_to_has_an_account_before_the_first_comes() throws IOException {
    Path chart = root.resolve("accounts/nordwind/chart.csv");
    List<String> rows = Files.readAllLines(chart);
    rows.removeIf(row -> row.startsWith("suspense,") || row.startsWith("payout-in-transit,"));
    Files.write(chart, rows);
    assertThat(faults())
        .anySatisfy(f -> assertThat(f).contains("channels/amazon-eu", "no row for 'suspense'"))
        .anySatisfy(f -> assertThat(f).contains("amazon-eu", "no row for 'payout-in-transit'"));
  }

  @Test
  void every_fault_of_every_table_is_named_at_once() throws IOException {
    replace("channels/shopify/channel.yaml", "vendor: shopify", "vendor: shopfiy\ncolour: red");
    replace("channels/shopify-eu/channel.yaml", "cutOver: 2000-01-01", "cutOver: soon");
    replace("channels/stores-us/channel.yaml", "kind: pos", "kind: till");
    replace("channels/stores-de/channel.yaml", "currencies: [EUR]", "currencies: [EURO]");
    append("channels/stores-us/taxes.csv", "9:1,us-or,0\n");
    append("catalog/taxes.csv", "nordwind,germany,19,domestic,incl,kontor.x\n");
    append("catalog/taxes.csv", "nobody,de,19,domestic,incl,kontor.x\n");
    append("catalog/taxes.csv", "nordwind,de,19,domestic,incl,kontor.x\n");
    append("catalog/sku-aliases.csv", "only-one-field\n");
    append("vendors/amazon/settlement-codes.csv", "A/B/C,gift,fee.other\n");
    append("vendors/amazon/settlement-codes.csv", "A/B/D,fee,fee.unheard-of\n");
    append("vendors/amazon/settlement-codes.csv", "A/B/E,other,fx.position:amazon\n");
    append("consequences.yaml", "kiosk:\n  order-placed: [odoo-order]\n");
    replace("consequences.yaml", "web-store:\n", "web-store:\n  payment-captured: [reconcile]\n");
    append("accounts/rules.yaml", "- set: till\n  on: shipped\n  entry: [{ amount: net }]\n");
    append(
        "accounts/rules.yaml",
        "- set: kiosk\n  on: shipped\n  entry: [{ debit: 'clearing:{chanel}', amount: grss }]\n");
    Files.writeString(root.resolve("channels/shopify/channel.yml"), "vendor: shopify\n");
    assertThat(faults())
        .anySatisfy(f -> assertThat(f).contains("channels/shopify/channel.yaml", "shopfiy"))
        .anySatisfy(f -> assertThat(f).contains("unknown key 'colour'"))
        .anySatisfy(f -> assertThat(f).contains("channels/shopify-eu/channel.yaml", "'cutOver'"))
        .anySatisfy(f -> assertThat(f).contains("stores-us/channel.yaml", "'till' is none of"))
        .anySatisfy(f -> assertThat(f).contains("stores-de/channel.yaml", "EURO"))
        .anySatisfy(f -> assertThat(f).contains("stores-us/taxes.csv:", "'9:1'", "twice"))
        .anySatisfy(f -> assertThat(f).contains("catalog/taxes.csv:", "'germany' is not a country"))
        .anySatisfy(f -> assertThat(f).contains("catalog/taxes.csv:", "no entity 'nobody'"))
        .anySatisfy(f -> assertThat(f).contains("'nordwind/de:19/incl' stands twice"))
        .anySatisfy(f -> assertThat(f).contains("sku-aliases.csv:", "has 1 fields"))
        .anySatisfy(
            f ->
                assertThat(f)
                    .contains(
                        "settlement-codes.csv:", "no nature of a code 'gift'; there are sale"))
        .anySatisfy(f -> assertThat(f).contains("'fx.position:amazon' is no role of a code"))
        .anySatisfy(f -> assertThat(f).contains("no row for 'fee.unheard-of'"))
        .anySatisfy(f -> assertThat(f).contains("consequences.yaml", "'kiosk' is none of"))
        .anySatisfy(f -> assertThat(f).contains("rules.yaml", "either debit or credit"))
        .anySatisfy(f -> assertThat(f).contains("rules.yaml", "no amount 'grss'; there are"))
        .anySatisfy(
            f ->
                assertThat(f)
                    .contains("no place {chanel}; there are [channel, currency, gateway, store"))
        .anySatisfy(
            f ->
                assertThat(f)
                    .contains("consequences.yaml", "reconcile cannot follow from payment-captured"))
        .anySatisfy(f -> assertThat(f).contains("channel.yml", "nothing reads this file"));
  }

  @Test
  void a_channel_may_say_for_itself_what_codes_mean_and_how_fees_are_taxed() throws IOException {
    Files.writeString(
        root.resolve("channels/amazon/settlement-codes.csv"),
        """
        code,marketplace,nature,role,tax
        */*/*,,,,reverse-charge 19
        */*/*,Amazon.fr,,,none
        */*/QuantumHandlingFee,,fee,fee.other,included 20
        """);
    SettlementCodes codes =
        ((Channel.Document.Statement)
                MappingsReader.read(root)
                    .channel("amazon")
                    .orElseThrow()
                    .documents()
                    .get("settlement"))
            .codes();
    assertThat(codes.find("Order/ItemFees/Commission", "Amazon.de").orElseThrow().tax())
        .hasToString("reverse-charge 19");
    assertThat(codes.find("Order/ItemFees/Commission", "Amazon.fr").orElseThrow().tax())
        .isEqualTo(FeeTax.NONE);
    assertThat(codes.find("Order/ItemFees/QuantumHandlingFee", "Amazon.fr").orElseThrow().role())
        .isEqualTo("fee.other");
    assertThat(codes.find("ServiceFee/Cost of Advertising/TaxAmount", "").orElseThrow().tax())
        .isEqualTo(FeeTax.NONE);
    assertThat(codes.find("Order/ItemPrice/Principal", "").orElseThrow().tax())
        .isEqualTo(FeeTax.NONE);
  }

  @Test
  void faults_of_layouts_and_of_a_channels_codes_are_named() throws IOException {
    Files.writeString(
        root.resolve("channels/amazon/settlement-codes.csv"),
        "code,nature,role,tax\n*/*/A,fee,fee.unheard-of\n*/*/B,fee,fee.other,vat 19\n");
    replace("vendors/amazon/settlement-v1.statement.yaml", "delimiter: [tab", "delimiter: [bar");
    replace("vendors/amazon/settlement-v2.statement.yaml", "  amount: amount\n", "");
    replace("vendors/amazon/settlement-v2.statement.yaml", "totals:", "totals:\n  source: rows");
    append("vendors/amazon/settlement-codes.csv", "A/B/C,fee,fee.other\nA/b/C,fee,fee.other\n");
    assertThat(faults())
        .anySatisfy(f -> assertThat(f).contains("amazon/settlement-codes.csv:3", "'vat 19'"))
        .anySatisfy(f -> assertThat(f).contains("no row for 'fee.unheard-of'"))
        .anySatisfy(f -> assertThat(f).contains("v1.statement.yaml", "'bar' is none of tab"))
        .anySatisfy(f -> assertThat(f).contains("v2.statement.yaml, line", "'plus' adds"))
        .anySatisfy(f -> assertThat(f).contains("v2.statement.yaml, totals", "'rows' must say"))
        .anySatisfy(f -> assertThat(f).contains("codes 'A/B/C' and 'A/b/C' are one"));
  }

  @Test
  void dates_that_could_be_two_days_or_lose_a_part_are_faults() throws IOException {
    String layout = "vendors/amazon/settlement-v2.statement.yaml";
    replace(
        layout, "dates:\n", "dates:\n  - MM/dd/yyyy\n  - yyyy-mm-dd'M'\n  - dd.MM.yyyy hh:mm z\n");
    assertThat(faults())
        .hasSize(4)
        .allSatisfy(f -> assertThat(f).contains(layout, "'dates': "))
        .anySatisfy(
            f ->
                assertThat(f)
                    .contains("02/03/2001 is one day by 'MM/dd/yyyy' and another by 'dd/MM/yyyy'"))
        .anySatisfy(
            f ->
                assertThat(f).contains("'yyyy-mm-dd'M'' writes 2001-02-03T16:05:06 as 2001-05-03M"))
        .anySatisfy(
            f ->
                assertThat(f)
                    .contains(
                        "'dd.MM.yyyy hh:mm z' writes 2001-02-03T16:05:06 as 03.02.2001 04:05 Z"));
  }

  @Test
  void two_statements_of_a_vendor_have_one_table_of_codes() throws IOException {
    Path vendor = root.resolve("vendors/amazon");
    Files.copy(vendor.resolve("settlement-v2.statement.yaml"), vendor.resolve("b.statement.yaml"));
    append("vendors/amazon/vendor.yaml", "  balance: { statement: b.statement.yaml }\n");
    assertThat(MappingsReader.read(root).channel("amazon").orElseThrow().documents())
        .containsKey("balance");
    replace("vendors/amazon/b.statement.yaml", "codes: settlement-codes", "codes: b-codes");
    Files.writeString(
        vendor.resolve("b-codes.csv"), "code,nature,role\nOrder/ItemPrice/Tax,fee,fee.other\n");
    assertThat(faults())
        .containsExactly(
            "vendors/amazon/vendor.yaml, documents: the statements of one vendor must share their table of codes");
  }

  @Test
  void a_tills_interval_is_a_whole_part_of_a_day() throws IOException {
    replace("channels/stores-de/channel.yaml", "interval: P1D", "interval: PT7H");
    replace("channels/stores-us/channel.yaml", "interval: P1D", "");
    assertThat(faults())
        .satisfiesExactlyInAnyOrder(
            f -> assertThat(f).contains("stores-de", "'interval' is PT7H: it must be a whole part"),
            f -> assertThat(f).contains("stores-us", "'interval' is missing"));
  }

  @Test
  void a_file_that_is_no_yaml_or_no_table_names_the_place_and_nothing_that_follows_from_it()
      throws IOException {
    append("channels/shopify/channel.yaml", "vendor: again\n");
    append("accounts/nordwind/entity.yaml", "  - [\n");
    append("vendors/amazon/vendor.yaml", "documents: again\n");
    replace("catalog/taxes.csv", "prices,externalId", "prices,id");
    Files.delete(root.resolve("accounts/northwind/chart.csv"));
    assertThat(faults())
        .satisfiesExactlyInAnyOrder(
            f -> assertThat(f).contains("channels/shopify/channel.yaml:", "Duplicate"),
            f -> assertThat(f).contains("accounts/nordwind/entity.yaml:", "is not YAML"),
            f -> assertThat(f).contains("vendors/amazon/vendor.yaml:", "Duplicate"),
            f -> assertThat(f).contains("taxes.csv:1", "the columns must be"),
            f -> assertThat(f).contains("accounts/northwind/chart.csv: is missing"));
  }

  @Test
  void jq_that_does_not_compile_and_a_missing_schema_stop_the_translator() throws IOException {
    append("vendors/amazon/orders.jq", "| {\n");
    Files.delete(root.resolve("schema/shipped.v1.json"));
    Mappings mappings = MappingsReader.read(root);
    InvalidMappingsException e =
        catchThrowableOfType(InvalidMappingsException.class, () -> new Translator(mappings, root));
    assertThat(e.faults())
        .anySatisfy(f -> assertThat(f).contains("schema/shipped.v1.json: is missing"))
        .anySatisfy(f -> assertThat(f).contains("vendors/amazon/orders.jq: is not jq"));
  }

  @Test
  void definitions_that_do_not_compile_are_named_by_their_own_file_and_line() throws IOException {
    Files.writeString(
        root.resolve("vendors/house.jq"), "def found: 1;\ndef chars: (;\n# tables.schemes\n");
    Mappings mappings = MappingsReader.read(root);
    InvalidMappingsException e =
        catchThrowableOfType(InvalidMappingsException.class, () -> new Translator(mappings, root));
    assertThat(e.faults())
        .singleElement()
        .satisfies(
            f -> assertThat(f).contains("vendors/house.jq: is not jq", "at line 2, column 13"));
  }

  private List<String> faults() {
    return catchThrowableOfType(InvalidMappingsException.class, () -> MappingsReader.read(root))
        .faults();
  }

  private void append(String file, String text) throws IOException {
    String before = Files.exists(root.resolve(file)) ? Files.readString(root.resolve(file)) : "";
    Files.writeString(root.resolve(file), before + text);
  }

  private void replace(String file, String old, String text) throws IOException {
    String content = Files.readString(root.resolve(file));
    assertThat(content).contains(old);
    Files.writeString(root.resolve(file), content.replace(old, text));
  }
}
