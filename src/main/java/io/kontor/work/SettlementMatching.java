package io.kontor.work;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Entity;
import io.kontor.mapping.RateCard;
import io.kontor.mapping.SettlementCode;
import io.kontor.mapping.SettlementCodes;
import io.kontor.money.Money;
import io.kontor.posting.SettledSum;
import io.kontor.reconcile.Cause;
import io.kontor.reconcile.FeeCheck;
import io.kontor.reconcile.Match;
import io.kontor.reconcile.Matching;
import io.kontor.reconcile.OrderSides;
import io.kontor.reconcile.Outcome;
import io.kontor.reconcile.Standing;
import io.kontor.store.Findings;
import io.kontor.store.OverdueOrders;
import io.kontor.store.SettledItems;
import io.kontor.store.SettledItems.Measure;
import io.kontor.store.Settlement;
import io.kontor.store.Settlements;
import io.kontor.store.Settlements.CodeSum;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Matches one settlement order by order, keeps what it finds, and says what its lines come to for
 * posting. One object a settlement; not thread-safe.
 */
final class SettlementMatching {

  /** Findings that are written at once. */
  private static final int CHUNK = 5_000;

  private static final String VAT = "vat";

  private final Tx tx;
  private final Store store;
  private final Channel channel;
  private final SettlementCodes codes;
  private final Settlement settlement;
  private final Currency currency;

  /** The day on which this settlement ends, whose rates apply to its fees. */
  private final LocalDate end;

  /** The day on which the channel's newest settlement ends. */
  private final LocalDate last;

  private final boolean newest;
  private final boolean before;
  private final List<String> others;
  private final FeeCheck fees;

