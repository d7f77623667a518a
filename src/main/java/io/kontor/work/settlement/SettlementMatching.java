package io.kontor.work.settlement;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Entity;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.money.Money;
import io.kontor.posting.AccountPatterns;
import io.kontor.posting.SettledSum;
import io.kontor.reconcile.Cause;
import io.kontor.reconcile.Match;
import io.kontor.reconcile.Matching;
import io.kontor.reconcile.OrderSides;
import io.kontor.reconcile.Outcome;
import io.kontor.reconcile.Standing;
import io.kontor.store.Findings;
import io.kontor.store.SettledItems.Measure;
import io.kontor.store.SettledOrder;
import io.kontor.store.SettledOrders;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementLines;
import io.kontor.store.SettlementLines.CodeSum;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Matches one settlement order by order, keeps what it finds, and says what its lines come to for
 * posting. One object a settlement; not thread-safe.
 */
final class SettlementMatching {

  private static final Comparator<Settlement> BY_AGE =
      Comparator.comparing(Settlement::to).thenComparing(Settlement::settlementId);

  private final Tx tx;
  private final Store store;
  private final Channel channel;
  private final SettlementCodes codes;
  private final Settlement settlement;
  private final Currency currency;

  /** The day on which the channel's newest settlement ends. */
  private final LocalDate last;

  /** How many of the channel's settlements are newer than this one. */
  private final int newer;

  private final boolean before;
  private final Instant cutOver;

  /** The channel's other settlements, the oldest first. */
  private final List<Settlement> others;

  /** Those newer ones that name an order of which something was found. */
  private final Set<Long> newerOfFound = new TreeSet<>();

  private final ItemFees fees;

  private final SettlementFindings findings;

  /** Whether any line states tax of an order that no fact of the order does. */
  private boolean taxedLater;

  SettlementMatching(
      Tx tx,
      Store store,
      Channel channel,
      Entity entity,
      SettlementCodes codes,
      Settlement settlement) {
    this.tx = tx;
    this.store = store;
    this.channel = channel;
    this.codes = codes;
    this.settlement = settlement;
    this.currency = settlement.total().currency();
    List<Settlement> ofChannel =
        store.settlements().ofChannel(tx, channel.entity(), channel.id(), currency);
    List<Settlement> byAge = ofChannel.stream().sorted(BY_AGE).toList();
    this.others = byAge.stream().filter(one -> one.importId() != settlement.importId()).toList();
    this.newer = (int) others.stream().filter(one -> BY_AGE.compare(one, settlement) > 0).count();
    LocalDate end = LocalDate.ofInstant(settlement.to(), entity.zone());
    this.last =
        ofChannel.stream()
            .map(one -> LocalDate.ofInstant(one.to(), entity.zone()))
            .max(LocalDate::compareTo)
            .orElseThrow();
    this.cutOver = channel.cutOver().atStartOfDay(entity.zone()).toInstant();
    this.before = settlement.from().isBefore(cutOver);
    this.findings = new SettlementFindings(tx, store, settlement);
    this.fees = new ItemFees(channel.settling().rateCard(), end, currency, findings);
  }

  /** Matches, in place of what was found before; the sums that posting books. */
  List<SettledSum> match() {
    store.findings().clear(tx, settlement);
    List<CodeSum> sums = store.settlementLines().codeSums(tx, settlement);
    taxedLater = SettlementMeasures.isTaxedLater(codes, sums);
    List<Long> imports = others.stream().map(Settlement::importId).toList();
    store
        .settledOrders()
        .each(
            tx,
            settlement,
            SettlementMeasures.of(codes, sums),
            new SettledOrders.LedgerSpan(
                AccountPatterns.clearingOf(channel),
                last.minusDays(channel.settling().withinDays()),
                last,
                cutOver),
            imports,
            newer,
            this::order);
    findings.flush();
    store
        .findings()
        .supersede(
            tx, settlement, imports.subList(0, imports.size() - newer), Outcome.DUPLICATE.word());
    if (newer == 0) {
      new OverdueMatching(tx, store, channel, findings)
          .match(
              settlement,
              imports,
              AccountPatterns.clearingOf(channel),
              last.minusDays(channel.settling().withinDays()));
    }
    findings.finish();
    return SettledSums.of(
        channel, currency, sums, store.settlementLines().standingSums(tx, settlement));
  }

