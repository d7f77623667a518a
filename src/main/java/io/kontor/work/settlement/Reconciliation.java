package io.kontor.work.settlement;

import io.kontor.failure.Failure;
import io.kontor.failure.FaultPoint;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.posting.SettledSum;
import io.kontor.posting.SettlementPosting;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.sales.Problem;
import io.kontor.sales.SettlementReceived;
import io.kontor.store.Claim;
import io.kontor.store.Claiming;
import io.kontor.store.Database;
import io.kontor.store.Deliveries;
import io.kontor.store.Journal;
import io.kontor.store.Settlement;
import io.kontor.store.Settlements;
import io.kontor.store.Store;
import io.kontor.store.StoreException;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.work.Actor;
import io.kontor.work.HeldLease;
import io.kontor.work.delivery.Delivering;
import io.kontor.work.delivery.DeliveryBook;
import io.kontor.work.delivery.DeliveryPolicy;
import io.kontor.work.delivery.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

  private final Store store;
  private final Database database;
  private final Deliveries deliveries;
  private final Claiming claiming;
  private final Settlements settlements;
  private final Mappings mappings;
  private final DeliveryPolicy policy;
  private final DeliveryBook book;
  private final RecordedSettlements recorded;
  private final SettlementDesk desk;
  private final OtherChannels others;

  public Reconciliation(Store store, Mappings mappings, DeliveryPolicy policy, DeliveryBook book) {
    this.store = store;
    this.database = store.database();
    this.deliveries = store.deliveries();
    this.claiming = store.claiming();
    this.settlements = store.settlements();
    this.mappings = mappings;
    this.policy = policy;
    this.book = book;
    this.recorded = new RecordedSettlements(store);
    this.desk = new SettlementDesk(store, mappings);
    this.others = new OtherChannels(store.settledOrders(), mappings);
  }

  @Override
  public int deliverDue(Consequence consequence) {
    List<Claim> claims =
        database.inTransaction(
            tx -> {
              // The whole effect is in this database, so a doubtful one is simply done again. One
              // at a time: others would wait under a lease that began with the first.
              List<Claim> doubtful =
                  claiming.claimInDoubt(tx, consequence, 1, policy.owner(), policy.lease());
              return doubtful.isEmpty()
                  ? claiming.claim(tx, consequence, 1, policy.owner(), policy.lease())
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
   *
   * @param maker who has them matched, and so is a maker of what they come to, whoever gets to it
   */
  public void again(String entity, Actor maker) {
    database.run(
        tx -> {
          List<OrderKey> unexplained =
              settlements.notIn(tx, entity, BOOKED).stream().map(Settlement::orderKey).toList();
          deliveries.want(tx, unexplained.stream().map(Reconciliation::wanted).toList());
          if (!maker.equals(Actor.HUB)) {
            List<String> subjects = unexplained.stream().map(OrderKey::toString).toList();
            store.makers().onward(tx, subjects, maker.name(), "settle", tx.now());
          }
        });
    int claimed;
    do {
      claimed = deliverDue(Consequence.RECONCILE);
    } while (claimed > 0);
  }

  /** Whether the next night looks at it again. */
  public static boolean isMatchedAgain(Settlement settlement) {
    return !settlement.state().equals(BOOKED);
  }

  /**
   * What has a settlement matched, once more if it was before. One of a channel at a time: each
   * asks what the others paid of its orders.
   */
  public static WantedDelivery wanted(OrderKey settlement) {
    return new WantedDelivery(
        settlement.entity(),
        settlement.channel(),
        RecordedSettlements.fact(settlement).toString(),
        Consequence.RECONCILE,
        settlement.entity() + "/" + settlement.channel(),
        Optional.empty(),
        Instant.EPOCH);
  }

  private void reconcile(Claim claim) {
    HeldLease lease =
        HeldLease.hold("A settlement to be matched", policy.lease(), () -> renew(claim));
    try {
      database.run(
          tx -> {
            reconcile(tx, claim);
            FaultPoint.BEFORE_DATABASE_COMMIT.reached();
          });
      FaultPoint.AFTER_DATABASE_COMMIT.reached();
    } catch (Failure e) {
      database.run(tx -> book.finish(tx, claim, Outcome.failed(e)));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{} could not be reconciled", claim.subject(), e);
      RejectedFailure defect =
          new RejectedFailure("reconcile-failed", claim.subject(), e.toString(), e);
      database.run(tx -> book.finish(tx, claim, Outcome.failed(defect)));
    } finally {
      lease.close();
    }
    database.sync();
  }

  private boolean renew(Claim claim) {
    return database.inTransaction(tx -> store.held().renew(tx, claim, policy.lease()));
  }

  private void reconcile(Tx tx, Claim claim) {
    OrderKey key = key(claim);
    // Of two workers one waits: each books the difference to what is posted. Whoever replaces the
    // statement waits, too.
    store.facts().lockOrders(tx, List.of(key));
    SettlementReceived received = recorded.received(tx, key);
    Channel channel = mappings.channels().get(received.name().channel());
    Settlement settlement =
        settlements
            .find(tx, channel.entity(), channel.id(), received.order().order())
            .orElseThrow(
                () ->
                    new RejectedFailure(
                        "settlement-missing", claim.subject(), "its lines are not stored"));
    SettlementCodes codes = codes(channel, claim);
    SettlementMatching matching =
        new SettlementMatching(tx, store, channel, mappings.entityOf(channel), codes, settlement);
    List<SettledSum> sums = matching.match();
    deliveries.want(
        tx, matching.toBeMatchedAgain().stream().map(newer -> wanted(newer.orderKey())).toList());
    SettlementPosting.Outcome outcome =
        new SettlementPosting(channel, mappings.entityOf(channel), codes, mappings.version())
            .entries(
                received,
                sums,
                recorded.posted(tx, received.order()),
                day -> store.journalSums().balances(tx, channel.entity(), day));
    store
        .journal()
        .append(
            tx,
            outcome.entries().stream()
                .map(entry -> new Journal.NewEntry(entry, received.order()))
                .toList());
    store.links().put(tx, settlement, new SettlementLinking(codes).link(settlement, sums));
    List<Problem> problems = new ArrayList<>(outcome.problems());
    problems.addAll(others.soldBy(tx, settlement));
    boolean explained = desk.matched(tx, settlement, problems);
    desk.chained(tx, channel, settlement.total().currency());
    desk.copied(tx, settlement);
    String state = explained ? BOOKED : UNEXPLAINED;
    settlements.state(tx, settlement, state);
    book.finish(tx, claim, new Outcome.Sent(mappings.version(), state));
  }

  private static OrderKey key(Claim claim) {
    FactName name = FactName.parse(claim.subject());
    return new OrderKey(name.entity(), name.channel(), name.externalId());
  }

  private static SettlementCodes codes(Channel channel, Claim claim) {
    return channel
        .settlementCodes()
        .orElseThrow(
            () ->
                new RejectedFailure(
                    "no-statement", claim.subject(), "the channel has no statement document"));
  }
}
