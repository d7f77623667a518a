package io.kontor.sandbox.day;

import io.kontor.money.Money;
import io.kontor.sandbox.day.Receipt.Store;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A day at the tills of a channel's stores. */
final class PosDay {

  static final String DOCUMENT = "poslog";

  /** How many receipts NCR's back office puts into one file. */
  private static final int FILE = 25;

  private final String channel;
  private final String entity;
  private final ZoneId zone;
  private final List<Store> stores;
  private final LocalDate day;
  private final Tills tills;
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
    this.tills = new Tills(dice);
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
                Tills.ROUNDS_CASH,
                "Nordwind Kleve",
                ShopifyShop.EU.currency(),
                true,
                BigDecimal.ZERO));
    book.uses("nordwind", "de", new BigDecimal("0.19"), true);
    book.uses("nordwind", "de", new BigDecimal("0.07"), true);
    return new PosDay("stores-de", "nordwind", ZoneId.of("Europe/Berlin"), stores, day, dice, book);
  }

  /** Rings up {@code receipts} in each store and hands the files in. */
  ControlTotals play(int receipts) {
    for (Store store : stores) {
      List<Receipt> ofStore = new ArrayList<>();
      for (int i = 0; i < receipts; i++) {
        ofStore.add(tills.receipt(store, i, day.atTime(9, 2).plusMinutes(10L * 60 * i / receipts)));
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
