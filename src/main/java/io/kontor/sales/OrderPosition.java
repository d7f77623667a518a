package io.kontor.sales;

import io.kontor.money.Money;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the facts that are known of one order come to. It depends on the set of facts alone: neither
 * the order in which they arrived nor how often changes it.
 *
 * @param placed the order as last stated, once it is known
 * @param taxIncluded whether the prices and discounts of its lines contain the taxes
 * @param lines every line that was ordered, and what became of its units
 * @param captured what was paid; empty while no capture is known. Derived captures count only while
 *     no reported one is known
 * @param refunded what was paid back; empty while no refund is known
 * @param cancelled the channel called the order off
 * @param complete the order is placed and its lines are known
 * @param problems what a person has to look at
 * @param standing the lines that an operational system should hold: quantity less cancelled units,
 *     at exactly what was not paid back for these, else with discount, gross and taxes cut in
 *     proportion; lines of which nothing stands are left out
 * @param expectedTotal what {@code standing} comes to, with the rounding residue of the order's own
 *     total; empty while the order is not complete
 * @param effects what each fact did to the order's money, in business order (time, kind, name)
 */
public record OrderPosition(
    OrderKey key,
    Optional<OrderPlaced> placed,
    boolean taxIncluded,
    List<LinePosition> lines,
    Optional<Money> captured,
    Optional<Money> refunded,
    boolean cancelled,
    boolean complete,
    List<Problem> problems,
    List<OrderLine> standing,
    Optional<Money> expectedTotal,
    List<Effect> effects) {

  public OrderPosition {
    lines = List.copyOf(lines);
    problems = List.copyOf(problems);
    standing = List.copyOf(standing);
    effects = List.copyOf(effects);
  }

  /**
   * Computes the position.
   *
   * @param facts of one order; of several revisions of a fact the newest counts
   * @param capturesReported whether the channel says what was paid for its orders
   * @throws IllegalArgumentException if there is no fact, or they are of different orders
   */
  public static OrderPosition of(Collection<? extends Fact> facts, boolean capturesReported) {
    return new Reckoning(KnownFacts.of(facts), capturesReported).position();
  }

  /**
   * Whether nothing of the order is to be sent: called off, or every unit taken off, so that only
   * charges are left, which are free.
   */
  public boolean calledOff() {
    return cancelled
        || (complete
            && !lines.isEmpty()
            && standing.stream().allMatch(line -> line.kind().isCharge() && line.gross().isZero()));
  }

  /** What people call the order: {@code #1001}; its id while the order is not known. */
  public String reference() {
    return placed.map(OrderPlaced::reference).filter(r -> !r.isBlank()).orElse(key.order());
  }
}
