package io.kontor.sandbox.day;

import io.kontor.money.Money;
import io.kontor.sandbox.day.Receipt.Line;
import io.kontor.sandbox.day.Receipt.Move;
import io.kontor.sandbox.day.Receipt.Store;
import io.kontor.sandbox.day.Receipt.Tender;
import io.kontor.sandbox.day.Receipt.TenderKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A day at the tills of a channel's stores. */
final class PosDay {

  static final String DOCUMENT = "poslog";

  /** Kleve lies by the Dutch border, and does as the neighbours do. */
  private static final String ROUNDS_CASH = "202";

  /** How many receipts NCR's back office puts into one file. */
  private static final int FILE = 25;

  private final String channel;
  private final String entity;
  private final ZoneId zone;
  private final List<Store> stores;
  private final LocalDate day;
  private final Dice dice;
  private final DayBook book;
  private final List<Receipt> rung = new ArrayList<>();

  private PosDay(
      String channel,
      String entity,
      ZoneId zone,
      List<Store> stores,
      LocalDate day,
      Dice dice,
      DayBook book) {
    this.channel = channel;
    this.entity = entity;
    this.zone = zone;
    this.stores = stores;
    this.day = day;
    this.dice = dice;
    this.book = book;
  }

  static PosDay us(LocalDate day, Dice dice, DayBook book) {
    BigDecimal tax = Places.LOUISVILLE.rate();
    List<Store> stores =
        List.of(
            new Store("101", "Northwind Louisville", AmazonOrder.USD, false, tax),
            new Store("102", "Northwind Lexington", AmazonOrder.USD, false, tax));
    book.uses("northwind", "us-ky", tax, false);
    return new PosDay(
        "stores-us", "northwind", ZoneId.of("America/New_York"), stores, day, dice, book);
  }

  static PosDay germany(LocalDate day, Dice dice, DayBook book) {
    List<Store> stores =
        List.of(
            new Store("201", "Nordwind Hamburg", ShopifyShop.EU.currency(), true, BigDecimal.ZERO),
            new Store(
                ROUNDS_CASH, "Nordwind Kleve", ShopifyShop.EU.currency(), true, BigDecimal.ZERO));
    book.uses("nordwind", "de", new BigDecimal("0.19"), true);
    book.uses("nordwind", "de", new BigDecimal("0.07"), true);
    return new PosDay("stores-de", "nordwind", ZoneId.of("Europe/Berlin"), stores, day, dice, book);
  }

  /** Rings up {@code receipts} in each store and hands the files in. */
  ControlTotals play(int receipts) {
    for (Store store : stores) {
      List<Receipt> ofStore = new ArrayList<>();
      for (int i = 0; i < receipts; i++) {
        ofStore.add(receipt(store, i, day.atTime(9, 2).plusMinutes(10L * 60 * i / receipts)));
      }
      rung.addAll(ofStore);
      if (store.taxIncluded()) {
        ofStore.forEach(this::oneFile);
      } else {
        files(ofStore);
      }
    }
    return totals();
  }

  // --- receipts

  private Receipt receipt(Store store, int index, LocalDateTime at) {
    int till = Integer.parseInt(store.number()) * (store.taxIncluded() ? 100 : 1) + 1 + index % 2;
    int number = 3000 + index;
    LocalDateTime closed = at.plusSeconds(dice.between(0, 59));
    return switch (index) {
      case 7, 31 -> paid(store, till, number, closed, withVoid(store), "a line voided");
      case 12 -> returned(store, till, number, closed, Optional.of(3010));
      case 40 -> returned(store, till, number, closed, Optional.empty());
      case 18, 52 -> withGiftCard(store, till, number, closed);
      case 21, 60 ->
          store.number().equals(ROUNDS_CASH)
              ? cashRounded(store, till, number, closed)
              : paid(store, till, number, closed, goods(store), "");
      case 25, 44 ->
          store.taxIncluded()
              ? paid(store, till, number, closed, giftCardSale(store), "a gift card sold")
              : paid(store, till, number, closed, rewarded(store), "a loyalty reward");
      default -> paid(store, till, number, closed, goods(store), "");
    };
  }

