package io.kontor.work.delivery;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.odoo.document.ChannelOrders;
import io.kontor.odoo.document.OdooOrder;
import io.kontor.odoo.document.TillOrders;
import io.kontor.sales.Fact;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.ReceiptRung;
import io.kontor.sales.Refunded;
import io.kontor.store.Claim;
import io.kontor.store.Facts;
import io.kontor.store.StoredFact;
import io.kontor.store.TillReceipts;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.work.ContentHash;
import io.kontor.work.StoredFacts;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What Odoo is to hold because of a delivery: read from the facts when it is sent, never before.
 */
public final class OdooContents {

  private final Facts facts;
  private final TillReceipts receipts;
  private final Mappings mappings;

  public OdooContents(Facts facts, TillReceipts receipts, Mappings mappings) {
    this.facts = facts;
    this.receipts = receipts;
    this.mappings = mappings;
  }

  /**
   * What makes up a delivery.
   *
   * @param channel the id of the channel
   * @param subject what is delivered
   * @param key what its deliveries are serialised by: the order, or the till's interval
   */
  record Of(Consequence consequence, String channel, String subject, String key) {

    static Of claim(Claim claim) {
      return new Of(claim.consequence(), claim.channel(), claim.subject(), claim.key());
    }

    static Of wanted(WantedDelivery wanted) {
      return new Of(wanted.consequence(), wanted.channel(), wanted.subject(), wanted.key());
    }
  }

  /**
   * The order, refund or till of a delivery; empty if there is nothing to hold.
   *
   * @throws io.kontor.failure.Failure if it cannot be said in Odoo's words
   */
  Optional<OdooOrder> of(Tx tx, Of delivery) {
    Channel channel =
        mappings
            .channel(delivery.channel())
            .orElseThrow(
                () ->
                    new RejectedFailure(
                        "unknown-channel",
                        delivery.channel(),
                        "the channel has no mapping any more"));
    return switch (delivery.consequence()) {
      case ODOO_ORDER -> Optional.of(orders(channel).order(position(tx, delivery, channel)));
      case ODOO_REFUND -> Optional.of(refund(tx, delivery, channel));
      case ODOO_TILL -> till(tx, delivery, channel);
      default ->
          throw new IllegalArgumentException(delivery.consequence().word() + " is not an order");
    };
  }

  /** By which it is known whether Odoo was told the same before. */
  static String hash(Optional<OdooOrder> content) {
    return content.map(ContentHash::of).orElse("nothing");
  }

  private OdooOrder refund(Tx tx, Of delivery, Channel channel) {
    OrderPosition position = position(tx, delivery, channel);
    List<Fact> known = facts(tx, delivery);
    Refunded refund =
        known.stream()
            .filter(fact -> fact.name().toString().equals(delivery.subject()))
            .map(Refunded.class::cast)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no refund " + delivery.subject()));
    return orders(channel).refund(position, refund);
  }

  private Optional<OdooOrder> till(Tx tx, Of delivery, Channel channel) {
    ZoneId zone = mappings.entityOf(channel).zone();
    String subject = OrderKey.parse(delivery.subject()).order();
    TillInterval interval = TillInterval.parse(channel, zone, subject);
    List<StoredFact> rung =
        receipts.list(
            tx, channel.entity(), channel.id(), interval.store(), interval.from(), interval.end());
    return new TillOrders(mappings.entityOf(channel), channel, mappings.catalog())
        .order(
            subject,
            StoredFacts.readAll(rung).stream()
                .map(ReceiptRung.class::cast)
                .filter(receipt -> TillInterval.of(channel, zone, receipt).equals(interval))
                .toList());
  }

  private OrderPosition position(Tx tx, Of delivery, Channel channel) {
    return OrderPosition.of(facts(tx, delivery), channel.capturesReported());
  }

  /** The facts of the order that the deliveries are serialised by. */
  private List<Fact> facts(Tx tx, Of delivery) {
    OrderKey order = OrderKey.parse(delivery.key());
    return StoredFacts.readAll(facts.ofOrders(tx, List.of(order)).getOrDefault(order, List.of()));
  }

  private ChannelOrders orders(Channel channel) {
    return new ChannelOrders(mappings.entityOf(channel), channel, mappings.catalog());
  }
}
