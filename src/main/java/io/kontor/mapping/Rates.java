package io.kontor.mapping;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What other currencies were worth to an entity: {@code mappings/accounts/<entity>/rates.csv}.
 *
 * @param validDays for how many days after its own a rate holds: over a weekend there is no new one
 * @param byCurrency units of the entity's currency for one unit of the other, by day
 */
public record Rates(int validDays, Map<Currency, NavigableMap<LocalDate, BigDecimal>> byCurrency) {

  /** A rate of Friday holds on the Tuesday after a long weekend. */
  public static final int USUAL_DAYS = 7;

  public static final Rates NONE = new Rates(USUAL_DAYS, Map.of());

  public Rates {
    Map<Currency, NavigableMap<LocalDate, BigDecimal>> copy = new HashMap<>();
    byCurrency.forEach((currency, days) -> copy.put(currency, new TreeMap<>(days)));
    byCurrency = Map.copyOf(copy);
  }

  /** The rate of a day, or the latest one before that still holds. */
  public Optional<BigDecimal> on(Currency currency, LocalDate day) {
    NavigableMap<LocalDate, BigDecimal> days = byCurrency.get(currency);
    return Optional.ofNullable(days == null ? null : days.floorEntry(day))
        .filter(entry -> !entry.getKey().plusDays(validDays).isBefore(day))
        .map(Map.Entry::getValue);
  }
}