  /** One to five different products; a German receipt keeps to one rate. */
  private List<Line> goods(Store store) {
    List<Product> shelf = shelf(store);
    Set<Product> chosen = new LinkedHashSet<>();
    int different = dice.between(1, 5);
    while (chosen.size() < Math.min(different, shelf.size())) {
      chosen.add(dice.pick(shelf));
    }
    List<Line> lines = new ArrayList<>();
    for (Product product : chosen) {
      lines.add(line(store, product, quantity(product), Move.SOLD));
    }
    return lines;
  }

  private List<Product> shelf(Store store) {
    if (!store.taxIncluded()) {
      return Stream.concat(Products.GOODS.stream(), Products.FOOD.stream()).toList();
    }
    if (!dice.oneIn(4)) {
      return Products.withVat(19);
    }
    return Stream.concat(
            Products.withVat(7).stream(), Products.FOOD.stream().filter(p -> !p.byWeight()))
        .toList();
  }

  private BigDecimal quantity(Product product) {
    return product.byWeight()
        ? BigDecimal.valueOf(dice.between(12, 260), 2)
        : BigDecimal.valueOf(dice.oneIn(4) ? dice.between(2, 3) : 1);
  }

  private static Line line(Store store, Product product, BigDecimal quantity, Move move) {
    Money price = store.taxIncluded() ? product.eur() : product.usd();
    Money amount = Money.rounded(price.amount().multiply(quantity), price.currency());
    return new Line(product, move, quantity, price, amount, Money.zero(price.currency()));
  }

  private List<Line> withVoid(Store store) {
    List<Line> basket = goods(store);
    List<Line> lines = new ArrayList<>(basket.subList(0, Math.min(2, basket.size())));
    Product mistaken =
        shelfLike(store, lines.get(0)).stream()
            .filter(product -> lines.stream().noneMatch(l -> l.product().equals(product)))
            .findFirst()
            .orElseThrow();
    lines.add(line(store, mistaken, BigDecimal.ONE, Move.SOLD));
    lines.add(line(store, mistaken, BigDecimal.ONE.negate(), Move.VOIDED));
    return lines;
  }

  private static List<Product> shelfLike(Store store, Line line) {
    return store.taxIncluded() ? Products.withVat(line.product().vat()) : Products.GOODS;
  }

  private List<Line> giftCardSale(Store store) {
    return List.of(line(store, Products.GIFT_CARD, BigDecimal.ONE, Move.SOLD));
  }

  private List<Line> rewarded(Store store) {
    Line line = line(store, dice.pick(Products.GOODS), BigDecimal.ONE, Move.SOLD);
    Money reward = Money.of("-1.50", store.currency().getCurrencyCode());
    return List.of(
        new Line(line.product(), Move.SOLD, line.quantity(), line.price(), line.amount(), reward));
  }

  private Receipt returned(
      Store store, int till, int number, LocalDateTime at, Optional<Integer> of) {
    List<Line> lines =
        List.of(
            line(
                store,
                dice.pick(store.taxIncluded() ? Products.withVat(19) : Products.GOODS),
                BigDecimal.ONE.negate(),
                Move.RETURNED));
    Receipt open = new Receipt(store, till, number, at, lines, List.of(), of, "a return");
    TenderKind kind = of.isPresent() ? TenderKind.CASH : TenderKind.CREDIT;
    return with(open, List.of(tender(kind, open.total())));
  }

  // --- tenders

  private Receipt paid(
      Store store, int till, int number, LocalDateTime at, List<Line> lines, String note) {
    Receipt open = new Receipt(store, till, number, at, lines, List.of(), Optional.empty(), note);
    if (dice.oneIn(2)) {
      return with(open, List.of(tender(cardOf(), open.total())));
    }
    return with(open, cash(open.total()));
  }

  private TenderKind cardOf() {
    return dice.oneIn(2) ? TenderKind.CREDIT : TenderKind.DEBIT;
  }

