package io.kontor.work.settlement;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.money.Money;
import io.kontor.reconcile.Cause;
import io.kontor.reconcile.Outcome;
import io.kontor.reconcile.StatementChain;
import io.kontor.sales.Problem;
import io.kontor.store.Desk;
import io.kontor.store.Findings;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementLinks;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.desk.DeskKeys;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Brings to the desk what matching found, one item for all orders of one settlement that differ
 * alike, and takes away what is explained by now.
 */
final class SettlementDesk {

  /** How many orders an item names. */
  private static final int MOST_NAMED = 5;

  private static final String MATCHED = "settled:";
  private static final String CHAINED = "chain:";

  private static final String COPIED = "copied:";

  private final Store store;
  private final Mappings mappings;
  private final SettlementCopies copies;

  SettlementDesk(Store store, Mappings mappings) {
    this.store = store;
    this.mappings = mappings;
    this.copies = new SettlementCopies(store.settlements(), mappings);
  }

  /**
   * Brings a settlement's findings and problems to the desk.
   *
   * @return whether there are none that nobody has answered
   */
  boolean matched(Tx tx, Settlement settlement, List<Problem> problems) {
    List<Problem> all = new ArrayList<>();
    problems.forEach(problem -> all.add(naming(tx, settlement, problem)));
    for (Findings.Group group : store.findings().groups(tx, settlement)) {
      Outcome outcome = Outcome.of(group.outcome());
      // Orders that are not known are named with the codes of their lines, which stand in suspense.
      if (outcome != Outcome.UNKNOWN_ORDER) {
        all.add(differing(tx, settlement, group, outcome, Cause.of(group.cause())));
      }
    }
    return replace(tx, settlement, MATCHED, all);
  }

  /** Holds every settlement of a channel against the one before it. */
  void chained(Tx tx, Channel channel, Currency currency) {
    Map<String, Settlement> byId = new TreeMap<>();
    List<StatementChain.Link> links = new ArrayList<>();
    for (SettlementLinks.Linked linked : store.links().list(tx, channel.entity(), channel.id())) {
      Settlement settlement = linked.settlement();
      if (settlement.total().currency().equals(currency)) {
        byId.put(settlement.settlementId(), settlement);
        if (!settlement.isWithdrawn()) {
          links.add(link(linked));
        }
      }
    }
    Map<String, List<Problem>> broken = new TreeMap<>();
    for (StatementChain.Broken one : StatementChain.check(links)) {
      broken.computeIfAbsent(one.settlement(), s -> new ArrayList<>()).add(problem(channel, one));
    }
    Set<String> open = store.workItems().factsWithOpen(tx, channel.entity(), channel.id(), CHAINED);
    byId.forEach(
        (id, settlement) -> {
          if (broken.containsKey(id) || open.contains(name(settlement))) {
            replace(tx, settlement, CHAINED, broken.getOrDefault(id, List.of()));
          }
        });
  }

  /** Holds a settlement against those of its number in the vendor's other channels. */
  void copied(Tx tx, Settlement settlement) {
    copies
        .of(tx, settlement)
        .forEach((one, problem) -> replace(tx, one, COPIED, problem.stream().toList()));
  }

  private static StatementChain.Link link(SettlementLinks.Linked linked) {
    Settlement settlement = linked.settlement();
    SettlementLinks.Link link = linked.link();
    Currency currency = settlement.total().currency();
    return new StatementChain.Link(
        settlement.settlementId(),
        link.marketplace(),
        settlement.from(),
        settlement.to(),
        settlement.total(),
        Money.of(link.debtCarriedIn(), currency),
        Money.of(link.debtCarriedOut(), currency),
        Money.of(link.reserveBroughtIn(), currency),
        Money.of(link.reserveHeld(), currency));
  }

  private Problem problem(Channel channel, StatementChain.Broken broken) {
    String reference = "%s/%s/%s".formatted(channel.entity(), channel.id(), broken.settlement());
    if (broken instanceof StatementChain.Gap gap) {
      return missing(channel, gap, reference);
    }
    if (broken instanceof StatementChain.Twin twin) {
      return new Problem(
          "settlement-twice",
          reference,
          "settlement %s has the period and the total of %s: if it is the same one under another number, it is booked twice; ask the channel which of them it paid"
              .formatted(twin.settlement(), twin.other()));
    }
    return notCarried((StatementChain.NotCarried) broken, reference);
  }

  private Problem missing(Channel channel, StatementChain.Gap gap, String reference) {
    ZoneId zone = mappings.entityOf(channel).zone();
    return new Problem(
        "settlement-missing",
        reference,
        "settlement %s begins on %s, but %s before it ended on %s: import those between the two; or, if the channel has none, resolve this"
            .formatted(
                gap.settlement(),
                LocalDate.ofInstant(gap.begins(), zone),
                gap.before(),
                LocalDate.ofInstant(gap.ended(), zone)));
  }

