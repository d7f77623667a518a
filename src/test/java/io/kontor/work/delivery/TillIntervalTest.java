package io.kontor.work.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.Folders;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.MappingsReader;
import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.money.Money;
import io.kontor.odoo.document.OdooOrder;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.LineKind;
import io.kontor.sales.OrderKey;
import io.kontor.sales.ReceiptRung;
import io.kontor.sales.Tax;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import io.kontor.store.Claim;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.StoredFact;
import io.kontor.store.TestDatabase;
import io.kontor.store.WantedDelivery;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TillIntervalTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir private Path folder;

  @OnBothDatabases
  void each_receipt_of_the_night_on_which_the_clock_goes_back_is_in_odoo_once(TestDatabase db)
      throws IOException {
    // A quarter past and a quarter to, from one o'clock to four, of which the third hour comes
    // twice.
    assertThat(sold(db, "PT30M", Instant.parse("2026-10-24T23:15:00Z"), 8))
        .containsExactlyInAnyOrder(
            "0009/2026-10-25T01:00 1",
            "0009/2026-10-25T01:30 1",
            "0009/2026-10-25T02:00 2",
            "0009/2026-10-25T02:30 2",
            "0009/2026-10-25T03:00 1",
            "0009/2026-10-25T03:30 1");
  }

  @OnBothDatabases
  void each_receipt_of_the_night_on_which_the_clock_goes_forward_is_in_odoo_once(TestDatabase db)
      throws IOException {
    assertThat(sold(db, "PT45M", Instant.parse("2026-03-29T00:35:00Z"), 4))
        .containsExactlyInAnyOrder(
            "0009/2026-03-29T01:30 1", "0009/2026-03-29T03:00 2", "0009/2026-03-29T03:45 1");
  }

  /** Rings a receipt every half hour; how many each order in Odoo would hold. */
  private List<String> sold(TestDatabase db, String interval, Instant first, int count)
      throws IOException {
    Mappings mappings = mappings(interval);
    Map<String, Instant> subjects = new TreeMap<>();
    List<StoredFact> facts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ReceiptRung receipt = receipt(i, first.plusSeconds(1_800L * i));
      CanonicalFact fact = CanonicalFact.of(receipt);
      subjects.putIfAbsent(
          TillInterval.of(mappings.channels().get("stores-de"), BERLIN, receipt).subject(), first);
      facts.add(
          new StoredFact(
              receipt.name(),
              receipt.order(),
              first,
              receipt.occurredAt(),
              fact.hash(),
              fact.json(),
              "raw",
              first,
              "0009"));
    }
    db.run(tx -> db.store.revisions().insert(tx, facts));
    OdooContents contents = new OdooContents(db.store.facts(), db.store.receipts(), mappings);
    List<String> sold = new ArrayList<>();
    for (String subject : subjects.keySet()) {
      Optional<OdooOrder> order =
          db.in(tx -> contents.of(tx, OdooContents.Of.claim(claim(subject))));
      sold.add(subject + " " + order.orElseThrow().lines().get(0).quantity().stripTrailingZeros());
    }
    return sold;
  }

  @Test
  void a_receipt_that_is_of_another_day_now_leaves_the_order_that_held_it() throws IOException {
    Mappings mappings = mappings("P1D");
    Consequences consequences = new Consequences(mappings, mappings.channels().get("stores-de"));
    ReceiptRung monday = receipt(1, Instant.parse("2026-11-16T10:00:00Z"));
    ReceiptRung later = receipt(1, Instant.parse("2026-11-16T20:00:00Z"));
    ReceiptRung tuesday = receipt(1, Instant.parse("2026-11-17T10:00:00Z"));

    assertThat(consequences.left(monday, tuesday))
        .map(WantedDelivery::subject)
        .contains("nordwind/stores-de/0009/2026-11-16T00:00");
    assertThat(consequences.left(monday, later)).isEmpty();
  }

  @OnBothDatabases
  void a_day_whose_receipts_are_gone_is_on_the_desk_while_its_order_stands_in_odoo(TestDatabase db)
      throws IOException {
    Mappings mappings = mappings("P1D");
    DeliveryPolicy policy =
        new DeliveryPolicy(
            "node",
            10,
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            3);
    DeliveryBook book = new DeliveryBook(db.store.held(), db.store.desk(), policy, delivered -> {});
    WantedDelivery day =
        new WantedDelivery(
            "nordwind",
            "stores-de",
            "nordwind/stores-de/0009/2026-11-20T00:00",
            Consequence.ODOO_TILL,
            "nordwind/stores-de/0009/2026-11-20T00:00",
            Optional.empty(),
            Instant.EPOCH);
    db.run(tx -> db.store.deliveries().want(tx, List.of(day)));
    db.run(
        tx ->
            db.store
                .claiming()
                .claim(tx, Consequence.ODOO_TILL, 1, "node", policy.lease())
                .forEach(claim -> book.finish(tx, claim, new Outcome.Sent("full", "S00012"))));
    db.run(tx -> db.store.deliveries().want(tx, List.of(day)));

    new OdooDelivering(
            db.store.database(),
            db.store.claiming(),
            db.store.held(),
            new OdooContents(db.store.facts(), db.store.receipts(), mappings),
            () -> {
              throw new IllegalStateException("there is nothing to say to Odoo");
            },
            Optional.empty(),
            policy,
            book)
        .deliverDue(Consequence.ODOO_TILL);

    List<WorkItem> open =
        db.in(tx -> db.store.workItems().list(tx, WorkItems.Filter.open(), 0, 10));
    assertThat(open).extracting(WorkItem::code).containsExactly("till-emptied");
    assertThat(open.get(0).message()).contains("order S00012 of them stands in Odoo");
  }

  private Mappings mappings(String interval) throws IOException {
    Path copy = folder.resolve("mappings");
    Folders.copy(Path.of("mappings"), copy);
    Path file = copy.resolve("channels/stores-de/channel.yaml");
    Files.writeString(file, Files.readString(file).replace("P1D", interval));
    return MappingsReader.read(copy);
  }

  private static Claim claim(String subject) {
    String whole = "nordwind/stores-de/" + subject;
    return new Claim(
        "odoo-till:" + whole,
        Consequence.ODOO_TILL,
        "nordwind",
        "stores-de",
        whole,
        whole,
        1,
        "node",
        1,
        1,
        Instant.MAX,
        false,
        Optional.empty(),
        Optional.empty());
  }

  private static ReceiptRung receipt(int number, Instant at) {
    String id = "r" + number;
    TaxKey tax = new TaxKey("de", new BigDecimal(19), TaxScheme.DOMESTIC);
    return new ReceiptRung(
        new FactHead(
            new FactName("nordwind", "stores-de", FactKind.RECEIPT_RUNG, id),
            new OrderKey("nordwind", "stores-de", id),
            at,
            at),
        "0009",
        "1",
        LocalDate.ofInstant(at, BERLIN),
        Currency.getInstance("EUR"),
        true,
        List.of(
            new ReceiptRung.Line(
                "1",
                LineKind.GOODS,
                "MUG-01",
                "Mug",
                BigDecimal.ONE,
                Money.of("11.90", "EUR"),
                List.of(new Tax(tax, Money.of("1.90", "EUR"))))),
        List.of(new ReceiptRung.Tender(ReceiptRung.TenderKind.CASH, Money.of("11.90", "EUR"))),
        false);
  }
}
