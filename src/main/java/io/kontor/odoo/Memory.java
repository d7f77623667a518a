package io.kontor.odoo;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Database ids that were looked up once, by what they are called. What is missing is not
 * remembered, so that a product created a minute ago is found; and nothing is remembered for long,
 * because people archive products and give their SKUs to others. Safe for several threads.
 */
final class Memory {

  private static final Duration KEPT = Duration.ofMinutes(5);

  private final Map<String, Long> known = new ConcurrentHashMap<>();
  private final LongSupplier nanos;
  private final AtomicLong since;

  /**
   * @param nanos a clock such as {@link System#nanoTime}
   */
  Memory(LongSupplier nanos) {
    this.nanos = nanos;
    this.since = new AtomicLong(nanos.getAsLong());
  }

  /** The id of one name; looked up where it is not known yet, empty where Odoo has none. */
  Optional<Long> one(String name, Supplier<Optional<Long>> lookup) {
    forgetInTime();
    Long id = known.get(name);
    if (id != null) {
      return Optional.of(id);
    }
    Optional<Long> found = lookup.get();
    found.ifPresent(fresh -> known.put(name, fresh));
    return found;
  }

  /**
   * The ids of several names within a scope.
   *
   * @param lookup finds those that are not known yet; a negative id is passed on, not remembered
   */
  Map<String, Long> all(
      String scope, Set<String> names, Function<Set<String>, Map<String, Long>> lookup) {
    forgetInTime();
    Map<String, Long> found = new HashMap<>();
    Set<String> missing = new TreeSet<>();
    for (String name : names) {
      Long id = known.get(scope + name);
      if (id == null) {
        missing.add(name);
      } else {
        found.put(name, id);
      }
    }
    if (!missing.isEmpty()) {
      Map<String, Long> fresh = lookup.apply(missing);
      fresh.forEach(
          (name, id) -> {
            if (id >= 0) {
              known.put(scope + name, id);
            }
          });
      found.putAll(fresh);
    }
    return found;
  }

  private void forgetInTime() {
    long now = nanos.getAsLong();
    long from = since.get();
    if (now - from > KEPT.toNanos() && since.compareAndSet(from, now)) {
      known.clear();
    }
  }

  void forget() {
    known.clear();
  }
}
