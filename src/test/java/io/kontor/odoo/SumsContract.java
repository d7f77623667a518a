package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.RejectedFailure;
import io.kontor.money.Money;
import io.kontor.odoo.DeliveryOutcome.Delivered;
import io.kontor.odoo.document.OdooEntry;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read back of the books, to prove them. */
interface SumsContract extends OdooContract {

  @Test
  default void sums_are_by_the_month_of_the_posting_date() {
    OdooEntry november = fixture().sale("970", "7.00");
    OdooEntry october = fixture().sale("971", "3.00", LocalDate.of(2026, 10, 31));
    entries().deliver(List.of(november, october));

    Map<YearMonth, Map<String, AccountSum>> sums =
        entries()
            .sumsByMonth(
                OdooFixture.DE,
                LocalDate.of(2026, 1, 1),
                LocalDate.of(2026, 12, 31),
                fixture().entryPrefix() + "97");

    assertThat(sums.keySet()).containsExactly(YearMonth.of(2026, 10), YearMonth.of(2026, 11));
    assertThat(sums.get(YearMonth.of(2026, 10)).get("179001").balance())
        .isEqualTo(Money.of("3.00", "EUR"));
    assertThat(sums.get(YearMonth.of(2026, 11)).get("479001").balance())
        .isEqualTo(Money.of("-7.00", "EUR"));
    assertThat(entries().posted(List.of(october.externalId(), "kontor.je_nobody")))
        .containsExactly(october.externalId());
  }

  @Test
  default void sums_count_only_the_dates_and_the_entries_asked_for() {
    delivered(fixture().sale("960", "4.00"));
    String ours = fixture().entryPrefix() + "96";

    assertThat(sums("2026-11-21", "2026-11-21", ours)).isNotEmpty();
    assertThat(sums("2026-11-22", "2026-11-30", ours)).isEmpty();
    assertThat(sums("2026-11-01", "2026-11-20", ours)).isEmpty();
    assertThat(sums("2026-11-01", "2026-11-30", "kontor.je_nobody_")).isEmpty();
  }

  @Test
  default void what_is_posted_on_an_account_counts_after_the_account_was_archived() {
    String code = "17" + Math.floorMod(fixture().suffix.hashCode(), 10_000);
    long company = new References(client()).company(OdooFixture.DE);
    long account =
        create(
            "account.account",
            Map.of("name", "Old clearing", "code", code, "account_type", "asset_current"),
            Contexts.ofCompany(company));
    OdooEntry entry =
        fixture()
            .entry(
                "980",
                OdooFixture.DE,
                fixture().line("980a", code, Money.of("8.00", "EUR")),
                fixture().line("980b", "479001", Money.of("-8.00", "EUR")));
    delivered(entry);
    boolean archives = client().major() >= 19;
    write("account.account", account, Map.of(archives ? "active" : "deprecated", !archives));

    assertThat(november("980").get(code).balance()).isEqualTo(Money.of("8.00", "EUR"));
    odoo().startAfresh();
    OdooEntry late =
        fixture()
            .entry(
                "981",
                OdooFixture.DE,
                fixture().line("981a", code, Money.of("1.00", "EUR")),
                fixture().line("981b", "479001", Money.of("-1.00", "EUR")));
    assertThat(refused(late).failure().code()).isEqualTo("archived-account");
  }

  @Test
  default void what_people_reversed_in_odoo_is_missing_in_the_sums() {
    OdooEntry entry = fixture().sale("990", "6.00");
    Delivered delivered = delivered(entry);
    assertThat(entries().standing(entry.externalId(), id -> true))
        .extracting(EntryInOdoo::externalId)
        .containsExactly(entry.externalId());
    assertThat(entries().standing(entry.externalId(), id -> false)).isEmpty();
    long reversal = reversalOf(delivered.odooId(), "6.00");

    assertThat(november("990").get("179001").balance().isZero()).isTrue();
    assertThat(entries().standing(entry.externalId(), id -> true)).isEmpty();

    reversalOf(reversal, "-6.00");
    assertThat(november("990").get("179001").balance()).isEqualTo(Money.of("6.00", "EUR"));
  }

  @Test
  default void what_there_is_of_some_entries_is_found_drafts_included() {
    OdooEntry stands = fixture().sale("991", "1.00");
    OdooEntry draft = fixture().sale("992", "2.00");
    OdooEntry deleted = fixture().sale("993", "3.00");
    OdooEntry reversed = fixture().sale("994", "4.00");
    List<OdooEntry> posted = List.of(stands, draft, deleted, reversed);
    Map<String, Long> ids = new HashMap<>();
    entries()
        .deliver(posted)
        .forEach(outcome -> ids.put(outcome.externalId(), ((Delivered) outcome).odooId()));
    backToDraft(ids.get(draft.externalId()));
    delete(ids.get(deleted.externalId()));
    reversalOf(ids.get(reversed.externalId()), "4.00");

    List<String> all =
        List.of(
            stands.externalId(),
            draft.externalId(),
            deleted.externalId(),
            reversed.externalId(),
            fixture().sale("995", "5.00").externalId());
    assertThat(entries().existing(all, id -> false))
        .extracting(EntryInOdoo::externalId)
        .containsExactlyInAnyOrder(stands.externalId(), draft.externalId());
    assertThat(entries().existing(all, id -> true))
        .extracting(EntryInOdoo::externalId)
        .containsExactlyInAnyOrder(stands.externalId(), draft.externalId(), reversed.externalId());
    assertThat(entries().existing(List.of(), id -> true)).isEmpty();
  }

