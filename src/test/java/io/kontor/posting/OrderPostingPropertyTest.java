package io.kontor.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.ledger.Account;
import io.kontor.ledger.Balances;
import io.kontor.ledger.DailyBalances;
import io.kontor.ledger.JournalEntry;
import io.kontor.mapping.Entity;
import io.kontor.money.Allocation;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.sales.Customer;
import io.kontor.sales.Effect;
import io.kontor.sales.Fact;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.LineKind;
import io.kontor.sales.Measure;
import io.kontor.sales.OrderCancelled;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderLine;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.PaymentCaptured;
import io.kontor.sales.Refunded;
import io.kontor.sales.Shipped;
import io.kontor.sales.Tax;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens to an order, in whatever order we hear of it. */
class OrderPostingPropertyTest {

  private static final OrderKey KEY = new OrderKey(FactText.ENTITY, "shopify", "1001");
  private static final Instant START = Instant.parse("2026-11-18T10:00:00Z");
  private static final List<TaxKey> TAXES =
      List.of(
          new TaxKey("de", new BigDecimal("19"), TaxScheme.DOMESTIC),
          new TaxKey("de", new BigDecimal("7"), TaxScheme.DOMESTIC),
          new TaxKey("us-ky", new BigDecimal("6"), TaxScheme.FACILITATED));
  private static final Map<String, OrderPosting> POSTINGS =
      Map.of(
          "captured", SampleBooks.posting("captured"),
          "captured, VAT with the payment",
              SampleBooks.posting("captured", Entity.VatPoint.EARLIEST),
          "uncaptured", SampleBooks.posting("uncaptured"));

  @Property(tries = 400)
  void the_order_of_arrival_and_repeats_change_no_effect(@ForAll long seed) {
    Random random = new Random(seed);
    List<Fact> facts = anything(random);
    OrderPosition straight = OrderPosition.of(facts);
    List<Fact> shuffled = new ArrayList<>(facts);
    shuffled.addAll(facts.subList(0, random.nextInt(facts.size())));
    Collections.shuffle(shuffled, random);
    assertThat(OrderPosition.of(shuffled)).isEqualTo(straight);
  }

  @Property(tries = 400)
  void facts_posted_as_they_arrive_end_in_the_balances_of_all_at_once(@ForAll long seed) {
    Random random = new Random(seed);
    List<Fact> facts = anything(random);
    for (OrderPosting posting : POSTINGS.values()) {
      Map<String, DailyBalances> atOnce = arrive(posting, facts, facts.size());
      List<Fact> shuffled = new ArrayList<>(facts);
      shuffled.addAll(facts.subList(0, random.nextInt(facts.size())));
      Collections.shuffle(shuffled, random);
      Map<String, DailyBalances> oneByOne = arrive(posting, shuffled, 1);
      assertThat(text(oneByOne)).isEqualTo(text(atOnce));
      assertThat(posting.entries(OrderPosition.of(facts), oneByOne)).isEmpty();
    }
  }

  @Property(tries = 400)
  void what_is_corrected_stands_on_the_days_of_the_newest_revisions(@ForAll long seed) {
    Random random = new Random(seed);
    List<Fact> facts = new ArrayList<>(anything(random));
    facts.replaceAll(fact -> revised(fact, random.nextInt(40), 1));
    List<Fact> revisions = new ArrayList<>(facts);
    for (Fact fact : facts) {
      // A shipment that is of a later day by its newest revision may have been sent in parts.
      int earliest = fact instanceof Shipped ? 0 : -40;
      revisions.add(revised(fact, earliest + random.nextInt(80), 0));
    }
    Collections.shuffle(revisions, random);
    for (OrderPosting posting : POSTINGS.values()) {
      if (!posting.problems(OrderPosition.of(facts)).isEmpty()) {
        continue; // What has no rate on its day waits for one, and so does its correction.
      }
      Map<String, DailyBalances> atOnce = arrive(posting, facts, facts.size());
      Map<String, DailyBalances> oneByOne = arrive(posting, revisions, 1);
      assertThat(text(oneByOne)).isEqualTo(text(atOnce));
      assertThat(posting.entries(OrderPosition.of(facts), oneByOne)).isEmpty();
    }
  }

