package io.kontor.store;

import io.kontor.document.Sha256;
import io.kontor.ledger.Account;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import io.kontor.money.Money;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;

/** Facts and entries that tests write down. */
final class Samples {

  static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  private Samples() {}

  /** An entity whose chart has what {@link #entry} moves. */
  static Entity entity() {
    return entity("1400");
  }

  /**
   * @param clearing the code of its clearing account
   */
  static Entity entity(String clearing) {
    return new Entity(
        "nordwind",
        "Nordwind GmbH",
        ZoneId.of("Europe/Berlin"),
        Currency.getInstance("EUR"),
        "Nordwind GmbH",
        "KONT",
        "kontor.tax_zero",
        List.of(new Entity.Book(Entity.Target.FILE, Entity.Granularity.ENTRY)),
        new Chart(
            List.of(row("clearing", clearing), row("revenue.goods", "8400"), row("vat", "1776"))));
  }

  private static Chart.Row row(String account, String code) {
    return new Chart.Row(account, code, "the " + account, "asset_current", "Assets:" + code);
  }

  static OrderKey order(String id) {
    return new OrderKey("nordwind", "shopify", id);
  }

  static FactName placed(String id) {
    return new FactName("nordwind", "shopify", FactKind.ORDER_PLACED, id);
  }

  static StoredFact fact(String id, Instant revision, String json) {
    return new StoredFact(
        placed(id),
        order(id),
        revision,
        revision,
        Sha256.of(json.getBytes(StandardCharsets.UTF_8)),
        json,
        "shopify/orders/" + id,
        TestDatabase.START,
        "");
  }

  static StoredFact receipt(String store, String id, Instant at) {
    return new StoredFact(
        new FactName("nordwind", "tills", FactKind.RECEIPT_RUNG, id),
        new OrderKey("nordwind", "tills", id),
        at,
        at,
        "hash",
        "{}",
        "tills/log/1",
        TestDatabase.START,
        store);
  }

  /** Debit clearing, credit revenue and VAT of a fifth of the net. */
  static Journal.NewEntry entry(String order, LocalDate date, String gross) {
    return entry(order, "captured/shipped", date, gross);
  }

  static Journal.NewEntry entry(String order, String rule, LocalDate date, String gross) {
    Money total = Money.of(gross, "EUR");
    Money tax =
        Money.rounded(
            total.amount().divide(new BigDecimal("6"), RoundingMode.HALF_UP), total.currency());
    return new Journal.NewEntry(
        new JournalEntry(
            "nordwind",
            "shopify",
            date,
            "order " + order,
            placed(order).toString(),
            rule,
            "3f2a9c",
            List.of(
                Posting.debit(new Account("clearing:shopify:EUR"), total),
                Posting.credit(new Account("revenue.goods:shopify"), total.minus(tax)),
                Posting.credit(new Account("vat:de:20"), tax))),
        order(order));
  }
}
