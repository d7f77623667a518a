package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.Consequence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deliveries of orders and refunds that tests want, claim and send. */
final class Outbox {

  static final Duration LEASE = Duration.ofMinutes(5);
  static final Instant NOW = TestDatabase.START;

  private Outbox() {}

  static WantedDelivery order(String id) {
    return order(id, NOW);
  }

  static WantedDelivery order(String id, Instant notBefore) {
    String subject = Samples.order(id).toString();
    return new WantedDelivery(
        "nordwind",
        "shopify",
        subject,
        Consequence.ODOO_ORDER,
        subject + "/odoo",
        Optional.empty(),
        notBefore);
  }

  static WantedDelivery refund(String order, String id) {
    String subject = Samples.order(order).toString();
    return new WantedDelivery(
        "nordwind",
        "shopify",
        "nordwind/shopify/refunded/" + id,
        Consequence.ODOO_REFUND,
        subject + "/odoo",
        Optional.of(WantedDelivery.id(Consequence.ODOO_ORDER, subject)),
        NOW);
  }

  static void want(TestDatabase db, WantedDelivery... wanted) {
    db.run(tx -> new Deliveries().want(tx, List.of(wanted)));
  }

  static List<Claim> claim(TestDatabase db, Consequence consequence, String owner) {
    return db.in(tx -> new Claiming().claim(tx, consequence, 10, owner, LEASE));
  }

  static Claim claimOrder(TestDatabase db) {
    List<Claim> claims = claim(db, Consequence.ODOO_ORDER, "a");
    assertThat(claims).hasSize(1);
    return claims.get(0);
  }

  static boolean sent(TestDatabase db, Claim claim) {
    return db.in(tx -> new HeldClaims().sent(tx, claim, "hash", "S0001"));
  }

  static Delivery find(TestDatabase db, WantedDelivery wanted) {
    return db.in(tx -> new Deliveries().find(tx, wanted.id())).orElseThrow();
  }

  static List<Claim> inDoubt(TestDatabase db) {
    return db.in(tx -> new Claiming().claimInDoubt(tx, Consequence.ODOO_ORDER, 10, "c", LEASE));
  }
}
