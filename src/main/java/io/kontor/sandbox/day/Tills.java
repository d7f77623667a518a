package io.kontor.sandbox.day;

import io.kontor.money.Money;
import io.kontor.sandbox.day.Receipt.Line;
import io.kontor.sandbox.day.Receipt.Move;
import io.kontor.sandbox.day.Receipt.Store;
import io.kontor.sandbox.day.Receipt.Tender;
import io.kontor.sandbox.day.Receipt.TenderKind;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rings receipts up: what is bought, voided, brought back, and how it is paid. */
final class Tills {

  /** Kleve lies by the Dutch border, and does as the neighbours do. */
  static final String ROUNDS_CASH = "202";

  private final Dice dice;

  Tills(Dice dice) {
    this.dice = dice;
  }

  /** The {@code index}th receipt of a store's day; some of them are special. */
  Receipt receipt(Store store, int index, LocalDateTime at) {
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

  /** Cash is rounded to five cents: 16.90 + 19.99 goes up, three prices that end in nine down. */
  private Receipt cashRounded(Store store, int till, int number, LocalDateTime at) {
    List<String> skus =
        number % 2 == 0
            ? List.of("NW-MUG-002", "NW-CUS-042")
            : List.of("NW-CUS-042", "NW-TWL-043", "NW-SOC-064");
    List<Line> lines =
        Products.GOODS.stream()
            .filter(product -> skus.contains(product.sku()))
            .map(product -> line(store, product, BigDecimal.ONE, Move.SOLD))
            .toList();
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
}
