package io.kontor.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The traps that real servers set for whoever writes journal entries. */
class JournalEntryTrapsTest {

  private SandboxOdoo sandbox;
  private Wire wire;
  private int bank;
  private int sales;
  private int journal;

  @BeforeEach
  void start() {
    sandbox = SandboxOdoo.start(SandboxSettings.inMemory(OdooVersion.V19));
    wire = new Wire(sandbox.uri());
    bank = first("account.account", "[['code','=','101401']]");
    sales = first("account.account", "[['code','=','400000']]");
    journal = first("account.journal", "[['code','=','MISC']]");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private int first(String model, String domain) {
    return wire.ok(model, "search", "{'domain':" + domain + "}").get(0).asInt();
  }

  private JsonNode load(String id, String date, String debit, String credit) {
    return wire.ok(
        "account.move",
        "load",
        """
        {'fields':['id','ref','date','journal_id/.id','line_ids/id','line_ids/account_id/.id',
         'line_ids/debit','line_ids/credit'],
         'data':[['kontor.%1$s','R1','%2$s','%3$d','kontor.%1$s_1','%4$d','%6$s','0'],
                 ['','','','','kontor.%1$s_2','%5$d','0','%7$s']]}
        """
            .formatted(id, date, journal, bank, sales, debit, credit));
  }

  private int entry(String id, String date) {
    return load(id, date, "10.00", "10.00").get("ids").get(0).asInt();
  }

  private Wire.Answer post(int id) {
    return wire.json2("account.move", "action_post", "{'ids':[%d]}".formatted(id));
  }

  private String read(int id, String field) {
    return wire.ok("account.move", "read", "{'ids':[%d],'fields':['%s']}".formatted(id, field))
        .get(0)
        .get(field)
        .asText();
  }

  @Test
  void a_draft_reloads_cleanly_and_a_posted_entry_refuses() {
    int id = entry("je_1", "2026-11-21");
    assertThat(entry("je_1", "2026-11-21")).isEqualTo(id);
    assertThat(post(id).body().asBoolean(true)).isFalse();
    JsonNode refused = load("je_1", "2026-11-21", "10.00", "10.00");
    assertThat(refused.get("ids").asBoolean(true)).isFalse();
    assertThat(refused.get("messages").get(0).get("message").asText())
        .contains("cannot modify the following readonly fields on a posted move");
  }

  @Test
  void an_entry_is_posted_only_once() {
    int id = entry("je_1", "2026-11-21");
    post(id);
    assertThat(read(id, "name")).isEqualTo("MISC/2026/11/0001");
    Wire.Answer again = post(id);
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.message())
        .isEqualTo("The entry MISC/2026/11/0001 (id %d) must be in draft.".formatted(id));
  }

  @Test
  void an_unbalanced_entry_is_refused_and_leaves_nothing() {
    JsonNode outcome = load("je_1", "2026-11-21", "10.00", "9.99");
    assertThat(outcome.get("messages").get(0).get("message").asText())
        .isEqualTo("The entry is not balanced.");
    assertThat(wire.ok("account.move.line", "search_count", "{'domain':[]}").asInt()).isZero();
  }

  @Test
  void the_message_of_a_refused_entry_also_stands_on_the_first_row_of_its_batch() {
    JsonNode messages =
        wire.ok(
                "account.move",
                "load",
                """
                {'fields':['id','line_ids/id','line_ids/account_id/.id','line_ids/debit'],
                 'data':[['kontor.a','','',''],['kontor.b','kontor.b_1','%d','5.00']]}
                """
                    .formatted(bank))
            .get("messages");
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).get("rows").get("from").asInt()).isZero();
    assertThat(messages.get(1).get("rows").get("from").asInt()).isEqualTo(1);
  }

  private JsonNode loadTaxed(String tax, String credit) {
    int id =
        wire.ok(
                "account.move",
                "load",
                """
                {'fields':['id','journal_id/.id','line_ids/id','line_ids/account_id/.id',
                 'line_ids/debit','line_ids/credit','line_ids/tax_ids/id'],
                 'data':[['kontor.t','%d','kontor.t_1','%d','100.00','0',''],
                         ['','','kontor.t_2','%d','0','%s','%s']]}
                """
                    .formatted(journal, bank, sales, credit, tax))
            .get("ids")
            .get(0)
            .asInt();
    return wire.ok(
        "account.move.line",
        "search_read",
        "{'domain':[['move_id','=',%d]],'fields':['name','balance','account_id'],'order':'id'}"
            .formatted(id));
  }

  @Test
  void an_entry_whose_lines_name_taxes_gets_tax_lines_and_is_balanced_silently() {
    JsonNode lines = loadTaxed("account.1_sale_tax_template", "100.00");
    assertThat(lines).hasSize(4);
    assertThat(lines.get(2).get("balance").decimalValue()).isEqualByComparingTo("-15.00");
    assertThat(lines.get(2).get("account_id").get(1).asText()).isEqualTo("Tax Received");
    assertThat(lines.get(3).get("name").asText()).isEqualTo("Automatic Balancing Line");
    assertThat(lines.get(3).get("account_id").get(1).asText()).isEqualTo("Bank Suspense Account");
    assertThat(loadTaxed("account.1_sale_tax_template", "100.00")).hasSize(4);
  }

  @Test
  void even_with_the_zero_tax_an_unbalanced_entry_is_balanced_and_not_refused() {
    JsonNode lines = loadTaxed("account.1_zero_sale_tax_template", "99.99");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(2).get("balance").decimalValue()).isEqualByComparingTo("-0.01");
  }

  @Test
  void posting_into_a_locked_period_moves_the_date_behind_the_lock() {
    wire.ok("res.company", "write", "{'ids':[1],'vals':{'fiscalyear_lock_date':'2020-06-30'}}");
    int id = entry("je_1", "2020-06-15");
    post(id);
    assertThat(read(id, "date")).isEqualTo("2020-07-31");
  }

  @Test
  void a_posted_entry_of_a_locked_period_is_not_reset_to_draft() {
    int id = entry("je_1", "2020-06-15");
    post(id);
    wire.ok("res.company", "write", "{'ids':[1],'vals':{'fiscalyear_lock_date':'2020-06-30'}}");
    Wire.Answer refused = wire.json2("account.move", "button_draft", "{'ids':[%d]}".formatted(id));
    assertThat(refused.message())
        .isEqualTo(
            "You cannot add/modify entries prior to and inclusive of: Global Lock Date"
                + " (06/30/2020).");
  }

  @Test
  void sums_are_grouped_by_account_and_month() {
    post(entry("je_1", "2026-10-21"));
    post(entry("je_2", "2026-11-21"));
    JsonNode groups =
        wire.ok(
            "account.move.line",
            "formatted_read_group",
            "{'domain':[['parent_state','=','posted']],'groupby':['account_id','date:month'],"
                + "'aggregates':['debit:sum','credit:sum','__count']}");
    assertThat(groups).hasSize(4);
    assertThat(groups.get(0).get("account_id").get(1).asText()).isEqualTo("Bank");
    assertThat(groups.get(0).get("date:month").get(0).asText()).isEqualTo("2026-10-01");
    assertThat(groups.get(0).get("debit:sum").decimalValue()).isEqualByComparingTo("10.00");
  }
}
