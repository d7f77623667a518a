package io.kontor.sandbox.day;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects what the channels make of the day; the order of arrival is sorted at the end. */
final class DayBook {

  private record Arrival(Instant at, SampleDocument document) {}

  private final List<Arrival> arrivals = new ArrayList<>();
  private final List<Expected> expectations = new ArrayList<>();
  private final Set<SampleTax> taxes = new TreeSet<>();

  void arrives(Instant at, SampleDocument document) {
    arrivals.add(new Arrival(at, document));
  }

  void expect(String channel, String subject, String code, String why) {
    expectations.add(new Expected(channel, subject, code, why));
  }

  /** Notes that a tax is in use; {@code rate} is a share: 0.19. */
  void uses(String entity, String place, BigDecimal rate, boolean included) {
    BigDecimal percent = rate.movePointRight(2).stripTrailingZeros();
    taxes.add(
        new SampleTax(
            entity, place, percent.scale() < 0 ? percent.setScale(0) : percent, included));
  }

  List<SampleDocument> documents() {
    return arrivals.stream()
        .sorted(Comparator.comparing(Arrival::at)) // stable: of one instant, as they were added
        .map(Arrival::document)
        .toList();
  }

  List<Expected> expectations() {
    return List.copyOf(expectations);
  }

  List<SampleTax> taxes() {
    return List.copyOf(taxes);
  }
}
