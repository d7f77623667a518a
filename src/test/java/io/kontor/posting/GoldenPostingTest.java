package io.kontor.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kontor.books.Hledger;
import io.kontor.books.HledgerJournal;
import io.kontor.ledger.Balances;
import io.kontor.ledger.DailyBalances;
import io.kontor.ledger.JournalEntry;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Rates;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.posting.SettlementPosting.Outcome;
import io.kontor.sales.Fact;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.Problem;
import io.kontor.sales.SettlementReceived;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an accountant reads: facts in, journal out. Run with {@code -Dkontor.golden=write} to write
 * the journals anew, then read the difference.
 */
class GoldenPostingTest {

  private static final Path CASES = Path.of("src/test/resources/golden/posting");

  @TestFactory
  Stream<DynamicTest> the_facts_of_each_case_make_its_journal() throws IOException {
    return cases().stream().map(c -> DynamicTest.dynamicTest(name(c), () -> check(c)));
  }

  @Test
  void hledger_accepts_every_journal_strictly(@TempDir Path dir) throws Exception {
    assumeTrue(Hledger.isInstalled(dir), "hledger is not installed");
    for (Path c : cases()) {
      assertThat(Hledger.faults(dir, c.resolve("journal.hledger"))).as(name(c)).isEmpty();
    }
  }

  private static void check(Path c) throws IOException {
    FactText text = FactText.of(Files.readString(c.resolve("facts.txt")));
    String journal = journal(text);
    Path expected = c.resolve("journal.hledger");
    if ("write".equals(System.getProperty("kontor.golden"))) {
      Files.writeString(expected, journal);
    }
    assertThat(journal).isEqualTo(Files.readString(expected));
  }

  /** Posts the facts one after the other as they arrive. */
  private static String journal(FactText text) {
    var channel =
        SampleBooks.channel(
            text.channel,
            text.rules,
            text.refundsReported,
            text.recognise,
            text.cutOver,
            text.settling());
    Entity entity =
        SampleBooks.entity(
            FactText.ENTITY, text.vatPoint, new Rates(Rates.USUAL_DAYS, text.rates), text.books);
    OrderPosting orders =
        new OrderPosting(channel, entity, SampleBooks.rules(), SampleBooks.MAPPINGS);
    SettlementPosting settlements =
        new SettlementPosting(
            channel, entity, SettlementCodes.of(text.codes), SampleBooks.MAPPINGS);
    Map<OrderKey, List<Fact>> known = new HashMap<>();
    Map<OrderKey, Map<String, DailyBalances>> postedOf = new HashMap<>();
    List<JournalEntry> journal = new ArrayList<>();
    Map<OrderKey, List<Problem>> problems = new LinkedHashMap<>();
    for (Fact fact : text.facts) {
      Map<String, DailyBalances> posted =
          postedOf.computeIfAbsent(fact.order(), any -> new HashMap<>());
      List<JournalEntry> entries;
      if (fact instanceof SettlementReceived settlement) {
        Outcome outcome =
            settlements.entries(
                settlement, text.sums.get(settlement), Map.of(), day -> balances(journal, day));
        entries = outcome.entries();
        problems.put(fact.order(), outcome.problems());
      } else {
        List<Fact> facts = known.computeIfAbsent(fact.order(), any -> new ArrayList<>());
        facts.add(fact);
        OrderPosition position = OrderPosition.of(facts, channel.capturesReported());
        List<Problem> found = new ArrayList<>(position.problems());
        found.addAll(orders.problems(position));
        problems.put(fact.order(), found);
        entries = orders.entries(position, posted);
      }
      for (JournalEntry entry : entries) {
        posted.computeIfAbsent(entry.fact(), any -> new DailyBalances()).add(entry);
      }
      journal.addAll(entries);
    }
    StringBuilder out = new StringBuilder(HledgerJournal.of(journal));
    problems.values().stream()
        .flatMap(List::stream)
        .forEach(
            p ->
                out.append(
                    "\n; problem %s (%s): %s\n".formatted(p.code(), p.reference(), p.message())));
    return out.toString();
  }

  private static Balances balances(List<JournalEntry> journal, LocalDate upTo) {
    Balances balances = new Balances();
    journal.stream()
        .filter(entry -> !entry.date().isAfter(upTo))
        .forEach(entry -> entry.postings().forEach(balances::add));
    return balances;
  }

  private static List<Path> cases() throws IOException {
    try (Stream<Path> dirs = Files.list(CASES)) {
      return dirs.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static String name(Path c) {
    return String.valueOf(c.getFileName());
  }
}