  @Test
  default void an_entry_that_people_changed_in_odoo_is_named_with_what_is_otherwise() {
    OdooEntry untouched = fixture().sale("950", "1.00");
    OdooEntry reset = fixture().sale("951", "2.00");
    OdooEntry deleted = fixture().sale("952", "3.00");
    OdooEntry moved = fixture().sale("953", "4.00");
    OdooEntry changed = fixture().sale("954", "5.00");
    OdooEntry reversed = fixture().sale("955", "6.00");
    List<OdooEntry> posted = List.of(untouched, reset, deleted, moved, changed, reversed);
    Map<String, Long> ids = new HashMap<>();
    entries()
        .deliver(posted)
        .forEach(outcome -> ids.put(outcome.externalId(), ((Delivered) outcome).odooId()));
    assertThat(entries().differences(posted)).isEmpty();

    backToDraft(ids.get(reset.externalId()));
    delete(ids.get(deleted.externalId()));
    rewrite(ids.get(moved.externalId()), Map.of("date", "2026-11-22"));
    long other = ids.get(changed.externalId());
    rewrite(other, Map.of("line_ids", otherAmounts(other, "5.01")));
    reversalOf(ids.get(reversed.externalId()), "6.00");

    Map<String, String> differences = entries().differences(posted);
    assertThat(differences)
        .containsOnlyKeys(
            posted.stream().skip(1).map(OdooEntry::externalId).toArray(String[]::new));
    assertThat(differences.get(reset.externalId())).endsWith("was set back to a draft there");
    assertThat(differences.get(deleted.externalId()))
        .isEqualTo("is not there any more: redeliver with its batch brings it back");
    assertThat(differences.get(moved.externalId()))
        .endsWith(") is of 2026-11-22 there, and of 2026-11-21 here");
    assertThat(differences.get(changed.externalId()))
        .endsWith(
            ") has 5.01 EUR on account 179001 there, and 5.00 EUR here;"
                + " -5.01 EUR on account 479001 there, and -5.00 EUR here");
    assertThat(differences.get(reversed.externalId())).contains(") is reversed there by KONT");
  }

  @Test
  default void an_entry_that_nobody_here_knows_is_a_stranger_in_its_month() {
    OdooEntry known = fixture().sale("945", "1.00");
    OdooEntry stranger = fixture().sale("946", "2.00");
    entries().deliver(List.of(known, stranger));
    String ours = fixture().entryPrefix() + "94";

    assertThat(
            entries().strangers(ours, Set.of(known.externalId()), Set.of(YearMonth.of(2026, 11))))
        .extracting(EntryInOdoo::externalId)
        .containsExactly(stranger.externalId());
    assertThat(entries().strangers(ours, Set.of(), Set.of(YearMonth.of(2026, 10)))).isEmpty();
  }

  private void backToDraft(long entry) {
    client().act("account.move", "button_draft", List.of(entry), Map.of());
  }

  private void delete(long entry) {
    assertThatThrownBy(() -> client().act("account.move", "unlink", List.of(entry), Map.of()))
        .as("while it is posted")
        .isInstanceOf(RejectedFailure.class)
        .hasMessageContaining("posted");
    backToDraft(entry);
    client().act("account.move", "unlink", List.of(entry), Map.of());
  }

  private void rewrite(long entry, Map<String, Object> values) {
    backToDraft(entry);
    write("account.move", entry, values);
    client().act("account.move", "action_post", List.of(entry), Map.of());
  }

  /** As somebody writes other amounts into the lines of a draft. */
  private List<Object> otherAmounts(long entry, String amount) {
    BigDecimal other = new BigDecimal(amount);
    List<Object> commands = new ArrayList<>();
    client()
        .searchRead(
            "account.move.line",
            List.of(List.of("move_id", "=", entry)),
            List.of("debit"),
            Contexts.QUIET)
        .forEach(
            line -> {
              boolean debit = line.path("debit").decimalValue().signum() > 0;
              commands.add(
                  List.of(
                      1,
                      line.path("id").asLong(),
                      Map.of(
                          "debit", debit ? other : BigDecimal.ZERO,
                          "credit", debit ? BigDecimal.ZERO : other)));
            });
    return commands;
  }

  private Map<String, AccountSum> november(String number) {
    return sums("2026-11-01", "2026-11-30", fixture().entryPrefix() + number);
  }

  private Map<String, AccountSum> sums(String from, String through, String prefix) {
    return sumsByAccount(LocalDate.parse(from), LocalDate.parse(through), prefix);
  }

  /** As the button in Odoo makes one: an entry of other people's that names what it takes back. */
  private long reversalOf(long entry, String credited) {
    References references = new References(client());
    long company = references.company(OdooFixture.DE);
    Map<String, Long> accounts = references.accounts().ids(company, Set.of("179001", "479001"));
    BigDecimal amount = new BigDecimal(credited);
    List<Object> lines = new ArrayList<>();
    for (BigDecimal balance : List.of(amount.negate(), amount)) {
      String account = lines.isEmpty() ? "179001" : "479001";
      lines.add(
          List.of(
              0,
              0,
              Map.of(
                  "account_id",
                  accounts.get(account),
                  "name",
                  "taken back",
                  "debit",
                  balance.max(BigDecimal.ZERO),
                  "credit",
                  balance.negate().max(BigDecimal.ZERO))));
    }
    Map<String, Object> values =
        Map.of(
            "move_type",
            "entry",
            "date",
            "2026-11-22",
            "journal_id",
            references.journal(company, "KONT"),
            "reversed_entry_id",
            entry,
            "line_ids",
            lines);
    Map<String, Object> context = Contexts.ofCompany(company);
    long reversal = create("account.move", values, context);
    client().act("account.move", "action_post", List.of(reversal), context);
    return reversal;
  }
}