  private static Problem notCarried(StatementChain.NotCarried broken, String reference) {
    String before =
        broken
            .before()
            .map(id -> "settlement %s left %s".formatted(id, broken.left()))
            .orElse("no settlement before it is known, and the ledger has none");
    String matter = broken.matter() == StatementChain.Matter.DEBT ? "debt" : "reserve";
    return new Problem(
        matter + "-chain-broken",
        reference,
        "settlement %s brings in a %s of %s, but %s: %s"
            .formatted(broken.settlement(), matter, broken.brought(), before, remedy(broken)));
  }

  private static String remedy(StatementChain.NotCarried broken) {
    if (broken.next()) {
      return "that one ends where this one begins, so ask the channel what became of the difference, and resolve this";
    }
    return broken.before().isPresent()
        ? "import those between the two; or ask the channel, and resolve this"
        : "import the one before it; or, if it is of before the cut-over, resolve this";
  }

  private Problem differing(
      Tx tx, Settlement settlement, Findings.Group group, Outcome outcome, Cause cause) {
    List<Findings.Finding> largest =
        store.findings().list(tx, settlement, group.outcome(), group.cause(), MOST_NAMED);
    String names =
        largest.stream()
            .map(f -> f.sku().isEmpty() ? f.order() : f.order() + " " + f.sku())
            .collect(Collectors.joining(", "));
    Currency currency = settlement.total().currency();
    boolean fee = outcome == Outcome.FEE_DIFFERS;
    return new Problem(
        fee ? "fee-differs" : "order-" + outcome.word(),
        settlement.orderKey() + "/" + group.cause(),
        "%d %s (%s%s): %s; %s %s, settled %s, difference %s%s"
            .formatted(
                group.count(),
                noun(fee ? "fee" : "order", group.count()),
                names,
                group.count() > largest.size() ? " and others" : "",
                cause.explanation(),
                fee ? "rate card" : "ledger",
                money(group.expected(), currency),
                money(group.found(), currency),
                money(group.found().subtract(group.expected()), currency),
                leavesOpen(settlement, cause) ? wayOut(settlement) : ""));
  }

  /** Whether what differs stays on the clearing account. */
  private boolean leavesOpen(Settlement settlement, Cause cause) {
    Channel channel = mappings.channels().get(settlement.channel());
    return channel.recognise() == Channel.Recognition.ORDER
        && cause.isOfOrder()
        && cause != Cause.REFUND_ABOVE_SALE;
  }

  private static String wayOut(Settlement settlement) {
    return "; ask the channel, and give up what stays open: write-off %s ORDER --note WHY"
        .formatted(settlement.channel());
  }

  private static String noun(String one, long count) {
    return count == 1 ? one : one + "s";
  }

  private static Money money(BigDecimal amount, Currency currency) {
    return Money.of(amount, currency);
  }

  /** Says which orders are meant: somebody has to have them sent. */
  private Problem naming(Tx tx, Settlement settlement, Problem problem) {
    if (!problem.code().equals("unknown-order")) {
      return problem;
    }
    String code = problem.reference().substring(name(settlement).length() + 1);
    List<String> orders =
        store.settlementLines().unknownOrders(tx, settlement, code, MOST_NAMED + 1);
    String names =
        String.join(", ", orders.subList(0, Math.min(orders.size(), MOST_NAMED)))
            + (orders.size() > MOST_NAMED ? " and others" : "");
    return new Problem(
        problem.code(),
        problem.reference(),
        "%s (%s). Have the channel send them; the next night explains the lines"
            .formatted(problem.message(), names));
  }

  private static String name(Settlement settlement) {
    return settlement.factName().toString();
  }

  /** Whether a person has answered all there are. */
  private boolean replace(Tx tx, Settlement settlement, String family, List<Problem> problems) {
    Map<String, String> present = new TreeMap<>();
    problems.forEach(problem -> present.put(key(family, problem), problem.message()));
    String name = name(settlement);
    List<String> gone =
        store.workItems().openAbout(tx, name).stream()
            .filter(key -> key.startsWith(family) && !present.containsKey(key))
            .toList();
    store.desk().resolveKeys(tx, gone, "explained at last");
    Set<String> answered = new TreeSet<>(store.workItems().answered(tx, present));
    store
        .desk()
        .open(
            tx,
            problems.stream()
                .filter(problem -> !answered.contains(key(family, problem)))
                .map(problem -> item(settlement, name, key(family, problem), problem))
                .toList());
    return answered.containsAll(present.keySet());
  }

  private static Desk.NewItem item(
      Settlement settlement, String name, String key, Problem problem) {
    return new Desk.NewItem(
        DeskKeys.team(problem.code()),
        problem.code(),
        settlement.entity(),
        settlement.channel(),
        settlement.orderKey().toString(),
        problem.message(),
        Optional.empty(),
        Optional.of(name),
        Optional.empty(),
        key);
  }

  private static String key(String family, Problem problem) {
    return family + problem.code() + ":" + problem.reference();
  }
}