  private final Map<Outcome, Tally> tallies = new EnumMap<>(Outcome.class);
  private final List<Findings.Finding> findings = new ArrayList<>();
  private final List<Findings.Standing> standings = new ArrayList<>();
  private long found;

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
    this.others =
        ofChannel.stream()
            .map(Settlement::importId)
            .filter(id -> !id.equals(settlement.importId()))
            .toList();
    this.end = LocalDate.ofInstant(settlement.to(), entity.zone());
    this.last =
        ofChannel.stream()
            .map(one -> LocalDate.ofInstant(one.to(), entity.zone()))
            .max(LocalDate::compareTo)
            .orElseThrow();
    this.newest =
        ofChannel.stream()
            .max(Comparator.comparing(Settlement::to).thenComparing(Settlement::settlementId))
            .filter(one -> one.importId().equals(settlement.importId()))
            .isPresent();
    this.before = LocalDate.ofInstant(settlement.from(), entity.zone()).isBefore(channel.cutOver());
    this.fees = new FeeCheck(channel.settling().rateCard());
  }

  private record Tally(long orders, long lines, Money expected, Money found) {

    Tally plus(Tally other) {
      return new Tally(
          orders + other.orders,
          lines + other.lines,
          expected.plus(other.expected),
          found.plus(other.found));
    }
  }

  /** Matches, in place of what was found before; the sums that posting books. */
  List<SettledSum> match() {
    store.findings().clear(tx, settlement);
    List<CodeSum> sums = store.settlements().codeSums(tx, settlement);
    store.settledItems().addUp(tx, settlement, measures(sums));
    store
        .settledItems()
        .orders(
            tx,
            settlement,
            new SettledItems.LedgerSpan(
                clearing(), last.minusDays(channel.settling().withinDays()), last),
            others,
            this::order);
    flush();
    store.findings().supersede(tx, settlement, others);
    if (newest) {
      overdue();
      flush();
    }
    store.findings().count(tx, settlement, counts());
    return SettledSums.of(
        channel, currency, sums, store.settlements().standingSums(tx, settlement));
  }

  private Map<Measure, Set<SettledItems.CodeAt>> measures(List<CodeSum> sums) {
    Map<Measure, Set<SettledItems.CodeAt>> measures = new EnumMap<>(Measure.class);
    for (CodeSum sum : sums) {
      if (sum.ofOrders()) {
        codes
            .find(sum.code(), sum.marketplace())
            .ifPresent(
                code ->
                    measuresOf(code)
                        .forEach(
                            measure ->
                                measures
                                    .computeIfAbsent(measure, m -> new HashSet<>())
                                    .add(new SettledItems.CodeAt(sum.code(), sum.marketplace()))));
      }
    }
    return measures;
  }

  private static Set<Measure> measuresOf(SettlementCode code) {
    Set<Measure> measures = new HashSet<>();
    String role = code.role();
    switch (code.nature()) {
      case SALE -> {
        measures.add(Measure.SALES);
        if (role.startsWith("revenue.")) {
          measures.add(Measure.FEE_BASE);
        }
        switch (role) {
          case "revenue.goods" -> measures.addAll(Set.of(Measure.GOODS, Measure.UNITS));
          case "revenue.shipping" -> measures.add(Measure.SHIPPING);
          case VAT -> measures.add(Measure.TAX);
          default -> {
            // A part of the sale that is not looked at by itself.
          }
        }
      }
      case REFUND -> {
        measures.add(Measure.REFUNDS);
        if (role.equals(VAT)) {
          measures.add(Measure.TAX);
        } else if (role.equals("returns")) {
          measures.add(Measure.FEE_BASE);
        }
      }
      case FACILITATED -> measures.addAll(Set.of(Measure.FACILITATED, Measure.MIRRORED));
      case FEE -> {
        measures.add(Measure.FEES);
        if (role.equals(RateCard.COMMISSION)) {
          measures.add(Measure.COMMISSION);
        } else if (role.equals(RateCard.FULFILMENT)) {
          measures.add(Measure.FULFILMENT);
        }
      }
      case RESERVE, OTHER -> {
        // Not of orders.
      }
    }
    return measures;
  }

  private void order(SettledItems.Order order) {
    Standing standing = standing(order);
    Match match = Matching.of(sides(order, standing));
    tally(match);
    if (match.outcome().isBreak()) {
      find(
          match.outcome(),
          match.cause(),
          match.order(),
          "",
          match.expected(),
          match.found(),
          match.lines());
    }
    boolean facilitated = order.sum(Measure.MIRRORED).signum() != 0;
    boolean bySettlement = channel.recognise() == Channel.Recognition.SETTLEMENT;
    if (facilitated && (standing == Standing.RECOGNISED)) {
      mirror(order);
    }
    boolean taxMatters = bySettlement || order.sum(Measure.REFUNDS).signum() != 0;
    Settlements.OrderState state = state(standing);
    if (state != usual(channel) || (facilitated && taxMatters)) {
      standings.add(new Findings.Standing(order.order(), state, facilitated));
    }
    order.items().forEach(item -> fees(order.order(), item));
    if (findings.size() >= CHUNK || standings.size() >= CHUNK) {
      flush();
    }
  }

  /** How orders of a channel stand unless matching says otherwise. */
  static Settlements.OrderState usual(Channel channel) {
    return channel.recognise() == Channel.Recognition.ORDER
        ? Settlements.OrderState.BOOKED
        : Settlements.OrderState.RECORDED;
  }

  private static Settlements.OrderState state(Standing standing) {
    return switch (standing) {
      case KNOWN -> Settlements.OrderState.BOOKED;
      case RECOGNISED -> Settlements.OrderState.RECORDED;
      case UNKNOWN -> Settlements.OrderState.UNKNOWN;
      case BEFORE_CUTOVER -> Settlements.OrderState.BEFORE_CUTOVER;
    };
  }

  private Standing standing(SettledItems.Order order) {
    if (channel.recognise() == Channel.Recognition.SETTLEMENT) {
      return order.booked() ? Standing.KNOWN : Standing.RECOGNISED;
    }
    if (order.recorded() || order.booked()) {
      return Standing.KNOWN;
    }
    boolean settles =
        order.sum(Measure.SALES).signum() != 0 || order.sum(Measure.REFUNDS).signum() != 0;
    if (!settles) {
      // Only fees name it: multi-channel fulfilment, say. They are booked by their codes.
      return Standing.RECOGNISED;
    }
    return before ? Standing.BEFORE_CUTOVER : Standing.UNKNOWN;
  }

  private OrderSides sides(SettledItems.Order order, Standing standing) {
    boolean compareRefunds = channel.refundsReported();
    Money refunds = money(order.sum(Measure.REFUNDS)).plus(money(order.refundsElsewhere()));
    return new OrderSides(
        order.order(),
        standing,
        new OrderSides.Ledger(
            money(order.charged()),
            money(order.chargedThen()),
            money(order.chargedDue()),
            money(order.refunded()),
            money(order.refundedThen()),
            money(order.refundedDue())),
        money(order.sum(Measure.SALES)).plus(money(order.salesElsewhere())),
        compareRefunds ? refunds : Money.zero(currency),
        money(order.salesElsewhere()),
        money(order.sum(Measure.TAX)),
        money(order.sum(Measure.FEES)),
        order.lines());
  }

  /** What the newest settlement and all before it left out. */
  private void overdue() {
    String word = Outcome.MISSING.word();
    store.findings().forget(tx, others, word);
    store
        .overdue()
        .each(
            tx,
            new OverdueOrders.Search(
                channel.entity(),
                channel.id(),
                currency,
                clearing(),
                channel.cutOver(),
                last.minusDays(channel.settling().withinDays()),
                channel.refundsReported()),
            word,
            order -> {
              Match match =
                  Matching.overdue(
                      order.order(),
                      order.settled(),
                      money(order.expected()),
                      money(order.found()));
              tally(match);
              find(
                  match.outcome(),
                  match.cause(),
                  match.order(),
                  "",
                  match.expected(),
                  match.found(),
                  0);
              if (findings.size() >= CHUNK) {
                flush();
              }
            });
  }

  private String clearing() {
    return "clearing:" + channel.id() + ":";
  }

  private void mirror(SettledItems.Order order) {
    Money tax = money(order.sum(Measure.TAX));
    Money kept = money(order.sum(Measure.FACILITATED));
    if (!tax.plus(kept).isZero()) {
      find(
          Outcome.DIFFERS,
          Cause.TAX_NOT_MIRRORED,
          order.order(),
          "",
          tax.negated(),
          kept,
          order.lines());
    }
  }

  private void fees(String order, SettledItems.Item item) {
    fee(RateCard.COMMISSION, Measure.COMMISSION, order, item);
    fee(RateCard.FULFILMENT, Measure.FULFILMENT, order, item);
  }

  private void fee(String fee, Measure measure, String order, SettledItems.Item item) {
    boolean sold = item.sum(Measure.GOODS).signum() != 0;
    if (!channel.settling().rateCard().covers(fee) || !sold) {
      return;
    }
    Optional<FeeCheck.Finding> finding =
        fees.check(
            new FeeCheck.Charge(
                fee,
                order,
                item.sku(),
                item.sum(Measure.UNITS),
                money(item.sum(Measure.FEE_BASE)),
                money(item.sum(measure)).negated(),
                item.lines()),
            end);
    finding.ifPresent(
        f -> {
          tally(
              new Match(
                  Outcome.FEE_DIFFERS,
                  f.cause(),
                  order,
                  f.expected(),
                  f.charge().charged(),
                  item.lines()));
          find(
              Outcome.FEE_DIFFERS,
              f.cause(),
              order,
              item.sku(),
              f.expected(),
              f.charge().charged(),
              item.lines());
        });
  }

  private void tally(Match match) {
    tallies.merge(
        match.outcome(), new Tally(1, match.lines(), match.expected(), match.found()), Tally::plus);
  }

  private void find(
      Outcome outcome,
      Cause cause,
      String order,
      String sku,
      Money expected,
      Money amount,
      long lines) {
    findings.add(
        new Findings.Finding(
            outcome.word(), cause.word(), order, sku, expected.amount(), amount.amount(), lines));
  }

  private void flush() {
    store.findings().add(tx, settlement, found, findings);
    found += findings.size();
    findings.clear();
    store.findings().stand(tx, settlement, standings);
    standings.clear();
  }

  private List<Findings.Count> counts() {
    List<Findings.Count> counts = new ArrayList<>();
    tallies.forEach(
        (outcome, tally) ->
            counts.add(
                new Findings.Count(
                    outcome.word(),
                    tally.orders(),
                    tally.lines(),
                    tally.expected().amount(),
                    tally.found().amount())));
    return counts;
  }

  private Money money(BigDecimal amount) {
    return Money.of(amount, currency);
  }
}
