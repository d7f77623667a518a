package io.kontor.work.delivery;

import io.kontor.failure.Failure;
import io.kontor.failure.FaultPoint;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Consequence;
import io.kontor.odoo.DeliveryOutcome;
import io.kontor.odoo.OdooOrders;
import io.kontor.odoo.document.OdooOrder;
import io.kontor.store.Claim;
import io.kontor.store.Claiming;
import io.kontor.store.Database;
import io.kontor.store.HeldClaims;
import io.kontor.store.StoreException;
import io.kontor.store.Tx;
import io.kontor.work.HeldLease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings orders, refunds and tills to Odoo: claims what is due, says so before the call, makes the
 * call, and writes down what became of each. Thread-safe.
 *
 * <p>A delivery in doubt needs no other path: a conversation with Odoo begins by looking up which
 * external ids are there, and the store hands a doubtful delivery out only after the time in which
 * the call could still have taken effect.
 */
public final class OdooDelivering implements Delivering {

  private static final Logger LOG = LoggerFactory.getLogger(OdooDelivering.class);

  private final Database database;
  private final Claiming claiming;
  private final HeldClaims held;
  private final OdooContents contents;
  private final Supplier<OdooOrders> odoo;
  private final Optional<ProductCreation> products;
  private final DeliveryPolicy policy;
  private final DeliveryBook book;

  /**
   * @param products makes products of unknown SKUs; empty where a person has to
   * @param odoo connects when first asked, and fails with a {@link
   *     io.kontor.failure.TransientFailure} while Odoo cannot be reached
   */
  public OdooDelivering(
      Database database,
      Claiming claiming,
      HeldClaims held,
      OdooContents contents,
      Supplier<OdooOrders> odoo,
      Optional<ProductCreation> products,
      DeliveryPolicy policy,
      DeliveryBook book) {
    this.database = database;
    this.claiming = claiming;
    this.held = held;
    this.contents = contents;
    this.odoo = odoo;
    this.products = products;
    this.policy = policy;
    this.book = book;
  }

  /** A claim and the order that Odoo is to have because of it. */
  private record Ready(Claim claim, OdooOrder order, String hash) {}

  @Override
  public int deliverDue(Consequence consequence) {
    List<Claim> claims = database.inTransaction(tx -> claim(tx, consequence));
    if (claims.isEmpty()) {
      return 0;
    }
    FaultPoint.AFTER_SENDING.reached();
    Map<Claim, Outcome> outcomes = new LinkedHashMap<>();
    List<Ready> ready = prepare(claims, outcomes);
    send(ready, outcomes);
    FaultPoint.AFTER_TARGET_APPLIED.reached();
    // In the order in which whoever wants deliveries takes their rows.
    List<Claim> inOrder =
        outcomes.keySet().stream().sorted(Comparator.comparing(Claim::id)).toList();
    database.runUntilNothingIsInTheWay(
        tx -> inOrder.forEach(claim -> finish(tx, claim, outcomes.get(claim), ready)));
    database.sync();
    return claims.size();
  }

  /**
   * Whoever took a claim over may have brought something newer by now, and these calls wrote the
   * older once more: the truth is brought again, last.
   */
  private void finish(Tx tx, Claim claim, Outcome outcome, List<Ready> called) {
    if (book.finish(tx, claim, outcome)) {
      return;
    }
    if (called.stream().anyMatch(one -> one.claim().equals(claim))
        && held.overtaken(tx, claim, tx.now().plus(policy.requestLimit()))) {
      LOG.warn(
          "Delivery {} was taken over while calls were made for it, and is brought once more",
          claim.id());
    }
  }

  private List<Claim> claim(Tx tx, Consequence consequence) {
    List<Claim> claims =
        new ArrayList<>(
            claiming.claimInDoubt(tx, consequence, policy.batch(), policy.owner(), policy.lease()));
    if (claims.size() < policy.batch()) {
      claims.addAll(
          claiming.claim(
              tx, consequence, policy.batch() - claims.size(), policy.owner(), policy.lease()));
    }
    return claims;
  }

