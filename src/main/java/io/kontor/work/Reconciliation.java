package io.kontor.work;

import io.kontor.failure.Failure;
import io.kontor.failure.RejectedFailure;
import io.kontor.ledger.Balances;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.StatementLayout;
import io.kontor.money.Money;
import io.kontor.posting.Exchange;
import io.kontor.posting.SettledSum;
import io.kontor.posting.SettlementPosting;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.sales.Problem;
import io.kontor.sales.SettlementReceived;
import io.kontor.store.Claim;
import io.kontor.store.Database;
import io.kontor.store.Deliveries;
import io.kontor.store.Desk;
import io.kontor.store.Facts;
import io.kontor.store.Journal;
import io.kontor.store.JournalFilter;
import io.kontor.store.Settlement;
import io.kontor.store.Settlements;
import io.kontor.store.StoreException;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.store.WorkItem;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Matches a settlement with the ledger and books it: every line comes off the account on which the
 * ledger has it, and what nobody knows stands in suspense and on the desk. Thread-safe.
 *
 * <p>Booking a settlement again books the difference: nothing, or what a mapping added meanwhile
 * explains.
 */
public final class Reconciliation implements Delivering {

  /** The state of a settlement whose every line is explained. */
  private static final String BOOKED = "booked";

  /** The state of a settlement that is in the journal with something in suspense. */
  private static final String UNEXPLAINED = "unexplained";

  private static final int MOST_SETTLEMENTS = 1_000;
  private static final int MOST_ITEMS = 10_000;

  /** How many orders an item names. */
  private static final int MOST_NAMED = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

  private final Database database;
  private final Deliveries deliveries;
  private final Facts facts;
  private final Settlements settlements;
  private final Journal journal;
  private final Desk desk;
  private final Mappings mappings;
  private final DeliveryPolicy policy;
  private final DeliveryBook book;

  public Reconciliation(
      Database database,
      Deliveries deliveries,
      Facts facts,
      Settlements settlements,
      Journal journal,
      Desk desk,
      Mappings mappings,
      DeliveryPolicy policy,
      DeliveryBook book) {
    this.database = database;
    this.deliveries = deliveries;
    this.facts = facts;
    this.settlements = settlements;
    this.journal = journal;
    this.desk = desk;
    this.mappings = mappings;
    this.policy = policy;
    this.book = book;
  }

  @Override
  public int deliverDue(Consequence consequence) {
    List<Claim> claims =
        database.inTransaction(
            tx -> {
              // The whole effect is in this database, so a doubtful one is simply done again.
              List<Claim> doubtful =
                  deliveries.claimInDoubt(
                      tx, consequence, policy.batch(), policy.owner(), policy.lease());
              return doubtful.isEmpty()
                  ? deliveries.claim(
                      tx, consequence, policy.batch(), policy.owner(), policy.lease())
                  : doubtful;
            });
    for (Claim claim : claims) {
      reconcile(claim);
    }
    return claims.size();
  }

  /**
   * Looks again at the settlements that were not explained: orders may have come since, and codes
   * may have been mapped.
   */
  void again(String entity) {
    database.run(
        tx -> {
          List<WantedDelivery> wanted = new ArrayList<>();
          for (Settlement settlement : settlements.list(tx, entity, MOST_SETTLEMENTS)) {
            if (!settlement.state().equals(BOOKED)) {
              wanted.add(wanted(settlement));
            }
          }
          deliveries.want(tx, wanted);
        });
    int claimed;
    do {
      claimed = deliverDue(Consequence.RECONCILE);
    } while (claimed > 0);
  }

  private static WantedDelivery wanted(Settlement settlement) {
    FactName name =
        new FactName(
            settlement.entity(),
            settlement.channel(),
            FactKind.SETTLEMENT_RECEIVED,
            settlement.settlementId());
    return new WantedDelivery(
        settlement.entity(),
        settlement.channel(),
        name.toString(),
        Consequence.RECONCILE,
        settlement.key(),
        Optional.empty(),
        Instant.EPOCH);
  }

  private void reconcile(Claim claim) {
    try {
      database.run(tx -> reconcile(tx, claim));
    } catch (Failure e) {
      database.run(tx -> book.finish(tx, claim, Outcome.failed(e)));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{} could not be reconciled", claim.subject(), e);
      RejectedFailure defect =
          new RejectedFailure("reconcile-failed", claim.subject(), e.toString(), e);
      database.run(tx -> book.finish(tx, claim, Outcome.failed(defect)));
    }
    database.sync();
  }