  /**
   * The newer settlements that name orders of which something was found here: each order is found
   * once, with the newest settlement of it, and that has to be looked at again.
   */
  List<Settlement> toBeMatchedAgain() {
    return others.stream().filter(one -> newerOfFound.contains(one.importId())).toList();
  }

  private void order(SettledOrder order) {
    Standing standing = standing(order);
    Match match = Matching.of(sides(order, standing));
    findings.count(match);
    if (match.outcome() == Outcome.DUPLICATE) {
      // It is of those that paid: one that only took a refund of the order has no part in it.
      if (order.sum(Measure.SALES).signum() != 0) {
        keep(match, order.elsewhere().newestSale());
      }
    } else if (match.outcome().isBreak()) {
      keep(match, order.elsewhere().newest());
    }
    boolean facilitated = order.sum(Measure.MIRRORED).signum() != 0;
    boolean bySettlement = channel.recognise() == Channel.Recognition.SETTLEMENT;
    if (facilitated) {
      mirror(order);
    }
    boolean taxMatters =
        bySettlement
            || standing == Standing.RECOGNISED
            || order.sum(Measure.REFUNDS).signum() != 0
            || taxedLater;
    SettlementLines.OrderState state = state(standing);
    if (state != usual(channel) || (facilitated && taxMatters)) {
      findings.keep(new Findings.Standing(order.order(), state, facilitated));
    }
    order.items().forEach(item -> fees.check(order.order(), item));
  }

  /** Each order is found once, with the newest settlement of it. */
  private void keep(Match match, Optional<Long> newerOne) {
    newerOne.ifPresentOrElse(newerOfFound::add, () -> findings.keep(match, ""));
  }

  /** How orders of a channel stand unless matching says otherwise. */
  static SettlementLines.OrderState usual(Channel channel) {
    return channel.recognise() == Channel.Recognition.ORDER
        ? SettlementLines.OrderState.BOOKED
        : SettlementLines.OrderState.RECORDED;
  }

  private static SettlementLines.OrderState state(Standing standing) {
    return switch (standing) {
      case KNOWN -> SettlementLines.OrderState.BOOKED;
      case RECOGNISED -> SettlementLines.OrderState.RECORDED;
      case UNKNOWN -> SettlementLines.OrderState.UNKNOWN;
      case BEFORE_CUTOVER -> SettlementLines.OrderState.BEFORE_CUTOVER;
    };
  }

  private Standing standing(SettledOrder order) {
    if (channel.recognise() == Channel.Recognition.SETTLEMENT) {
      return order.booked() ? Standing.KNOWN : Standing.RECOGNISED;
    }
    boolean settles =
        order.sum(Measure.SALES).signum() != 0 || order.sum(Measure.REFUNDS).signum() != 0;
    if (order.placedBefore() && !order.booked() && settles) {
      return Standing.BEFORE_CUTOVER;
    }
    if (order.recorded() || order.booked()) {
      return Standing.KNOWN;
    }
    if (!settles) {
      // Only fees name it: multi-channel fulfilment, say. They are booked by their codes.
      return Standing.RECOGNISED;
    }
    return before ? Standing.BEFORE_CUTOVER : Standing.UNKNOWN;
  }

  private OrderSides sides(SettledOrder order, Standing standing) {
    Money refunds = money(order.sum(Measure.REFUNDS)).plus(money(order.elsewhere().refunds()));
    SettledOrder.Ledger ledger = order.ledger();
    Money salesElsewhere = money(order.elsewhere().sales());
    return new OrderSides(
        order.order(),
        standing,
        new OrderSides.Ledger(
            money(ledger.charged()),
            money(ledger.chargedThen()),
            money(ledger.chargedDue()),
            money(ledger.refunded()),
            money(ledger.refundedThen()),
            money(ledger.refundedDue())),
        money(order.sum(Measure.SALES)).plus(salesElsewhere),
        refunds,
        channel.refundsReported(),
        salesElsewhere,
        money(order.sum(Measure.TAX)),
        money(order.sum(Measure.FEES)),
        order.lines());
  }

  private void mirror(SettledOrder order) {
    Money tax = money(order.sum(Measure.TAX));
    Money kept = money(order.sum(Measure.FACILITATED));
    if (!tax.plus(kept).isZero()) {
      findings.keep(
          new Match(
              Outcome.DIFFERS,
              Cause.TAX_NOT_MIRRORED,
              order.order(),
              tax.negated(),
              kept,
              order.lines()),
          "");
    }
  }

  private Money money(BigDecimal amount) {
    return Money.of(amount, currency);
  }
}