  private List<Ready> prepare(List<Claim> claims, Map<Claim, Outcome> outcomes) {
    List<Ready> ready = new ArrayList<>();
    database.run(
        tx -> {
          for (Claim claim : claims) {
            try {
              prepare(tx, claim, outcomes).ifPresent(ready::add);
            } catch (Failure e) {
              if (Database.isDatabaseAtFault(e)) {
                throw e; // nothing more can be read in this transaction
              }
              outcomes.put(claim, Outcome.failed(e));
            } catch (StoreException e) {
              throw e;
            } catch (RuntimeException e) {
              // A defect of ours, in this one: it is a person's, and the others go on.
              LOG.error("Delivery {} cannot be prepared", claim.id(), e);
              outcomes.put(
                  claim,
                  Outcome.failed(
                      new RejectedFailure("not-an-order", claim.subject(), e.toString(), e)));
            }
          }
        });
    return ready;
  }

  private Optional<Ready> prepare(Tx tx, Claim claim, Map<Claim, Outcome> outcomes) {
    Optional<OdooOrder> order = contents.of(tx, OdooContents.Of.claim(claim));
    String hash = OdooContents.hash(order);
    if (order.isEmpty()) {
      String there = claim.sentReference().orElse("");
      if (!there.isEmpty()) {
        throw new RejectedFailure(
            "till-emptied",
            claim.subject(),
            "all receipts of %s were voided, or are of other days now, and order %s of them stands in Odoo: cancel it there, then resolve this"
                .formatted(claim.subject(), there));
      }
      outcomes.put(claim, new Outcome.Sent(hash, ""));
      return Optional.empty();
    }
    if (!claim.inDoubt() && claim.sentHash().equals(Optional.of(hash))) {
      outcomes.put(claim, new Outcome.Sent(hash, claim.sentReference().orElse("")));
      return Optional.empty();
    }
    return Optional.of(new Ready(claim, order.get(), hash));
  }

  private void send(List<Ready> ready, Map<Claim, Outcome> outcomes) {
    if (ready.isEmpty()) {
      return;
    }
    Map<String, DeliveryOutcome> byId;
    HeldLease lease = HeldLease.hold("A delivery to Odoo", policy.lease(), () -> renew(ready));
    try {
      byId = deliver(ready.stream().map(Ready::order).toList());
    } catch (Failure e) {
      ready.forEach(r -> outcomes.put(r.claim(), Outcome.failed(e)));
      return;
    } catch (RuntimeException e) {
      LOG.error("{} deliveries to Odoo failed on a defect", ready.size(), e);
      ready.forEach(r -> outcomes.put(r.claim(), Outcome.defect(r.claim(), e)));
      return;
    } finally {
      lease.close();
    }
    for (Ready r : ready) {
      outcomes.put(r.claim(), outcome(r, byId.get(r.order().externalId())));
    }
  }

  /** Holds those that are still ours for longer; whether all of them are. */
  private boolean renew(List<Ready> ready) {
    List<Claim> inOrder =
        ready.stream().map(Ready::claim).sorted(Comparator.comparing(Claim::id)).toList();
    return database.inTransaction(
        tx -> {
          boolean all = true;
          for (Claim claim : inOrder) {
            all &= held.renew(tx, claim, policy.lease());
          }
          return all;
        });
  }

  private Map<String, DeliveryOutcome> deliver(List<OdooOrder> orders) {
    Map<String, DeliveryOutcome> byId = new LinkedHashMap<>();
    odoo.get().deliver(orders).forEach(answer -> byId.put(answer.externalId(), answer));
    List<OdooOrder> lacking =
        orders.stream()
            .filter(order -> ProductCreation.lacksProduct(byId.get(order.externalId())))
            .toList();
    if (products.isPresent() && !lacking.isEmpty()) {
      products.get().create(lacking);
      odoo.get().deliver(lacking).forEach(answer -> byId.put(answer.externalId(), answer));
    }
    return byId;
  }

  private static Outcome outcome(Ready ready, DeliveryOutcome answer) {
    if (answer instanceof DeliveryOutcome.Delivered delivered) {
      return new Outcome.Sent(ready.hash(), delivered.name());
    }
    if (answer instanceof DeliveryOutcome.Refused refused) {
      return Outcome.failed(refused.failure());
    }
    if (answer instanceof DeliveryOutcome.Later later) {
      return Outcome.failed(later.failure());
    }
    return Outcome.failed(((DeliveryOutcome.InDoubt) answer).failure());
  }
}