  /** The same on another day, by another revision. */
  private static Fact revised(Fact fact, int days, int revision) {
    FactHead head =
        new FactHead(
            fact.name(),
            fact.order(),
            START.plus(revision, ChronoUnit.HOURS),
            fact.occurredAt().plus(days, ChronoUnit.DAYS));
    if (fact instanceof PaymentCaptured capture) {
      return new PaymentCaptured(head, capture.amount(), capture.gateway(), capture.derived());
    }
    if (fact instanceof Refunded refund) {
      return new Refunded(head, refund.amount(), refund.gateway(), refund.parts());
    }
    if (fact instanceof Shipped shipment) {
      return new Shipped(head, shipment.lines());
    }
    return fact;
  }

  @Property(tries = 400)
  void what_was_paid_shipped_and_cancelled_in_full_leaves_no_deposit(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int currency) {
    Random random = new Random(seed);
    List<Fact> facts =
        fulfilled(random, Currency.getInstance(List.of("EUR", "JPY", "KWD").get(currency)));
    Balances all = sum(arrive(POSTINGS.get("captured"), facts, facts.size()));
    OrderPosition position = OrderPosition.of(facts);
    Currency of = position.placed().orElseThrow().currency();
    assertThat(all.of(new Account("deposits:shopify"), of))
        .as("%s", facts)
        .isEqualTo(Money.zero(of));
  }

  @Property(tries = 400)
  void with_everything_shipped_or_paid_back_it_is_one_when_vat_arose(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int currency) {
    Random random = new Random(seed);
    List<Fact> facts =
        fulfilled(random, Currency.getInstance(List.of("EUR", "JPY", "KWD").get(currency)));
    Balances early = sum(arrive(POSTINGS.get("captured, VAT with the payment"), facts, 1));
    Balances late = sum(arrive(POSTINGS.get("captured"), facts, 1));
    assertThat(amounts(early)).as("%s", facts).isEqualTo(amounts(late));
  }

  /** In the order's own currency; a tax that is owed on another day is worth something else. */
  private static List<String> amounts(Balances balances) {
    return balances.postings().stream()
        .filter(p -> !p.account().role().startsWith("fx.") && !p.amount().isZero())
        .map(p -> p.account() + " " + p.amount())
        .toList();
  }

  @Property(tries = 400)
  void what_is_paid_in_full_owes_its_whole_vat_at_once(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int currency) {
    Random random = new Random(seed);
    List<OrderLine> lines =
        lines(random, Currency.getInstance(List.of("EUR", "JPY", "KWD").get(currency)));
    OrderPlaced order = placed(lines, 0);
    Money first = money(random, order.currency(), 20000).min(order.total());
    List<Fact> facts = new ArrayList<>(List.of(order, capture(1, first, random)));
    if (!order.total().equals(first)) {
      facts.add(capture(2, order.total().minus(first), random));
    }
    facts.replaceAll(f -> f instanceof PaymentCaptured c ? reported(c) : f);
    Balances all = sum(arrive(POSTINGS.get("captured, VAT with the payment"), facts, 1));
    for (TaxKey key : TAXES) {
      Money owed = Money.zero(order.currency());
      if (key.scheme() != TaxScheme.FACILITATED) {
        for (OrderLine line : lines) {
          for (Tax tax : line.taxes()) {
            owed = tax.key().equals(key) ? owed.plus(tax.amount()) : owed;
          }
        }
      }
      assertThat(all.of(new Account("vat:" + key), order.currency()).negated()).isEqualTo(owed);
    }
  }

  private static PaymentCaptured reported(PaymentCaptured capture) {
    return new PaymentCaptured(capture.head(), capture.amount(), capture.gateway(), false);
  }