  private void reconcile(Tx tx, Claim claim) {
    SettlementReceived received = received(tx, claim);
    Channel channel = mappings.channels().get(received.name().channel());
    Settlement settlement =
        settlements
            .find(tx, channel.entity(), channel.id(), received.order().order())
            .orElseThrow(
                () ->
                    new RejectedFailure(
                        "settlement-missing", claim.subject(), "its lines are not stored"));
    List<SettledSum> sums =
        settlements.sums(tx, settlement).stream()
            .map(sum -> settled(channel, received, sum))
            .toList();
    SettlementPosting.Outcome outcome =
        new SettlementPosting(
                channel,
                mappings.entityOf(channel),
                layout(channel, claim).codes(),
                mappings.version())
            .entries(received, sums, posted(tx, channel, received.order()));
    journal.append(
        tx,
        outcome.entries().stream()
            .map(new Exchange(mappings.entityOf(channel))::of)
            .map(entry -> new Journal.NewEntry(entry, received.order()))
            .toList());
    toDesk(
        tx,
        received,
        outcome.problems().stream().map(problem -> naming(tx, settlement, problem)).toList());
    String state = outcome.problems().isEmpty() ? BOOKED : UNEXPLAINED;
    settlements.state(tx, settlement, state);
    book.finish(tx, claim, new Outcome.Sent(mappings.version(), state));
  }

  private SettlementReceived received(Tx tx, Claim claim) {
    String[] name = claim.subject().split("/", 4);
    FactName fact = new FactName(name[0], name[1], FactKind.SETTLEMENT_RECEIVED, name[3]);
    StoredFact stored = facts.current(tx, List.of(fact)).get(fact);
    return (SettlementReceived) StoredFacts.read(stored);
  }

  private static StatementLayout layout(Channel channel, Claim claim) {
    return channel.documents().values().stream()
        .filter(Channel.Document.Statement.class::isInstance)
        .map(document -> ((Channel.Document.Statement) document).layout())
        .findFirst()
        .orElseThrow(
            () ->
                new RejectedFailure(
                    "no-statement", claim.subject(), "the channel has no statement document"));
  }

  private Map<YearMonth, Balances> posted(Tx tx, Channel channel, OrderKey settlement) {
    Map<YearMonth, Balances> byMonth = new TreeMap<>();
    JournalFilter filter =
        JournalFilter.all().entity(channel.entity()).subject(settlement.toString());
    journal.stream(
        tx,
        filter,
        stored -> {
          Balances balances =
              byMonth.computeIfAbsent(YearMonth.from(stored.entry().date()), m -> new Balances());
          stored.entry().postings().forEach(balances::add);
        });
    return byMonth;
  }

  private static SettledSum settled(
      Channel channel, SettlementReceived received, Settlements.Sum sum) {
    SettledSum.OrderState state =
        switch (sum.orderState()) {
          case NONE -> SettledSum.OrderState.NONE;
          case BOOKED -> SettledSum.OrderState.KNOWN;
          case RECORDED ->
              channel.recognise() == Channel.Recognition.ORDER
                  ? SettledSum.OrderState.KNOWN
                  : SettledSum.OrderState.UNKNOWN;
          case UNKNOWN ->
              sum.month().isBefore(YearMonth.from(channel.cutOver()))
                  ? SettledSum.OrderState.BEFORE_CUTOVER
                  : SettledSum.OrderState.UNKNOWN;
        };
    return new SettledSum(
        sum.code(),
        state,
        sum.month(),
        Money.of(sum.amount(), received.total().currency()),
        sum.lines());
  }

  /** Says which orders are meant: somebody has to have them sent. */
  private Problem naming(Tx tx, Settlement settlement, Problem problem) {
    if (!problem.code().equals("unknown-order")) {
      return problem;
    }
    String settled = wanted(settlement).subject() + "/";
    String code = problem.reference().substring(settled.length());
    List<String> orders = settlements.unknownOrders(tx, settlement, code, MOST_NAMED + 1);
    String names =
        String.join(", ", orders.subList(0, Math.min(orders.size(), MOST_NAMED)))
            + (orders.size() > MOST_NAMED ? " and others" : "");
    return new Problem(
        problem.code(),
        problem.reference(),
        "%s (%s). Have the channel send them; the next night explains the lines"
            .formatted(problem.message(), names));
  }

  private static String key(Problem problem) {
    return "settled:" + problem.code() + ":" + problem.reference();
  }

  private void toDesk(Tx tx, SettlementReceived settlement, List<Problem> problems) {
    Set<String> present = new TreeSet<>();
    problems.forEach(problem -> present.add(key(problem)));
    Desk.Filter ofChannel =
        new Desk.Filter(
            Optional.of(WorkItem.State.OPEN),
            Optional.empty(),
            Optional.of(settlement.name().channel()),
            Optional.empty());
    List<String> gone =
        desk.list(tx, ofChannel, MOST_ITEMS).stream()
            .filter(item -> item.factName().equals(Optional.of(settlement.name().toString())))
            .map(WorkItem::dedupeKey)
            .filter(key -> !present.contains(key))
            .toList();
    desk.resolveKeys(tx, gone, "explained at last");
    desk.open(
        tx,
        problems.stream()
            .map(
                problem ->
                    new Desk.NewItem(
                        DeskKeys.team(problem.code()),
                        problem.code(),
                        settlement.name().entity(),
                        settlement.name().channel(),
                        settlement.order().toString(),
                        problem.message(),
                        Optional.empty(),
                        Optional.of(settlement.name().toString()),
                        Optional.empty(),
                        key(problem)))
            .toList());
  }
}
