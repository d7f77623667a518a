package io.kontor.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.ledger.Account;
import io.kontor.ledger.Balances;
import io.kontor.ledger.DailyBalances;
import io.kontor.ledger.JournalEntry;
import io.kontor.mapping.Entity;
import io.kontor.money.Allocation;
import io.kontor.money.Money;
import io.kontor.sales.Effect;
import io.kontor.sales.Fact;
import io.kontor.sales.FactHead;
import io.kontor.sales.Measure;
import io.kontor.sales.OrderLine;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.PaymentCaptured;
import io.kontor.sales.Problem;
import io.kontor.sales.Refunded;
import io.kontor.sales.Shipped;
import io.kontor.sales.Tax;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens to an order, in whatever order we hear of it. */
class OrderPostingPropertyTest {

  /** How a channel is booked, and whether it says what was paid. */
  private record Booked(OrderPosting posting, boolean capturesReported) {

    OrderPosition position(List<Fact> facts) {
      return OrderPosition.of(facts, capturesReported);
    }
  }

  private static final Map<String, Booked> POSTINGS =
      Map.of(
          "captured", new Booked(SampleBooks.posting("captured"), true),
          "captured, VAT with the payment",
              new Booked(SampleBooks.posting("captured", Entity.VatPoint.EARLIEST), true),
          "uncaptured", new Booked(SampleBooks.posting("uncaptured"), false));

  @Property(tries = 400)
  void the_order_of_arrival_and_repeats_change_no_effect(@ForAll long seed) {
    Random random = new Random(seed);
    List<Fact> facts = RandomOrders.anything(random);
    OrderPosition straight = OrderPosition.of(facts, true);
    List<Fact> shuffled = new ArrayList<>(facts);
    shuffled.addAll(facts.subList(0, random.nextInt(facts.size())));
    Collections.shuffle(shuffled, random);
    assertThat(OrderPosition.of(shuffled, true)).isEqualTo(straight);
  }

  @Property(tries = 400)
  void facts_posted_as_they_arrive_end_in_the_balances_of_all_at_once(@ForAll long seed) {
    Random random = new Random(seed);
    List<Fact> facts = RandomOrders.anything(random);
    for (Booked booked : POSTINGS.values()) {
      Map<String, DailyBalances> atOnce = arrive(booked, facts, facts.size());
      List<Fact> shuffled = new ArrayList<>(facts);
      shuffled.addAll(facts.subList(0, random.nextInt(facts.size())));
      Collections.shuffle(shuffled, random);
      Map<String, DailyBalances> oneByOne = arrive(booked, shuffled, 1);
      assertThat(text(oneByOne)).isEqualTo(text(atOnce));
      assertThat(booked.posting().entries(booked.position(facts), oneByOne)).isEmpty();
    }
  }

  @Property(tries = 400)
  void what_is_corrected_stands_on_the_days_of_the_newest_revisions(@ForAll long seed) {
    Random random = new Random(seed);
    List<Fact> facts = new ArrayList<>(RandomOrders.anything(random));
    facts.replaceAll(fact -> revised(fact, random.nextInt(40), 1));
    List<Fact> revisions = new ArrayList<>(facts);
    for (Fact fact : facts) {
      // A shipment that is of a later day by its newest revision may have been sent in parts.
      int earliest = fact instanceof Shipped ? 0 : -40;
      revisions.add(revised(fact, earliest + random.nextInt(80), 0));
    }
    Collections.shuffle(revisions, random);
    for (Booked booked : POSTINGS.values()) {
      if (!booked.posting().problems(booked.position(facts)).isEmpty()) {
        continue; // What has no rate on its day waits for one, and so does its correction.
      }
      Map<String, DailyBalances> atOnce = arrive(booked, facts, facts.size());
      Map<String, DailyBalances> oneByOne = arrive(booked, revisions, 1);
      assertThat(text(oneByOne)).isEqualTo(text(atOnce));
      assertThat(booked.posting().entries(booked.position(facts), oneByOne)).isEmpty();
    }
  }

