package io.kontor.posting;

import io.kontor.money.Allocation;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.sales.Customer;
import io.kontor.sales.Fact;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.LineKind;
import io.kontor.sales.OrderCancelled;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderLine;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.PaymentCaptured;
import io.kontor.sales.Refunded;
import io.kontor.sales.Shipped;
import io.kontor.sales.Tax;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import io.kontor.sales.WrittenOff;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Orders as channels could tell of them, made from a seed: what properties are tried on. */
final class RandomOrders {

  /** Of two decimals, of none and of three. */
  static final List<Currency> CURRENCIES =
      Stream.of("EUR", "JPY", "KWD").map(Currency::getInstance).toList();

  static final List<TaxKey> TAXES =
      List.of(
          new TaxKey("de", new BigDecimal("19"), TaxScheme.DOMESTIC),
          new TaxKey("de", new BigDecimal("7"), TaxScheme.DOMESTIC),
          new TaxKey("us-ky", new BigDecimal("6"), TaxScheme.FACILITATED));

  private static final OrderKey KEY = new OrderKey(FactText.ENTITY, "shopify", "1001");
  static final Instant START = Instant.parse("2026-11-18T10:00:00Z");

  private RandomOrders() {}

  /** Anything at all: facts that contradict each other, or leave the order unknown. */
  static List<Fact> anything(Random random) {
    Currency currency = CURRENCIES.get(random.nextInt(3));
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
    for (int i = 0; i < random.nextInt(2); i++) {
      FactHead head = head(FactKind.WRITTEN_OFF, i, random);
      Money amount = money(random, currency, 5000);
      facts.add(
          new WrittenOff(
              head, random.nextBoolean() ? amount : amount.negated(), "card", "cleo", ""));
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

  /** A whole line comes back, long after everything was shipped. */
  static Refunded returned(OrderLine line, Money amount) {
    return new Refunded(
        head(FactKind.REFUNDED, 1, 1000),
        amount,
        "paypal",
        List.of(
            new Refunded.Part(
                line.externalId(),
                line.sku(),
                line.title(),
                line.quantity(),
                Refunded.Goods.RETURNED,
                line.gross(),
                Optional.empty())));
  }

  /** Paid in full; some units cancelled and paid back, some price reduced, the rest shipped. */
  static List<Fact> fulfilled(Random random, Currency currency) {
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

  /** Shipments, one after another, of all that was not cancelled. */
  static List<Fact> shipAll(
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

  static List<OrderLine> lines(Random random, Currency currency) {
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

  /**
   * @param residue minor units by which the total differs from the lines
   */
  static OrderPlaced placed(List<OrderLine> lines, int residue) {
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

  static PaymentCaptured capture(int id, Money amount, Random random) {
    return new PaymentCaptured(
        head(FactKind.PAYMENT_CAPTURED, id, random),
        amount,
        random.nextInt(3) == 0 ? "gift_card" : "shopify_payments",
        random.nextInt(3) == 0);
  }

  private static BigDecimal units(Random random, OrderLine line) {
    return BigDecimal.valueOf(1 + random.nextInt(line.quantity().intValue()));
  }

  static Money money(Random random, Currency currency, int most) {
    return Money.ofMinorUnits(1 + random.nextInt(most), currency);
  }

  private static FactHead head(FactKind kind, int id, Random random) {
    return head(kind, id, random.nextInt(100));
  }

  private static FactHead head(FactKind kind, int id, int minutes) {
    Instant at = START.plusSeconds(60L * minutes);
    return new FactHead(
        new FactName(FactText.ENTITY, "shopify", kind, Integer.toString(id)), KEY, at, at);
  }
}
