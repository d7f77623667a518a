package io.kontor.sandbox.day;

import io.kontor.money.Money;
import io.kontor.sandbox.day.AmazonOrder.Item;
import io.kontor.sandbox.day.AmazonOrder.State;
import io.kontor.sandbox.day.AmazonOrder.Status;
import io.kontor.sandbox.day.AmazonOrderJson.Seen;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A day on the marketplace: four polls of the orders that changed, a handful of orders over the
 * older interface, and in the evening the settlement of what was shipped in the days before.
 */
final class AmazonDay {

  static final String CHANNEL = "amazon";
  static final String ENTITY = "northwind";

  private static final int PAGE = 20;
  private static final int[] POLLS = {6, 12, 18, 22};

  private final Instant midnight;
  private final LocalDate day;
  private final Dice dice;
  private final DayBook book;
  private final Ids ids;
  private final AmazonBaskets baskets;
  private int files;

  AmazonDay(LocalDate day, Dice dice, DayBook book) {
    this.day = day;
    this.midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    this.dice = dice;
    this.book = book;
    this.ids = new Ids(40_000_000_000_000L, day);
    this.baskets = new AmazonBaskets(dice, ids);
  }

  /**
   * @param orders how many are polled over the newer interface
   * @param olderOrders how many come as {@code getOrder} and {@code getOrderItems}
   */
  ControlTotals play(int orders, int olderOrders) {
    List<AmazonOrder> polled = new ArrayList<>();
    for (int i = 0; i < orders; i++) {
      polled.add(order(i));
    }
    poll(polled);
    List<AmazonOrder> older = new ArrayList<>();
    for (int i = 0; i < olderOrders; i++) {
      older.add(olderOrder(i));
    }
    List<AmazonOrder> all = Stream.concat(polled.stream(), older.stream()).toList();
    settle(all);
    return totals(all);
  }

  // --- orders

  private AmazonOrder order(int index) {
    boolean byAmazon = index < 2 || dice.between(1, 10) <= 6;
    Buyer buyer = Buyer.someone(dice, ids.next(), Places.STATES);
    // the first two are refunded in the settlement: one whole, one unit of two
    List<Item> items =
        index < 2
            ? List.of(baskets.item(buyer.place(), 2))
            : baskets.items(buyer.place(), index % 12 == 3 ? 2 : 0);
    Instant placed = placed(index);
    return new AmazonOrder(
        baskets.number(), placed, buyer, byAmazon, items, states(index, placed, items.size()));
  }

  private Instant placed(int index) {
    if (index < 60) {
      return before(dice.between(26, 140));
    }
    // what is pending at noon is ready in the afternoon: one poll sees it so, the next otherwise
    return isPendingAtFirst(index)
        ? after(11 * 60 + dice.between(1, 40))
        : after(dice.between(5, 15 * 60));
  }

  private static boolean isPendingAtFirst(int index) {
    return index >= 60 && index % 10 == 1;
  }

  private List<State> states(int index, Instant placed, int items) {
    Instant shipped = placed.plus(dice.between(4 * 60, 20 * 60), ChronoUnit.MINUTES);
    State unshipped = new State(placed.plusSeconds(1800), Status.UNSHIPPED, 0, Optional.empty());
    State gone = new State(shipped.plusSeconds(600), Status.SHIPPED, items, Optional.of(shipped));
    if (index % 25 == 7) {
      Instant cancelled = placed.plus(7, ChronoUnit.HOURS);
      return List.of(unshipped, new State(cancelled, Status.CANCELLED, 0, Optional.empty()));
    }
    if (isPendingAtFirst(index)) {
      return List.of(
          new State(placed.plusSeconds(60), Status.PENDING, 0, Optional.empty()),
          new State(placed.plus(3, ChronoUnit.HOURS), Status.UNSHIPPED, 0, Optional.empty()));
    }
    if (index % 12 == 3 && items > 1) {
      State part =
          new State(shipped.plusSeconds(600), Status.PARTIALLY_SHIPPED, 1, Optional.of(shipped));
      return List.of(unshipped, part);
    }
    // of the day's own orders, every third waits for tomorrow
    return index >= 60 && index % 3 == 0 ? List.of(unshipped) : List.of(unshipped, gone);
  }

