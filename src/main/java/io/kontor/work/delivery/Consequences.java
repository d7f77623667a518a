package io.kontor.work.delivery;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.odoo.document.ChannelOrders;
import io.kontor.sales.Fact;
import io.kontor.sales.FactKind;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.ReceiptRung;
import io.kontor.sales.Refunded;
import io.kontor.store.WantedDelivery;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which deliveries follow from what changed in an order. */
public final class Consequences {

  private final Mappings mappings;
  private final Channel channel;
  private final ZoneId zone;

  public Consequences(Mappings mappings, Channel channel) {
    this.mappings = mappings;
    this.channel = channel;
    this.zone = mappings.entityOf(channel).zone();
  }

  /**
   * The deliveries that are wanted now.
   *
   * @param facts all facts of the order
   * @param news those of them that are new or newer
   */
  public List<WantedDelivery> of(OrderPosition position, List<Fact> facts, List<Fact> news) {
    List<WantedDelivery> wanted = new ArrayList<>();
    for (Fact fact : news) {
      for (Consequence consequence : mappings.consequences(channel.kind(), fact.name().kind())) {
        switch (consequence) {
          case ODOO_ORDER -> {
            if (position.complete()) {
              wanted.add(order(position));
            }
          }
          case ODOO_REFUND -> {
            // Below, and with every other one of the order.
          }
          case ODOO_TILL -> wanted.add(till((ReceiptRung) fact));
          default ->
              throw new IllegalStateException(
                  "%s does not follow from %s".formatted(consequence.word(), fact.name()));
        }
      }
    }
    if (!news.isEmpty() && refundsGoToOdoo()) {
      // Refunds that came before their order could not go anywhere until now, and what one was for
      // may be another thing by what is known now: nothing is sent where it is not.
      facts.forEach(fact -> refund(position, fact).ifPresent(wanted::add));
    }
    return wanted;
  }

  private boolean refundsGoToOdoo() {
    return mappings
        .consequences(channel.kind(), FactKind.REFUNDED)
        .contains(Consequence.ODOO_REFUND);
  }

  private WantedDelivery order(OrderPosition position) {
    return new WantedDelivery(
        channel.entity(),
        channel.id(),
        position.key().toString(),
        Consequence.ODOO_ORDER,
        position.key().toString(),
        Optional.empty(),
        Instant.EPOCH);
  }

  private Optional<WantedDelivery> refund(OrderPosition position, Fact fact) {
    if (!(fact instanceof Refunded refund)
        || !position.complete()
        || !ChannelOrders.isOrder(position, refund)) {
      return Optional.empty();
    }
    return Optional.of(
        new WantedDelivery(
            channel.entity(),
            channel.id(),
            refund.name().toString(),
            Consequence.ODOO_REFUND,
            position.key().toString(),
            Optional.of(WantedDelivery.id(Consequence.ODOO_ORDER, position.key().toString())),
            Instant.EPOCH));
  }

  /**
   * What a receipt leaves that is of another day now, by its store's clock say: the order that held
   * it is to be without it.
   */
  public Optional<WantedDelivery> left(Fact before, Fact now) {
    if (!(before instanceof ReceiptRung was)
        || !(now instanceof ReceiptRung is)
        || TillInterval.of(channel, zone, was).equals(TillInterval.of(channel, zone, is))) {
      return Optional.empty();
    }
    return Optional.of(till(was));
  }

  private WantedDelivery till(ReceiptRung receipt) {
    TillInterval interval = TillInterval.of(channel, zone, receipt);
    String subject = channel.entity() + "/" + channel.id() + "/" + interval.subject();
    return new WantedDelivery(
        channel.entity(),
        channel.id(),
        subject,
        Consequence.ODOO_TILL,
        subject,
        Optional.empty(),
        interval.end());
  }
}
