package io.kontor.app.bench;

import io.kontor.app.Settings;
import io.kontor.app.bench.Report.Round;
import io.kontor.odoo.AdaptiveBatch;
import io.kontor.odoo.DeliveryOutcome;
import io.kontor.odoo.OdooAccess;
import io.kontor.odoo.OdooClient;
import io.kontor.odoo.OdooOrders;
import io.kontor.odoo.OdooSetup;
import io.kontor.odoo.OneByOne;
import io.kontor.odoo.document.OdooOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Orders into a real Odoo by Kontor's own conversation (looked up, loaded by external id, read
 * back, confirmed), against as many callers that take one order after the other: search, create,
 * confirm. Customers are there before; both speak over the same plain HTTP.
 */
public final class OdooBenchmark implements Benchmark {

  private static final double AIM = 3.5;
  private static final double AIM_CONFIRMED = 2.5;

  /** As many as a delivery worker claims at once, at most. */
  private static final int CLAIMED = 50;

  /** The bare loop gets fewer orders, so that a round's two sides take about as long. */
  private static final int FEWER = 3;

  @Override
  public String name() {
    return "odoo";
  }

  @Override
  public int documents() {
    return 240;
  }

  @Override
  public boolean leavesTraces() {
    return true;
  }

  @Override
  public List<Report> run(Settings settings, Effort effort, Progress say) throws Exception {
    Settings.Odoo odoo = settings.odoo();
    OdooClient client =
        OdooClient.connect(
            new PlainPort(odoo.url(), odoo.connectTimeout(), odoo.timeout()),
            new OdooAccess(odoo.db(), odoo.login(), odoo.apiKey().reveal()));
    new OdooSetup(client).ensure(ThreeLineOrders.plan());
    Sides sides = new Sides(client, odoo.callers());
    sides.conversation(sides.orders.ofAllCustomers());
    return List.of(
        measure(sides, client, OdooOrder.State.QUOTATION, effort, say),
        measure(sides, client, OdooOrder.State.CONFIRMED, effort, say));
  }

  private Report measure(
      Sides sides, OdooClient client, OdooOrder.State wanted, Effort effort, Progress say)
      throws Exception {
    boolean confirmed = wanted == OdooOrder.State.CONFIRMED;
    String what = confirmed ? "created and confirmed" : "created";
    int fewer = Math.max(sides.callers, effort.documents() / FEWER);
    List<Round> rounds = new ArrayList<>();
    for (int round = 0; round <= effort.rounds(); round++) {
      double product =
          effort.documents() / sides.conversation(sides.orders.next(effort.documents(), wanted));
      double bare = fewer / sides.oneByOne(sides.orders.next(fewer, wanted));
      if (round > 0) {
        rounds.add(new Round(product, bare));
      }
      say.say(
          "%s, %s: %.1f orders/s in batches of %d, one by one %.1f orders/s"
              .formatted(
                  what,
                  round > 0 ? "round " + round : "warming up",
                  product,
                  sides.product.batchSize(),
                  bare));
    }
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put(
        "orders",
        "%d a round, one by one %d; three lines each".formatted(effort.documents(), fewer));
    conditions.put(
        "Odoo", client.major() >= 19 ? "19 or later, JSON-2" : client.major() + ", JSON-RPC");
    conditions.put("callers", "%d on each side".formatted(sides.callers));
    conditions.put("batches", "%d orders at the end".formatted(sides.product.batchSize()));
    conditions.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    return new Report(
        name(),
        "orders %s by Kontor's conversation, against one by one".formatted(what),
        conditions,
        "orders/s",
        "one by one/s",
        rounds,
        confirmed ? AIM_CONFIRMED : AIM,
        OptionalDouble.empty());
  }

  /** The two ways into one Odoo. */
  private static final class Sides {

    private final ThreeLineOrders orders = new ThreeLineOrders();
    private final OdooOrders product;
    private final OneByOne bare;
    private final int callers;

    Sides(OdooClient client, int callers) {
      this.product = new OdooOrders(client, new AdaptiveBatch(System::nanoTime));
      this.bare = new OneByOne(client);
      this.callers = callers;
    }

    /** Returns the seconds. */
    double conversation(List<OdooOrder> wanted) throws Exception {
      AtomicInteger taken = new AtomicInteger();
      int claimed = claimed(wanted.size());
      return Together.seconds(
          callers,
          thread ->
              () -> {
                for (int i = taken.getAndAdd(claimed);
                    i < wanted.size();
                    i = taken.getAndAdd(claimed)) {
                  product
                      .deliver(wanted.subList(i, Math.min(i + claimed, wanted.size())))
                      .forEach(Sides::requireDelivered);
                }
              });
    }

    /** A share that comes out even, so that no caller waits for the other at the end of a round. */
    private int claimed(int orders) {
      int each = -Math.floorDiv(-orders, callers);
      int claims = -Math.floorDiv(-each, CLAIMED);
      return -Math.floorDiv(-each, claims);
    }

    private static void requireDelivered(DeliveryOutcome outcome) {
      if (!(outcome instanceof DeliveryOutcome.Delivered)) {
        throw new IllegalStateException("an order did not arrive: " + outcome);
      }
    }

    /** Returns the seconds. */
    double oneByOne(List<OdooOrder> wanted) throws Exception {
      bare.prepare(wanted);
      AtomicInteger taken = new AtomicInteger();
      return Together.seconds(
          callers,
          thread ->
              () -> {
                for (int i = taken.getAndIncrement();
                    i < wanted.size();
                    i = taken.getAndIncrement()) {
                  bare.send(wanted.get(i));
                }
              });
    }
  }
}
