package io.kontor.reconcile;

import io.kontor.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds each settlement against the one before it: the debt and the reserve that a settlement
 * brings forward are those that the one before left, and no time is left out between the two.
 *
 * <p>A seller has one chain for each marketplace and currency. Which settlement comes before which
 * is found by their periods, which meet, and by the marketplace.
 */
public final class StatementChain {

  /**
   * What a settlement says of the ones around it; amounts as the settlement signs them.
   *
   * @param marketplace that most of its lines name; may be empty
   * @param debtCarriedIn lines that bring an earlier debt in: zero or negative
   * @param debtCarriedOut lines that carry a debt out to the next one: zero or positive
   * @param reserveBroughtIn zero or positive
   * @param reserveHeld zero or negative
   */
  public record Link(
      String settlement,
      String marketplace,
      Instant from,
      Instant to,
      Money total,
      Money debtCarriedIn,
      Money debtCarriedOut,
      Money reserveBroughtIn,
      Money reserveHeld) {

    /** Whether they differ in their number alone. Those of no money are all alike. */
    private boolean isTwinOf(Link other) {
      return !total.isZero() && numbered("").equals(other.numbered(""));
    }

    private Link numbered(String number) {
      return new Link(
          number,
          marketplace.toLowerCase(Locale.ROOT),
          from,
          to,
          total,
          debtCarriedIn,
          debtCarriedOut,
          reserveBroughtIn,
          reserveHeld);
    }
  }

  /** What is brought forward. */
  public enum Matter {
    DEBT,
    RESERVE
  }

  /** A chain that does not hold. */
  public sealed interface Broken {

    /** The settlement that does not continue what came before. */
    String settlement();
  }

  /**
   * What is brought in is not what was left.
   *
   * @param before the settlement before; empty if it is not known
   * @param next whether that one ends where this one begins, so that none is missing between
   * @param left what stood open before
   * @param brought what this settlement says stood open
   */
  public record NotCarried(
      Matter matter,
      String settlement,
      Optional<String> before,
      boolean next,
      Money left,
      Money brought)
      implements Broken {}

  /**
   * Time that no settlement covers, of a marketplace that settles without a pause: one is missing,
   * though no sum shows it, since the missing one left and brought in nothing, or the same.
   *
   * @param before the last settlement before the gap, which ends at {@code ended}
   * @param begins where {@code settlement} begins
   */
  public record Gap(String settlement, String before, Instant ended, Instant begins)
      implements Broken {}

  /**
   * Two settlements of one period and one total, which bring in and leave the same: under two
   * numbers they are one.
   *
   * @param other the one that came under the other number
   */
  public record Twin(String settlement, String other) implements Broken {}

  private static final Comparator<Link> BY_PERIOD =
      Comparator.comparing(Link::from)
          .thenComparing(Link::to)
          .thenComparing(link -> link.total().amount())
          .thenComparing(Link::settlement);

  /** Channels cut periods to the second, and not always the same one on both sides. */
  private static final Duration OVERLAP = Duration.ofHours(1);

  /** No channel pays out more often than once a day. */
  private static final Duration SHORTEST_PERIOD = Duration.ofDays(1);

  private StatementChain() {}

  /** Everything that does not hold among the settlements of one channel in one currency. */
  public static List<Broken> check(List<Link> settlements) {
    List<Link> inOrder = settlements.stream().sorted(BY_PERIOD).toList();
    List<Tail> tails = new ArrayList<>();
    List<Broken> broken = new ArrayList<>(twins(inOrder));
    for (Link link : inOrder) {
      Optional<Tail> before = before(tails, link);
      before.ifPresent(tails::remove);
      Tail tail = before.orElseGet(() -> Tail.opening(link));
      List<Broken> sums = notCarried(tail, link);
      broken.addAll(sums);
      if (sums.isEmpty()) {
        gap(tail, link).ifPresent(broken::add);
      }
      tails.add(tail.followedBy(link));
    }
    return broken;
  }