  @Property(tries = 400)
  void the_shares_of_an_order_shipped_in_parts_add_up_to_it(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int currency) {
    Random random = new Random(seed);
    List<OrderLine> lines =
        lines(random, Currency.getInstance(List.of("EUR", "JPY", "KWD").get(currency)));
    OrderPlaced order = placed(lines, 0);
    List<Fact> facts = new ArrayList<>(shipAll(random, lines, Map.of()));
    facts.add(order);
    Map<String, Money> sums = new HashMap<>();
    for (Effect effect : OrderPosition.of(facts).effects()) {
      for (Measure measure : effect.measures()) {
        sums.merge(
            measure.name() + measure.qualifiers().getOrDefault("tax", ""),
            measure.amount(),
            Money::plus);
      }
    }
    assertThat(sums.getOrDefault("gross", zero(order))).isEqualTo(order.total());
    for (TaxKey key : TAXES) {
      Money stated =
          lines.stream()
              .flatMap(l -> l.taxes().stream())
              .filter(t -> t.key().equals(key))
              .map(Tax::amount)
              .reduce(zero(order), Money::plus);
      String name = key.scheme() == TaxScheme.FACILITATED ? "facilitatedTax" : "tax";
      assertThat(sums.getOrDefault(name + key, zero(order))).isEqualTo(stated);
    }
  }

  @Property(tries = 300)
  void what_stands_and_what_was_cancelled_are_the_line(@ForAll long seed) {
    Random random = new Random(seed);
    List<Fact> facts = anything(random);
    OrderPosition position = OrderPosition.of(facts);
    if (!position.complete()) {
      return;
    }
    for (OrderLine line : position.standing()) {
      OrderLine ordered =
          position.lines().stream()
              .map(l -> l.line())
              .filter(l -> l.externalId().equals(line.externalId()))
              .findFirst()
              .orElseThrow();
      Money cancelled =
          Allocation.nextShare(
              ordered.gross(),
              ordered.quantity(),
              line.quantity(),
              ordered.quantity().subtract(line.quantity()));
      assertThat(line.gross().plus(cancelled)).isEqualTo(ordered.gross());
      assertThat(line.discount().isNegative()).isFalse();
    }
  }

  // -- what can happen -----------------------------------------------------------------------

  private static List<Fact> anything(Random random) {
    Currency currency = Currency.getInstance(List.of("EUR", "JPY", "KWD").get(random.nextInt(3)));
    List<OrderLine> lines = lines(random, currency);
    List<Fact> facts = new ArrayList<>();
    if (random.nextInt(8) > 0) {
      facts.add(placed(lines, random.nextInt(4)));
    }
    for (int i = 0; i < random.nextInt(3); i++) {
      facts.add(capture(i, money(random, currency, 50000), random));
    }
    for (int i = 0; i < random.nextInt(4); i++) {
      List<Shipped.Part> parts = new ArrayList<>();
      for (OrderLine line : lines) {
        if (random.nextBoolean()) {
          parts.add(new Shipped.Part(line.externalId(), units(random, line)));
        }
      }
      facts.add(new Shipped(head(FactKind.SHIPPED, i, random), parts));
    }
    for (int i = 0; i < random.nextInt(4); i++) {
      facts.add(refund(i, random, lines, currency));
    }
    if (random.nextInt(5) == 0 || facts.isEmpty()) {
      facts.add(new OrderCancelled(head(FactKind.ORDER_CANCELLED, 0, random), ""));
    }
    return facts;
  }

