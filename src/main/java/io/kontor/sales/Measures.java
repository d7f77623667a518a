package io.kontor.sales;

import io.kontor.money.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds up the measures of one effect and leaves out what comes to zero. Not thread-safe. */
final class Measures {

  private record Slot(String name, Map<String, String> qualifiers) {}

  private final Map<Slot, Money> sums = new HashMap<>();

  void add(String name, Money amount) {
    add(name, Map.of(), amount);
  }

  void add(String name, Map<String, String> qualifiers, Money amount) {
    sums.merge(new Slot(name, Map.copyOf(qualifiers)), amount, Money::plus);
  }

  /** A tax goes to its own measure when the channel collects and remits it. */
  void addTax(TaxKey key, Money amount) {
    String name = key.scheme() == TaxScheme.FACILITATED ? Measure.FACILITATED_TAX : Measure.TAX;
    add(name, Map.of("tax", key.toString()), amount);
  }

  /** What each of several taxes is on; a single one stands with the net itself. */
  void addBases(Set<TaxKey> taxes, Money net) {
    if (taxes.size() > 1) {
      taxes.forEach(key -> add(Measure.TAX_BASE, Map.of("tax", key.toString()), net));
    }
  }

  /** The measures that are not zero, always in the same order. */
  List<Measure> list() {
    List<Measure> list = new ArrayList<>();
    sums.forEach(
        (slot, sum) -> {
          if (!sum.isZero()) {
            list.add(new Measure(slot.name(), slot.qualifiers(), sum));
          }
        });
    list.sort(
        Comparator.comparing(Measure::name)
            .thenComparing(m -> new TreeMap<>(m.qualifiers()).toString())
            .thenComparing(m -> m.amount().currency().getCurrencyCode()));
    return list;
  }
}
