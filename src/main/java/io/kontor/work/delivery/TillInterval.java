package io.kontor.work.delivery;

import io.kontor.mapping.Channel;
import io.kontor.sales.ReceiptRung;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;

/**
 * A store and a stretch of time: the receipts rung in it are one order in Odoo.
 *
 * @param start by the store's clock; intervals begin at midnight and do not cross it
 * @param from the first moment that may be in it
 * @param end the moment after the last that may be in it. Where the clock goes back, times come
 *     twice, and moments of the next interval lie between: {@link #of} says whose a receipt is
 */
record TillInterval(String store, LocalDateTime start, Instant from, Instant end) {

  private static final Duration DAY = Duration.ofDays(1);

  /** The interval that a receipt falls into. */
  static TillInterval of(Channel channel, ZoneId zone, ReceiptRung receipt) {
    return at(channel, zone, receipt.store(), LocalDateTime.ofInstant(receipt.occurredAt(), zone));
  }

  /**
   * The interval that a delivery's subject names.
   *
   * @param subject {@code 0009/2026-11-20T10:00}
   */
  static TillInterval parse(Channel channel, ZoneId zone, String subject) {
    int slash = subject.lastIndexOf('/');
    return at(
        channel,
        zone,
        subject.substring(0, slash),
        LocalDateTime.parse(subject.substring(slash + 1)));
  }

  private static TillInterval at(Channel channel, ZoneId zone, String store, LocalDateTime moment) {
    long length = Math.min(channel.interval().toSeconds(), DAY.toSeconds());
    long second = moment.toLocalTime().toSecondOfDay() / length * length;
    LocalDateTime start = moment.toLocalDate().atTime(LocalTime.ofSecondOfDay(second));
    LocalDateTime end = start.plusSeconds(length);
    if (end.toLocalDate().isAfter(start.toLocalDate())) {
      end = start.toLocalDate().plusDays(1).atStartOfDay();
    }
    return new TillInterval(
        store,
        start,
        instant(start.atZone(zone).withEarlierOffsetAtOverlap(), start),
        instant(end.atZone(zone).withLaterOffsetAtOverlap(), end));
  }

  /** A time that the clock goes forward over is the moment at which it does. */
  private static Instant instant(ZonedDateTime moment, LocalDateTime wanted) {
    ZoneOffsetTransition transition = moment.getZone().getRules().getTransition(wanted);
    return transition != null && transition.isGap() ? transition.getInstant() : moment.toInstant();
  }

  String subject() {
    return store + "/" + start;
  }
}