  private static Refunded refund(int id, Random random, List<OrderLine> lines, Currency currency) {
    List<Refunded.Part> parts = new ArrayList<>();
    for (OrderLine line : lines) {
      if (random.nextInt(3) == 0) {
        Money gross = money(random, currency, 9000);
        parts.add(
            new Refunded.Part(
                random.nextInt(6) == 0 ? "" : line.externalId(),
                "",
                "",
                random.nextInt(3) == 0 ? BigDecimal.ZERO : units(random, line),
                List.of(Refunded.Goods.values()).get(random.nextInt(3)),
                gross,
                random.nextBoolean()
                    ? Optional.of(gross.min(money(random, currency, 900)))
                    : Optional.empty()));
      }
    }
    Money amount = random.nextInt(5) == 0 ? Money.zero(currency) : money(random, currency, 20000);
    return new Refunded(
        head(FactKind.REFUNDED, id, random),
        amount,
        random.nextInt(4) == 0 ? "gift_card" : "paypal",
        parts);
  }

  /** Paid in full; some units cancelled and paid back, some price reduced, the rest shipped. */
  private static List<Fact> fulfilled(Random random, Currency currency) {
    List<OrderLine> lines = lines(random, currency);
    OrderPlaced order = placed(lines, 0);
    List<Fact> facts = new ArrayList<>();
    facts.add(order);
    facts.add(
        new PaymentCaptured(
            head(FactKind.PAYMENT_CAPTURED, 0, 1), order.total(), "shopify_payments", false));
    Map<String, BigDecimal> cancelled = new HashMap<>();
    List<Refunded.Part> parts = new ArrayList<>();
    for (OrderLine line : lines) {
      boolean sent = line.kind() == LineKind.GOODS || line.kind() == LineKind.GIFT_CARD;
      // at least one line is sent in part, so that there is a last shipment
      if (sent && line.quantity().compareTo(BigDecimal.ONE) > 0 && random.nextBoolean()) {
        BigDecimal units = units(random, line).min(line.quantity().subtract(BigDecimal.ONE));
        cancelled.put(line.externalId(), units);
        parts.add(
            new Refunded.Part(
                line.externalId(),
                "",
                "",
                units,
                Refunded.Goods.CANCELLED,
                Allocation.nextShare(line.gross(), line.quantity(), BigDecimal.ZERO, units),
                Optional.empty()));
      }
    }
    Money amount = Money.sum(parts.stream().map(Refunded.Part::gross).toList(), currency);
    if (!parts.isEmpty()) {
      facts.add(
          new Refunded(head(FactKind.REFUNDED, 0, random.nextInt(100)), amount, "paypal", parts));
    }
    Money left = order.total().minus(amount);
    if (left.isPositive() && random.nextBoolean()) {
      Money reduction = Money.ofMinorUnits(left.minorUnits() * random.nextInt(90) / 100, currency);
      facts.add(
          new Refunded(
              head(FactKind.REFUNDED, 1, random.nextInt(100)), reduction, "paypal", List.of()));
    }
    facts.addAll(shipAll(random, lines, cancelled));
    return facts;
  }