  /** The same on another day, by another revision. */
  private static Fact revised(Fact fact, int days, int revision) {
    FactHead head =
        new FactHead(
            fact.name(),
            fact.order(),
            RandomOrders.START.plus(revision, ChronoUnit.HOURS),
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
    List<Fact> facts = RandomOrders.fulfilled(random, RandomOrders.CURRENCIES.get(currency));
    Balances all = sum(arrive(POSTINGS.get("captured"), facts, facts.size()));
    OrderPosition position = OrderPosition.of(facts, true);
    Currency of = position.placed().orElseThrow().currency();
    assertThat(all.of(new Account("deposits:shopify"), of))
        .as("%s", facts)
        .isEqualTo(Money.zero(of));
    assertThat(position.problems())
        .as("%s", facts)
        .extracting(Problem::code)
        .doesNotContain(Problem.PAID_ABOVE_ORDER);
  }

  @Property(tries = 400)
  void what_comes_back_pays_for_what_was_not_paid(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int currency) {
    Random random = new Random(seed);
    List<OrderLine> lines = RandomOrders.lines(random, RandomOrders.CURRENCIES.get(currency));
    OrderPlaced order = RandomOrders.placed(lines, 0);
    Money worth = lines.get(0).gross();
    Money unpaid = worth.min(RandomOrders.money(random, order.currency(), 20000));
    List<Fact> facts = new ArrayList<>(RandomOrders.shipAll(random, lines, Map.of()));
    facts.add(order);
    if (!order.total().equals(unpaid)) {
      facts.add(reported(RandomOrders.capture(1, order.total().minus(unpaid), random)));
    }
    facts.add(RandomOrders.returned(lines.get(0), worth.minus(unpaid)));
    for (String books : List.of("captured", "captured, VAT with the payment")) {
      Balances all = sum(arrive(POSTINGS.get(books), facts, 1));
      assertThat(all.of(new Account("deposits:shopify"), order.currency()))
          .as("%s", facts)
          .isEqualTo(zero(order));
    }
  }

  @Property(tries = 400)
  void with_everything_shipped_or_paid_back_it_is_one_when_vat_arose(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int currency) {
    Random random = new Random(seed);
    List<Fact> facts = RandomOrders.fulfilled(random, RandomOrders.CURRENCIES.get(currency));
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
    List<OrderLine> lines = RandomOrders.lines(random, RandomOrders.CURRENCIES.get(currency));
    OrderPlaced order = RandomOrders.placed(lines, 0);
    Money first = RandomOrders.money(random, order.currency(), 20000).min(order.total());
    List<Fact> facts = new ArrayList<>(List.of(order, RandomOrders.capture(1, first, random)));
    if (!order.total().equals(first)) {
      facts.add(RandomOrders.capture(2, order.total().minus(first), random));
    }
    facts.replaceAll(f -> f instanceof PaymentCaptured c ? reported(c) : f);
    Balances all = sum(arrive(POSTINGS.get("captured, VAT with the payment"), facts, 1));
    for (TaxKey key : RandomOrders.TAXES) {
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
    List<OrderLine> lines = RandomOrders.lines(random, RandomOrders.CURRENCIES.get(currency));
    OrderPlaced order = RandomOrders.placed(lines, 0);
    List<Fact> facts = new ArrayList<>(RandomOrders.shipAll(random, lines, Map.of()));
    facts.add(order);
    Map<String, Money> sums = new HashMap<>();
    for (Effect effect : OrderPosition.of(facts, true).effects()) {
      for (Measure measure : effect.measures()) {
        sums.merge(
            measure.name() + measure.qualifiers().getOrDefault("tax", ""),
            measure.amount(),
            Money::plus);
      }
    }
    assertThat(sums.getOrDefault("gross", zero(order))).isEqualTo(order.total());
    for (TaxKey key : RandomOrders.TAXES) {
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
    List<Fact> facts = RandomOrders.anything(random);
    OrderPosition position = OrderPosition.of(facts, true);
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

  private static Map<String, DailyBalances> arrive(Booked booked, List<Fact> facts, int step) {
    Map<String, DailyBalances> posted = new HashMap<>();
    for (int known = step; known <= facts.size(); known += step) {
      OrderPosition position = booked.position(facts.subList(0, known));
      for (JournalEntry entry : booked.posting().entries(position, posted)) {
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

  private static Money zero(OrderPlaced order) {
    return Money.zero(order.currency());
  }
}
