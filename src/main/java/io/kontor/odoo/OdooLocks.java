package io.kontor.odoo;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The days up to which a company of Odoo has closed its books.
 *
 * <p>Odoo does not refuse an entry of a closed day: it silently gives it the first open one. So
 * whoever posts has to read these first.
 *
 * @param byField the last closed day by the name of the field that says so, of those that concern
 *     the journal
 */
public record OdooLocks(SortedMap<String, LocalDate> byField) {

  public OdooLocks {
    byField = Collections.unmodifiableSortedMap(new TreeMap<>(byField));
  }

  /** The last day that takes no entry any more; empty if nothing is closed. */
  public Optional<LocalDate> through() {
    return byField.values().stream().max(LocalDate::compareTo);
  }

  /** The field that closes most. */
  public String reason() {
    return byField.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(lock -> "%s is %s".formatted(lock.getKey(), lock.getValue()))
        .orElse("nothing is locked");
  }
}
