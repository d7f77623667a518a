package io.kontor.sales;

import io.kontor.money.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The facts of one order as they count: the newest revision of each, in business order.
 *
 * @param inOrder by time, kind and name
 * @param lines the order's lines; empty unless {@code complete}
 * @param complete the order is placed and its lines are known and make sense
 */
record KnownFacts(
    OrderKey key,
    List<Fact> inOrder,
    Optional<OrderPlaced> placed,
    List<OrderLine> lines,
    boolean complete,
    List<Problem> problems) {

  static final Comparator<Fact> BUSINESS_ORDER =
      Comparator.comparing(Fact::occurredAt)
          .thenComparing(fact -> fact.name().kind())
          .thenComparing(fact -> fact.name().toString());

  /** The order of truth; the text decides between facts that no channel should have sent. */
  private static final Comparator<Fact> NEWEST_LAST =
      Comparator.comparing(Fact::revision)
          .thenComparing(fact -> fact.name().toString())
          .thenComparing(Fact::toString);

  static KnownFacts of(Collection<? extends Fact> facts) {
    Map<FactName, Fact> newest = new HashMap<>();
    Set<OrderKey> keys = new HashSet<>();
    for (Fact fact : facts) {
      keys.add(fact.order());
      newest.merge(fact.name(), fact, (a, b) -> NEWEST_LAST.compare(a, b) >= 0 ? a : b);
    }
    if (keys.size() != 1) {
      throw new IllegalArgumentException("a position is of one order, not of " + keys);
    }
    Optional<OrderPlaced> placed = latest(newest.values(), OrderPlaced.class);
    List<Fact> inOrder =
        newest.values().stream()
            .map(fact -> fact instanceof Shipped sent ? dated(sent, placed) : fact)
            .sorted(BUSINESS_ORDER)
            .toList();
    OrderKey key = keys.iterator().next();
    Optional<OrderLines> apart = latest(inOrder, OrderLines.class);
    List<Problem> problems = new ArrayList<>();
    Optional<List<OrderLine>> lines = lines(key, placed, apart, problems);
    return new KnownFacts(
        key, inOrder, placed, lines.orElse(List.of()), lines.isPresent(), problems);
  }

  /** The currency of the order, or while it is not known that of its first payment. */
  Optional<Currency> currency() {
    return placed
        .map(OrderPlaced::currency)
        .or(() -> all(PaymentCaptured.class).stream().findFirst().map(c -> c.amount().currency()))
        .or(() -> all(Refunded.class).stream().findFirst().map(r -> r.amount().currency()));
  }

  /** Whether the prices of the lines contain the taxes. */
  boolean taxIncluded() {
    boolean apart = placed.map(OrderPlaced::linesFollow).orElse(false);
    return apart
        ? latest(inOrder, OrderLines.class).map(OrderLines::taxIncluded).orElse(false)
        : placed.map(OrderPlaced::taxIncluded).orElse(false);
  }

  <T extends Fact> List<T> all(Class<T> kind) {
    return inOrder.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The captures that count: the reported ones, or the derived ones if there are no others. */
  List<PaymentCaptured> captures() {
    List<PaymentCaptured> captures = all(PaymentCaptured.class);
    List<PaymentCaptured> reported = captures.stream().filter(c -> !c.derived()).toList();
    return reported.isEmpty() ? captures : reported;
  }

  private static Fact dated(Shipped shipped, Optional<OrderPlaced> placed) {
    return placed.map(shipped::dated).orElse(shipped);
  }

  private static <T extends Fact> Optional<T> latest(Collection<Fact> facts, Class<T> kind) {
    return facts.stream().filter(kind::isInstance).max(NEWEST_LAST).map(kind::cast);
  }

  private static Optional<List<OrderLine>> lines(
      OrderKey key,
      Optional<OrderPlaced> placed,
      Optional<OrderLines> apart,
      List<Problem> problems) {
    if (placed.isEmpty()) {
      apart.ifPresent(
          lines ->
              problems.add(
                  new Problem(
                      "lines-missing",
                      key.toString(),
                      "lines are known of order %s (%d), but not the order itself: have the channel send it; then this closes by itself"
                          .formatted(key.order(), lines.lines().size()))));
      return Optional.empty();
    }
    OrderPlaced order = placed.get();
    if (order.linesFollow() && apart.isEmpty()) {
      problems.add(
          new Problem(
              "lines-missing",
              key.toString(),
              "order %s is known, but not its lines: have the channel send them; then this closes by itself"
                  .formatted(order.reference())));
      return Optional.empty();
    }
    List<OrderLine> lines = order.linesFollow() ? apart.get().lines() : order.lines();
    return makeSense(key, order, lines, problems) ? Optional.of(lines) : Optional.empty();
  }

  private static boolean makeSense(
      OrderKey key, OrderPlaced order, List<OrderLine> lines, List<Problem> problems) {
    if (!order.total().currency().equals(order.currency())) {
      problems.add(currencyDiffers(key.toString(), order.total(), order.currency()));
      return false;
    }
    Set<String> ids = new HashSet<>();
    for (OrderLine line : lines) {
      if (!ids.add(line.externalId())) {
        problems.add(
            new Problem(
                "duplicate-line",
                key.toString(),
                "order %s names line %s twice".formatted(order.reference(), line.externalId())));
        return false;
      }
      if (!line.gross().currency().equals(order.currency())) {
        problems.add(currencyDiffers(key.toString(), line.gross(), order.currency()));
        return false;
      }
    }
    return true;
  }

  static Problem currencyDiffers(String reference, Money amount, Currency expected) {
    return new Problem(
        "currency-differs", reference, "%s where the order is in %s".formatted(amount, expected));
  }
}