  private static List<Broken> twins(List<Link> inOrder) {
    List<Broken> twins = new ArrayList<>();
    for (int i = 1; i < inOrder.size(); i++) {
      if (inOrder.get(i).isTwinOf(inOrder.get(i - 1))) {
        twins.add(new Twin(inOrder.get(i).settlement(), inOrder.get(i - 1).settlement()));
      }
    }
    return twins;
  }

  /** The chain that a settlement continues. */
  private static Optional<Tail> before(List<Tail> tails, Link link) {
    return tails.stream()
        .filter(tail -> !tail.last.to().minus(OVERLAP).isAfter(link.from()))
        .filter(tail -> tail.agrees(link))
        .max(
            Comparator.comparing((Tail tail) -> tail.meets(link))
                .thenComparing(tail -> tail.isOf(link.marketplace()))
                .thenComparing(tail -> tail.debt.equals(link.debtCarriedIn().negated()))
                .thenComparing(tail -> tail.reserve.equals(link.reserveBroughtIn()))
                .thenComparing(tail -> tail.last.to()));
  }

  private static List<Broken> notCarried(Tail tail, Link link) {
    List<Broken> broken = new ArrayList<>();
    notCarried(Matter.DEBT, tail, link, tail.debt, link.debtCarriedIn().negated())
        .ifPresent(broken::add);
    notCarried(Matter.RESERVE, tail, link, tail.reserve, link.reserveBroughtIn())
        .ifPresent(broken::add);
    return broken;
  }

  private static Optional<Broken> notCarried(
      Matter matter, Tail tail, Link link, Money left, Money brought) {
    boolean next = tail.known && tail.isNext(link);
    return brought.equals(left)
        ? Optional.empty()
        : Optional.of(new NotCarried(matter, link.settlement(), tail.name(), next, left, brought));
  }

  /** Only of a marketplace that both name: who names none may belong to another chain. */
  private static Optional<Broken> gap(Tail tail, Link link) {
    Instant ended = tail.last.to();
    boolean missing =
        tail.known
            && !link.marketplace().isEmpty()
            && tail.isOf(link.marketplace())
            && Duration.between(ended, link.from()).compareTo(SHORTEST_PERIOD) >= 0;
    return missing
        ? Optional.of(new Gap(link.settlement(), tail.last.settlement(), ended, link.from()))
        : Optional.empty();
  }

  /** The end of a chain: its last settlement and what that left open. */
  private record Tail(Link last, boolean known, String marketplace, Money debt, Money reserve) {

    /** Before the first settlement nothing is known, and nothing stands open in the ledger. */
    static Tail opening(Link first) {
      Money zero = first.total().minus(first.total());
      return new Tail(first, false, first.marketplace(), zero, zero);
    }

    /**
     * A settlement takes over all that the one before left, so that what it leaves itself does not
     * depend on it: one link that does not hold is one finding, not one for every later settlement.
     */
    Tail followedBy(Link link) {
      Money owed = link.total().isNegative() ? link.total().negated() : debt.minus(debt);
      return new Tail(
          link,
          true,
          link.marketplace().isEmpty() ? marketplace : link.marketplace(),
          link.debtCarriedOut().plus(owed),
          link.reserveHeld().negated());
    }

    boolean meets(Link link) {
      return last.to().equals(link.from());
    }

    boolean isNext(Link link) {
      return Duration.between(last.to(), link.from()).abs().compareTo(OVERLAP) <= 0;
    }

    boolean isOf(String other) {
      return marketplace.equalsIgnoreCase(other);
    }

    /** Two marketplaces that are both named are two chains. */
    boolean agrees(Link link) {
      return marketplace.isEmpty() || link.marketplace().isEmpty() || isOf(link.marketplace());
    }

    Optional<String> name() {
      return known ? Optional.of(last.settlement()) : Optional.empty();
    }
  }
}
