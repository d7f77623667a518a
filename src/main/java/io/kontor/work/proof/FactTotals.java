package io.kontor.work.proof;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.money.Money;
import io.kontor.sales.Effect;
import io.kontor.sales.Fact;
import io.kontor.sales.Measure;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.OrderPosition;
import io.kontor.store.WantedDelivery;
import io.kontor.work.delivery.Consequences;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the facts alone say a channel's buyers were charged, were given back, and paid in tax: the
 * side of the proof that does not know the ledger. Not thread-safe.
 */
final class FactTotals {

  /** Measures that a channel owes the seller, by the kind of channel. */
  private static final Set<String> CAPTURED = Set.of(Measure.FROM_GATEWAY);

  private static final Set<String> SHIPPED = Set.of(Measure.GROSS);
  private static final Set<String> TENDERED = Set.of(Measure.CARD, Measure.OTHER_TENDER);
  private static final Set<String> BASES =
      Set.of(Measure.NET, Measure.SHIPPING_NET, Measure.CHARGE_NET, Measure.TAX_BASE);

  /** A channel and a currency. */
  record Key(String channel, Currency currency) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byChannel = channel.compareTo(other.channel);
      return byChannel != 0
          ? byChannel
          : currency.getCurrencyCode().compareTo(other.currency.getCurrencyCode());
    }
  }

  private final Mappings mappings;
  private final Map<Key, Money> charged = new TreeMap<>();
  private final Map<Key, Money> refunded = new TreeMap<>();
  private final Map<Key, Money> writtenOff = new TreeMap<>();
  private final Map<String, Long> orders = new TreeMap<>();
  private final Map<String, Set<String>> tills = new TreeMap<>();
  private final Map<Key, OpenOrders> open = new TreeMap<>();
  private final Map<String, Money> taxes = new TreeMap<>();
  private final Map<String, Money> bases = new TreeMap<>();

  FactTotals(Mappings mappings) {
    this.mappings = mappings;
  }

  /**
   * Counts an order in.
   *
   * @param facts all facts of it
   */
  void add(OrderPosition position, List<Fact> facts) {
    Channel channel = mappings.channels().get(position.key().channel());
    if (channel != null) {
      count(channel, position, facts);
    }
    if (channel == null
        || channel.recognise() == Channel.Recognition.SETTLEMENT
        || isBeforeCutOver(channel, position)) {
      return;
    }
    for (Effect effect : position.effects()) {
      for (Measure measure : effect.measures()) {
        add(channel, position.key().order(), effect, measure);
      }
    }
  }

  private void add(Channel channel, String order, Effect effect, Measure measure) {
    Key key = new Key(channel.id(), measure.amount().currency());
    Charge charge = new Charge(key, order, effect.at());
    switch (effect.kind()) {
      case PAYMENT_CAPTURED -> {
        charge(CAPTURED, charge, measure);
        advance(channel, measure);
      }
      case SHIPPED -> {
        if (!channel.capturesReported()) {
          charge(SHIPPED, charge, measure);
        }
        tax(channel, measure, false);
        advance(channel, measure);
      }
      case RECEIPT_RUNG -> {
        charge(TENDERED, charge, measure);
        tax(channel, measure, false);
      }
      case REFUNDED -> {
        refund(
            channel.capturesReported() ? Measure.TO_GATEWAY : Measure.SHIPPED_GROSS,
            charge,
            measure);
        tax(channel, measure, true);
        advance(channel, measure);
      }
      case WRITTEN_OFF -> {
        writtenOff.merge(key, measure.amount(), Money::plus);
        open(key).charge(order, measure.amount().negated(), effect.at());
      }
      default -> {
        // Placing and cancelling an order move no money.
      }
    }
  }

  /** What is to be in Odoo because of these facts; receipts of one interval are one order. */
  private void count(Channel channel, OrderPosition position, List<Fact> facts) {
    Set<String> ofOrder = new TreeSet<>();
    for (WantedDelivery delivery : new Consequences(mappings, channel).of(position, facts, facts)) {
      if (delivery.consequence() == Consequence.ODOO_TILL) {
        tills.computeIfAbsent(channel.id(), c -> new TreeSet<>()).add(delivery.id());
      } else {
        ofOrder.add(delivery.id());
      }
    }
    orders.merge(channel.id(), (long) ofOrder.size(), Long::sum);
  }

  /** How many orders, refunds and tills of a channel are to be in Odoo. */
  long wanted(String channel) {
    return orders.getOrDefault(channel, 0L) + tills.getOrDefault(channel, Set.of()).size();
  }

  /** Whose charge, and when. */
  private record Charge(Key key, String order, Instant at) {}

  private void charge(Set<String> names, Charge charge, Measure measure) {
    if (names.contains(measure.name())) {
      charged.merge(charge.key(), measure.amount(), Money::plus);
      open(charge.key()).charge(charge.order(), measure.amount(), charge.at());
    }
  }

  private void refund(String name, Charge charge, Measure measure) {
    if (name.equals(measure.name())) {
      refunded.merge(charge.key(), measure.amount(), Money::plus);
      open(charge.key()).charge(charge.order(), measure.amount().negated(), charge.at());
    }
  }

  /** What the orders of a channel and currency are open with. */
  OpenOrders open(Key key) {
    return open.computeIfAbsent(key, k -> new OpenOrders(k.currency()));
  }

  private void tax(Channel channel, Measure measure, boolean back) {
    String tax = measure.qualifiers().get("tax");
    if (tax == null) {
      return;
    }
    String key = taxKey(channel, tax, measure);
    Money amount = back ? measure.amount().negated() : measure.amount();
    if (measure.name().equals(Measure.TAX)) {
      taxes.merge(key, amount, Money::plus);
    } else if (BASES.contains(measure.name()) || measure.name().equals(Measure.RETURNS_NET)) {
      bases.merge(key, amount, Money::plus);
    }
  }

  private static String taxKey(Channel channel, String tax, Measure measure) {
    return "%s %s %s".formatted(channel.entity(), tax, measure.amount().currency());
  }

  /** The tax in what is paid and not shipped, where it is owed already. */
  private void advance(Channel channel, Measure measure) {
    if (!channel.capturesReported()
        || mappings.entityOf(channel).vatPoint() != Entity.VatPoint.EARLIEST) {
      return;
    }
    String key = taxKey(channel, measure.qualifiers().get("tax"), measure);
    if (measure.name().equals(Measure.ADVANCE_TAX)) {
      taxes.merge(key, measure.amount(), Money::plus);
    } else if (measure.name().equals(Measure.ADVANCE_NET)) {
      bases.merge(key, measure.amount(), Money::plus);
    }
  }

  private boolean isBeforeCutOver(Channel channel, OrderPosition position) {
    return position
        .placed()
        .map(OrderPlaced::occurredAt)
        .map(at -> LocalDate.ofInstant(at, mappings.entityOf(channel).zone()))
        .filter(day -> day.isBefore(channel.cutOver()))
        .isPresent();
  }

  Money charged(Key key) {
    return charged.getOrDefault(key, Money.zero(key.currency()));
  }

  Money refunded(Key key) {
    return refunded.getOrDefault(key, Money.zero(key.currency()));
  }

  Money writtenOff(Key key) {
    return writtenOff.getOrDefault(key, Money.zero(key.currency()));
  }

  Set<Key> keys() {
    Set<Key> keys = new TreeSet<>(charged.keySet());
    keys.addAll(refunded.keySet());
    keys.addAll(writtenOff.keySet());
    return keys;
  }

  /** Taxes owed, by {@code entity tax currency}. */
  Map<String, Money> taxes() {
    return taxes;
  }

  /** What the tax is owed on, by {@code entity tax currency}. */
  Money base(String key, Currency currency) {
    return bases.getOrDefault(key, Money.zero(currency));
  }
}