  private AmazonOrder olderOrder(int index) {
    Buyer buyer = Buyer.someone(dice, ids.next(), Places.STATES);
    Instant placed = before(dice.between(30, 90));
    List<Item> items = baskets.items(buyer.place(), 0);
    Instant shipped = placed.plus(20, ChronoUnit.HOURS);
    State state =
        index % 3 == 2
            ? new State(placed.plusSeconds(1800), Status.UNSHIPPED, 0, Optional.empty())
            : new State(
                shipped.plusSeconds(600), Status.SHIPPED, items.size(), Optional.of(shipped));
    AmazonOrder order =
        new AmazonOrder(baskets.number(), placed, buyer, index % 2 == 0, items, List.of(state));
    Instant at = after(9 * 60 + index * 3);
    boolean itemsFirst = index % 4 == 1;
    file(
        "orders",
        ShopifyPieces.bytes(AmazonOrderV0Json.order(order, state)),
        "order-" + order.id() + ".json",
        itemsFirst ? at.plusSeconds(60) : at,
        itemsFirst ? "its items come first" : "");
    file(
        "order-items",
        ShopifyPieces.bytes(AmazonOrderV0Json.items(order, state)),
        "order-" + order.id() + ".json",
        at.plusSeconds(30),
        "");
    return order;
  }

  // --- polls

  private void poll(List<AmazonOrder> orders) {
    Instant since = Instant.MIN;
    for (int hour : POLLS) {
      Instant until = after(hour * 60).minusSeconds(120);
      List<Seen> seen = new ArrayList<>();
      for (AmazonOrder order : orders) {
        order.asOf(since, until).ifPresent(state -> seen.add(new Seen(order, state)));
      }
      for (int from = 0; from < seen.size(); from += PAGE) {
        int to = Math.min(seen.size(), from + PAGE);
        String token = to < seen.size() ? "2YgY" + dice.letters(24) : "";
        file(
            "orders",
            ShopifyPieces.bytes(AmazonOrderJson.page(seen.subList(from, to), token, until)),
            "search-%s-%02d-%d.json".formatted(day, hour, from / PAGE + 1),
            until.plusSeconds(130 + from),
            "");
      }
      since = until;
    }
  }

  // --- settlement

  private void settle(List<AmazonOrder> orders) {
    Instant from = midnight.minus(13, ChronoUnit.DAYS);
    Instant to = after(16 * 60);
    String id = "2" + dice.digits(10);
    AmazonSettlementV2 statement =
        new AmazonSettlementV2(id, from, to, midnight.plus(2, ChronoUnit.DAYS));
    AmazonSettling settling = new AmazonSettling(statement);
    AmazonOrder charged = null;
    for (AmazonOrder order : orders) {
      State state = order.last();
      Optional<Instant> shipped = state.shippedAt().filter(at -> at.isBefore(to));
      if (shipped.isPresent()) {
        settling.order(order, state.shippedItems(), shipped.get());
        charged = charged == null ? order : charged;
      }
    }
    settling.refund(orders.get(0), orders.get(0).items().get(0), 2, after(9 * 60 + 12));
    settling.refund(orders.get(1), orders.get(1).items().get(0), 1, after(10 * 60 + 47));
    settling.services(from, to);
    settling.unknownFee(charged, charged.last().shippedAt().orElseThrow());
    book.expect(
        CHANNEL,
        id + ":ItemFees/" + AmazonSettling.UNKNOWN_CODE,
        "unmapped-code",
        "a fee of order " + charged.id() + " that no table knows");
    file(
        "settlement",
        statement.write(),
        "settlement-" + id + ".txt",
        after(23 * 60),
        "total " + statement.total());
  }

  private ControlTotals totals(List<AmazonOrder> orders) {
    return new ControlTotals(
        CHANNEL,
        ENTITY,
        orders.size(),
        Money.sum(orders.stream().map(AmazonOrder::total).toList(), AmazonOrder.USD),
        AmazonOrder.ZERO,
        0,
        AmazonOrder.ZERO,
        0,
        AmazonOrder.ZERO,
        AmazonOrder.ZERO,
        AmazonOrder.ZERO);
  }

  private void file(String document, byte[] body, String name, Instant at, String note) {
    files++;
    book.arrives(
        at.plusMillis(files),
        new SampleDocument(CHANNEL, document, name, body, new Delivery.FileDrop(), note));
  }

  private Instant before(int hours) {
    return midnight.minus(hours, ChronoUnit.HOURS).plusSeconds(dice.between(0, 3599));
  }

  private Instant after(int minutes) {
    return midnight.plus(minutes, ChronoUnit.MINUTES);
  }
}
