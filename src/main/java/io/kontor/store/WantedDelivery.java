package io.kontor.store;

import io.kontor.mapping.Consequence;
import java.time.Instant;
import java.util.Optional;

/**
 * A delivery that a fact causes. There is one row for each subject and consequence; wanting it
 * again raises its generation, so that the newest truth is what gets delivered.
 *
 * @param subject what is delivered: an order's key, a fact's name, a batch's id
 * @param key deliveries of one key go one after the other
 * @param after the id of a delivery that must have been sent before; it may not be there yet
 * @param notBefore when it is due
 */
public record WantedDelivery(
    String entity,
    String channel,
    String subject,
    Consequence consequence,
    String key,
    Optional<String> after,
    Instant notBefore) {

  public String id() {
    return id(consequence, subject);
  }

  /** The id of a delivery: {@code odoo-order:nordwind/shopify/1001}. */
  public static String id(Consequence consequence, String subject) {
    return consequence.word() + ":" + subject;
  }
}