  private static List<Fact> shipAll(
      Random random, List<OrderLine> lines, Map<String, BigDecimal> cancelled) {
    Map<String, BigDecimal> left = new LinkedHashMap<>();
    for (OrderLine line : lines) {
      left.put(
          line.externalId(),
          line.quantity().subtract(cancelled.getOrDefault(line.externalId(), BigDecimal.ZERO)));
    }
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; facts.isEmpty() || left.values().stream().anyMatch(u -> u.signum() > 0); i++) {
      List<Shipped.Part> parts = new ArrayList<>();
      for (Map.Entry<String, BigDecimal> line : left.entrySet()) {
        if (line.getValue().signum() > 0 && (i > 3 || random.nextBoolean())) {
          BigDecimal units = i > 3 ? line.getValue() : BigDecimal.ONE;
          parts.add(new Shipped.Part(line.getKey(), units));
          line.setValue(line.getValue().subtract(units));
        }
      }
      facts.add(new Shipped(head(FactKind.SHIPPED, i, 10 + i * 10), parts));
    }
    return facts;
  }

  private static List<OrderLine> lines(Random random, Currency currency) {
    List<OrderLine> lines = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      LineKind kind = i == 0 ? LineKind.GOODS : List.of(LineKind.values()).get(random.nextInt(4));
      BigDecimal quantity =
          kind == LineKind.GOODS ? BigDecimal.valueOf(1 + random.nextInt(5)) : BigDecimal.ONE;
      long unit = random.nextInt(8) == 0 ? 0 : random.nextInt(5000);
      UnitPrice price =
          new UnitPrice(BigDecimal.valueOf(unit, currency.getDefaultFractionDigits()), currency);
      Money list = price.times(quantity);
      Money discount = Money.ofMinorUnits(list.minorUnits() * random.nextInt(30) / 100, currency);
      Money gross = list.minus(discount);
      List<Tax> taxes = new ArrayList<>();
      for (TaxKey key : TAXES) {
        if (random.nextInt(2) == 0) {
          taxes.add(
              new Tax(
                  key,
                  Money.rounded(gross.amount().multiply(key.rate()).movePointLeft(2), currency)));
        }
      }
      lines.add(
          new OrderLine(
              "L" + i, kind, "SKU" + i, "Thing", quantity, price, discount, gross, taxes));
    }
    return lines;
  }

  private static OrderPlaced placed(List<OrderLine> lines, int residue) {
    Currency currency = lines.get(0).gross().currency();
    Money total =
        Money.sum(lines.stream().map(OrderLine::gross).toList(), currency)
            .plus(Money.ofMinorUnits(residue, currency));
    return new OrderPlaced(
        head(FactKind.ORDER_PLACED, 1001, 0),
        "#1001",
        currency,
        true,
        new Customer("guest", "", "", "", "", "", ""),
        "",
        lines,
        total,
        false);
  }

  private static PaymentCaptured capture(int id, Money amount, Random random) {
    return new PaymentCaptured(
        head(FactKind.PAYMENT_CAPTURED, id, random),
        amount,
        random.nextInt(3) == 0 ? "gift_card" : "shopify_payments",
        random.nextInt(3) == 0);
  }

  private static BigDecimal units(Random random, OrderLine line) {
    return BigDecimal.valueOf(1 + random.nextInt(line.quantity().intValue()));
  }

  private static Money money(Random random, Currency currency, int most) {
    return Money.ofMinorUnits(1 + random.nextInt(most), currency);
  }

  private static Money zero(OrderPlaced order) {
    return Money.zero(order.currency());
  }

  private static FactHead head(FactKind kind, int id, Random random) {
    return head(kind, id, random.nextInt(100));
  }

  private static FactHead head(FactKind kind, int id, int minutes) {
    Instant at = START.plusSeconds(60L * minutes);
    return new FactHead(
        new FactName(FactText.ENTITY, "shopify", kind, Integer.toString(id)), KEY, at, at);
  }

  // -- the ledger ----------------------------------------------------------------------------

  private static Map<String, DailyBalances> arrive(
      OrderPosting posting, List<Fact> facts, int step) {
    Map<String, DailyBalances> posted = new HashMap<>();
    for (int known = step; known <= facts.size(); known += step) {
      OrderPosition position = OrderPosition.of(facts.subList(0, known));
      for (JournalEntry entry : posting.entries(position, posted)) {
        posted.computeIfAbsent(entry.fact(), any -> new DailyBalances()).add(entry);
      }
    }
    return posted;
  }

  private static Balances sum(Map<String, DailyBalances> posted) {
    Balances sum = new Balances();
    posted.values().forEach(balances -> balances.sum().postings().forEach(sum::add));
    return sum;
  }

  private static Map<String, String> text(Map<String, DailyBalances> posted) {
    Map<String, String> text = new HashMap<>();
    posted.forEach(
        (fact, balances) ->
            balances
                .days()
                .forEach(
                    (day, ofDay) -> {
                      if (!ofDay.postings().isEmpty()) {
                        text.put(fact + " " + day, ofDay.postings().toString());
                      }
                    }));
    return text;
  }
}
