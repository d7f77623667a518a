package io.kontor.work.proof;

import io.kontor.failure.Failure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.odoo.OdooOrders;
import io.kontor.odoo.OrderInOdoo;
import io.kontor.odoo.document.ChannelOrders;
import io.kontor.odoo.document.OdooOrder;
import io.kontor.sales.Fact;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.Refunded;
import io.kontor.store.DeliveryState;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.work.delivery.Consequences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What Odoo holds of the orders and refunds that were delivered there, against what their facts
 * say: people edit, cancel, delete and invoice there too, and nothing tells us. Tills are not asked
 * for. Used once.
 */
final class OrdersInOdoo {

  /** So many are named for each channel; whoever mends these finds the rest. */
  private static final int MOST_NAMED = 20;

  private final Store store;
  private final Mappings mappings;
  private final Supplier<OdooOrders> odoo;
  private final Map<String, List<String>> found = new TreeMap<>();
  private Optional<Failure> silence = Optional.empty();

  OrdersInOdoo(Store store, Mappings mappings, Supplier<OdooOrders> odoo) {
    this.store = store;
    this.mappings = mappings;
    this.odoo = odoo;
  }

  /** An order's facts, and what they come to. */
  record Known(OrderPosition position, List<Fact> facts) {}

  private record Expected(Channel channel, WantedDelivery delivery, OdooOrder order) {}

  /** What cannot be said in Odoo's words any more: a mapping that it needs is gone. */
  private record Unsayable(Channel channel, WantedDelivery delivery, Failure failure) {}

  /** Looks some orders up. */
  void look(Tx tx, List<Known> orders) {
    Map<String, Expected> byDelivery = new LinkedHashMap<>();
    Map<String, Unsayable> unsayable = new LinkedHashMap<>();
    for (Known known : orders) {
      Channel channel = mappings.channels().get(known.position().key().channel());
      if (channel != null) {
        expect(channel, known, byDelivery, unsayable);
      }
    }
    keepSent(tx, byDelivery);
    keepSent(tx, unsayable);
    unsayable
        .values()
        .forEach(
            one ->
                found(
                    one.channel(),
                    "%s was delivered, and cannot be compared: %s"
                        .formatted(one.delivery().subject(), one.failure().getMessage())));
    if (byDelivery.isEmpty() || silence.isPresent()) {
      return;
    }
    try {
      compare(byDelivery.values().stream().toList());
    } catch (Failure e) {
      silence = Optional.of(e);
    }
  }

  private void keepSent(Tx tx, Map<String, ?> byDelivery) {
    Map<String, DeliveryState> states = store.deliveries().states(tx, byDelivery.keySet());
    byDelivery.keySet().removeIf(id -> states.get(id) != DeliveryState.SENT);
  }

  private void expect(
      Channel channel,
      Known known,
      Map<String, Expected> byDelivery,
      Map<String, Unsayable> unsayable) {
    ChannelOrders orders =
        new ChannelOrders(mappings.entityOf(channel), channel, mappings.catalog());
    for (WantedDelivery delivery :
        new Consequences(mappings, channel).of(known.position(), known.facts(), known.facts())) {
      if (byDelivery.containsKey(delivery.id())
          || delivery.consequence() == Consequence.ODOO_TILL) {
        continue;
      }
      try {
        order(orders, known, delivery)
            .ifPresent(
                order -> byDelivery.put(delivery.id(), new Expected(channel, delivery, order)));
      } catch (Failure e) {
        unsayable.put(delivery.id(), new Unsayable(channel, delivery, e));
      }
    }
  }

  private static Optional<OdooOrder> order(
      ChannelOrders orders, Known known, WantedDelivery delivery) {
    if (delivery.consequence() == Consequence.ODOO_ORDER) {
      return Optional.of(orders.order(known.position()));
    }
    return known.facts().stream()
        .filter(fact -> fact.name().toString().equals(delivery.subject()))
        .filter(Refunded.class::isInstance)
        .findFirst()
        .map(refund -> orders.refund(known.position(), (Refunded) refund));
  }

  private void compare(List<Expected> expected) {
    Map<String, OrderInOdoo> there =
        odoo.get().find(expected.stream().map(one -> one.order().externalId()).toList());
    Map<String, String> invoices = odoo.get().invoices(there.values());
    for (Expected one : expected) {
      OrderInOdoo held = there.get(one.order().externalId());
      difference(one.order(), held).ifPresent(what -> found(one, held, what));
      String invoice = invoices.get(one.order().externalId());
      if (invoice != null && booksRevenue(one.channel())) {
        found(
            one,
            held,
            "is invoiced there by %s: its revenue is recognised twice".formatted(invoice));
      }
    }
  }

  private boolean booksRevenue(Channel channel) {
    return mappings.entityOf(channel).books().stream()
        .anyMatch(book -> book.target() == Entity.Target.ODOO);
  }

  private static Optional<String> difference(OdooOrder wanted, OrderInOdoo held) {
    if (held == null) {
      return Optional.of("was delivered, and is not there any more: redeliver brings it back");
    }
    if (wanted.wanted() == OdooOrder.State.CANCELLED) {
      return held.isCancelled()
          ? Optional.empty()
          : Optional.of("is cancelled here, and stands there");
    }
    if (held.isCancelled()) {
      return Optional.of("is cancelled there, and stands here");
    }
    if (!held.isConfirmed()) {
      return Optional.of("is only a quotation there");
    }
    return held.total().equals(wanted.total())
        ? Optional.empty()
        : Optional.of("is %s there, and %s here".formatted(held.total(), wanted.total()));
  }

  private void found(Expected one, OrderInOdoo held, String what) {
    found(
        one.channel(),
        "%s%s %s"
            .formatted(
                one.delivery().subject(),
                held == null ? "" : " (%s)".formatted(held.name()),
                what));
  }

  private void found(Channel channel, String what) {
    found.computeIfAbsent(channel.id(), id -> new ArrayList<>()).add(what);
  }

  /** What is otherwise than it was delivered. */
  List<String> breaks() {
    List<String> breaks = new ArrayList<>();
    silence.ifPresent(
        failure -> breaks.add("Odoo could not be asked for the orders: " + failure.getMessage()));
    found.forEach(
        (channel, ofChannel) -> {
          ofChannel.stream()
              .limit(MOST_NAMED)
              .forEach(what -> breaks.add("Odoo and %s: %s".formatted(channel, what)));
          if (ofChannel.size() > MOST_NAMED) {
            breaks.add(
                "Odoo and %s: and %d more are otherwise"
                    .formatted(channel, ofChannel.size() - MOST_NAMED));
          }
        });
    return breaks;
  }
}