  /** The next note that covers it, and the change. */
  private List<Tender> cash(Money due) {
    int step = dice.pick(List.of(5, 10, 20, 50));
    long units = due.minorUnits() / 100;
    Money note = Money.ofMinorUnits((units / step + 1) * step * 100L, due.currency());
    Tender change = new Tender(TenderKind.CASH, due.minus(note), true, Money.zero(due.currency()));
    return List.of(tender(TenderKind.CASH, note), change);
  }

  private Receipt withGiftCard(Store store, int till, int number, LocalDateTime at) {
    Receipt open =
        new Receipt(
            store,
            till,
            number,
            at,
            goods(store),
            List.of(),
            Optional.empty(),
            "paid in part with a gift card");
    Money card = Money.of("5.00", store.currency().getCurrencyCode()).min(open.total());
    List<Tender> tenders = new ArrayList<>(List.of(tender(TenderKind.GIFT_CARD, card)));
    Money rest = open.total().minus(card);
    if (rest.isPositive()) {
      tenders.addAll(cash(rest));
    }
    return with(open, tenders);
  }

  /** Cash is rounded to five cents, here once up and once down. */
  private Receipt cashRounded(Store store, int till, int number, LocalDateTime at) {
    List<Line> lines =
        List.of(
            line(store, Products.GOODS.get(number % 2 == 0 ? 10 : 11), BigDecimal.ONE, Move.SOLD),
            line(store, Products.GOODS.get(number % 2 == 0 ? 19 : 25), BigDecimal.ONE, Move.SOLD));
    Receipt open =
        new Receipt(store, till, number, at, lines, List.of(), Optional.empty(), "cash rounded");
    Money due = open.total();
    long rounded = Math.round(due.minorUnits() / 5.0) * 5;
    Money given = Money.ofMinorUnits(rounded, due.currency());
    return with(open, List.of(new Tender(TenderKind.CASH, given, false, given.minus(due))));
  }

  private static Tender tender(TenderKind kind, Money amount) {
    return new Tender(kind, amount, false, Money.zero(amount.currency()));
  }

  private static Receipt with(Receipt open, List<Tender> tenders) {
    return new Receipt(
        open.store(),
        open.till(),
        open.number(),
        open.closedAt(),
        open.lines(),
        tenders,
        open.returnOf(),
        open.note());
  }

  // --- files

  private void oneFile(Receipt receipt) {
    String name =
        "receipt-%s-%d-%d.xml"
            .formatted(receipt.store().number(), receipt.till(), receipt.number());
    drop(receipt.closedAt(), name, RoqqioPoslogXml.write(receipt), receipt.note());
  }

  private void files(List<Receipt> receipts) {
    for (int from = 0; from < receipts.size(); from += FILE) {
      List<Receipt> part = receipts.subList(from, Math.min(receipts.size(), from + FILE));
      Receipt last = part.get(part.size() - 1);
      List<String> notes = part.stream().map(Receipt::note).filter(n -> !n.isEmpty()).toList();
      String name = "poslog-%s-%s-%d.xml".formatted(last.store().number(), day, from / FILE + 1);
      drop(
          last.closedAt().plusMinutes(5), name, NcrPoslogXml.write(part), String.join("; ", notes));
    }
  }

  private void drop(LocalDateTime at, String name, byte[] body, String note) {
    book.arrives(
        at.atZone(zone).toInstant(),
        new SampleDocument(channel, DOCUMENT, name, body, new Delivery.FileDrop(), note));
  }

  private ControlTotals totals() {
    Money zero = Money.zero(stores.get(0).currency());
    Money sales = zero;
    Money tax = zero;
    Money tendered = zero;
    for (Receipt receipt : rung) {
      sales = sales.plus(receipt.total());
      tax =
          tax.plus(
              receipt.store().taxIncluded()
                  ? RoqqioPoslogXml.statedTax(receipt)
                  : receipt.addedTax());
      tendered = tendered.plus(receipt.tendered());
    }
    return new ControlTotals(
        channel, entity, 0, zero, zero, 0, zero, rung.size(), sales, tax, tendered);
  }
}
