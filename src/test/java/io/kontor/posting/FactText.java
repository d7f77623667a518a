package io.kontor.posting;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Entity;
import io.kontor.mapping.RateCard;
import io.kontor.mapping.Settling;
import io.kontor.mapping.statement.FeeTax;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.sales.Customer;
import io.kontor.sales.Fact;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.LineKind;
import io.kontor.sales.OrderCancelled;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderLine;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.PaymentCaptured;
import io.kontor.sales.ReceiptRung;
import io.kontor.sales.Refunded;
import io.kontor.sales.SettlementReceived;
import io.kontor.sales.Shipped;
import io.kontor.sales.Tax;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Facts as the golden cases write them, one a line, in the order in which they arrive; lines that
 * are indented belong to the fact above.
 *
 * <pre>
 * channel shopify captured order
 * vat-point earliest
 * rate 2026-11-18 USD 0.92
 * books USD                               (the entity's own currency)
 * order 1001 2026-11-18T10:00:00Z 119.00 EUR
 *   goods 1 SHIRT 2 59.50 119.00 de:19=19.00
 * capture 77 2026-11-18T10:00:05Z 119.00 shopify_payments
 * shipment 55 2026-11-19T09:00:00Z       (or: undated, of which only the receipt is known)
 *   units 1 2
 * refund 509 2026-11-20T09:00:00Z 29.75 shopify_payments
 *   part 1 1 returned 29.75 4.75          (line or -, units, goods, gross, tax if stated)
 * capture 78 2026-11-20T09:00:00Z 9.99 cash rounding=0.01 (what coins could not pay; refunds too)
 * cancelled 9 2026-11-20T09:00:00Z
 * receipt 17 2026-11-20T09:00:00Z EUR
 *   goods 1 SHIRT 2 59.50 119.00 de:19=19.00
 *   tender cash 119.00
 * marketplace Amazon.de de 19 domestic - 2026-06 (scheme, first and last month if not for ever)
 * code SALE revenue.goods Order/ItemPrice/Principal
 * settlement 123 2026-11-30T09:00:00Z 100.00 EUR
 *   sum KNOWN 2026-11 119.00 1 Order/ItemPrice/Principal
 * </pre>
 */
public final class FactText {

  public static final String ENTITY = "nordwind";

  public final List<Fact> facts = new ArrayList<>();
  final List<SettlementCode> codes = new ArrayList<>();
  final Map<Fact, List<SettledSum>> sums = new HashMap<>();
  String channel = "shopify";
  String rules = "captured";
  boolean refundsReported = true;
  Channel.Recognition recognise = Channel.Recognition.ORDER;
  final Map<Currency, NavigableMap<LocalDate, BigDecimal>> rates = new HashMap<>();
  Currency books = Currency.getInstance("EUR");
  Entity.VatPoint vatPoint = Entity.VatPoint.SHIPMENT;
  LocalDate cutOver = LocalDate.parse("2026-01-01");
  private Settling.Prices prices = Settling.DEFAULT.prices();
  private final List<Settling.TaxRow> taxes = new ArrayList<>();

  private String order = "?";
  private String currency = "EUR";
  private final List<String[]> block = new ArrayList<>();

  public static FactText of(String text) {
    FactText facts = new FactText();
    text.lines()
        .map(line -> line.replaceFirst("#.*", "").stripTrailing())
        .filter(line -> !line.isBlank())
        .forEach(facts::line);
    facts.flush();
    return facts;
  }

  private void line(String line) {
    if (!line.startsWith(" ")) {
      flush();
    }
    block.add(line.strip().split("\\s+", -1));
  }

  private void flush() {
    if (!block.isEmpty()) {
      String[] head = block.get(0);
      List<String[]> under = List.copyOf(block.subList(1, block.size()));
      block.clear();
      read(head, under);
    }
  }

  Settling settling() {
    return new Settling(Settling.DEFAULT.withinDays(), prices, taxes, RateCard.NONE);
  }

  private void read(String[] w, List<String[]> under) {
    switch (w[0]) {
      case "channel" -> {
        channel = w[1];
        rules = w[2];
        recognise = Channel.Recognition.valueOf(w[3].toUpperCase(Locale.ROOT));
        refundsReported = w.length < 5 || !w[4].equals("refunds-by-settlement");
      }
      case "vat-point" -> vatPoint = Entity.VatPoint.valueOf(w[1].toUpperCase(Locale.ROOT));
      case "books" -> books = Currency.getInstance(w[1]);
      case "rate" ->
          rates
              .computeIfAbsent(Currency.getInstance(w[2]), any -> new TreeMap<>())
              .put(LocalDate.parse(w[1]), new BigDecimal(w[3]));
      case "cut-over" -> cutOver = LocalDate.parse(w[1]);
      case "of" -> order = w[1];
      case "code" ->
          codes.add(
              new SettlementCode(
                  w[3],
                  "",
                  nature(w[1]),
                  w[2],
                  w.length > 4
                      ? FeeTax.of(String.join(" ", List.of(w).subList(4, w.length)))
                      : FeeTax.NONE));
      case "prices" -> prices = Settling.Prices.valueOf(w[1].toUpperCase(Locale.ROOT));
      case "marketplace" ->
          taxes.add(
              new Settling.TaxRow(
                  w[1],
                  new TaxKey(
                      w[2],
                      new BigDecimal(w[3]),
                      w.length > 4 ? TaxScheme.of(w[4]) : TaxScheme.DOMESTIC),
                  month(w, 5),
                  month(w, 6)));
      case "order" -> {
        order = w[1];
        currency = w[4];
        facts.add(placed(w, under.stream().map(this::orderLine).toList()));
      }
      case "capture" ->
          facts.add(
              new PaymentCaptured(
                  head(FactKind.PAYMENT_CAPTURED, w),
                  money(w[3]),
                  w[4],
                  List.of(w).contains("derived"),
                  rounding(w)));
      case "shipment" ->
          facts.add(
              new Shipped(
                  head(FactKind.SHIPPED, w),
                  under.stream().map(u -> new Shipped.Part(u[1], new BigDecimal(u[2]))).toList(),
                  w.length > 3 && w[3].equals("undated")));
      case "refund" ->
          facts.add(
              new Refunded(
                  head(FactKind.REFUNDED, w),
                  money(w[3]),
                  w[4],
                  under.stream().map(this::part).toList(),
                  rounding(w)));
      case "cancelled" ->
          facts.add(new OrderCancelled(head(FactKind.ORDER_CANCELLED, w), "customer"));
      case "receipt" -> facts.add(receipt(w, under));
      case "settlement" -> settlement(w, under);
      default -> throw new IllegalArgumentException(String.join(" ", w));
    }
  }

  /** What coins could not pay: {@code rounding=0.01} at the end of a capture or a refund. */
  private Optional<Money> rounding(String[] words) {
    String last = words[words.length - 1];
    return last.startsWith("rounding=")
        ? Optional.of(money(last.substring("rounding=".length())))
        : Optional.empty();
  }

  private static Optional<YearMonth> month(String[] words, int index) {
    return words.length > index && !words[index].equals("-")
        ? Optional.of(YearMonth.parse(words[index]))
        : Optional.empty();
  }

  private static SettlementCode.Nature nature(String word) {
    return SettlementCode.Nature.of(word);
  }

  private OrderPlaced placed(String[] w, List<OrderLine> lines) {
    return new OrderPlaced(
        head(FactKind.ORDER_PLACED, w),
        "#" + order,
        Currency.getInstance(currency),
        true,
        new Customer("guest", "A Guest", "", "", "", "", "de"),
        "",
        lines,
        money(w[3]),
        false);
  }

  private OrderLine orderLine(String[] w) {
    BigDecimal quantity = new BigDecimal(w[3]);
    UnitPrice price = UnitPrice.of(w[4], currency);
    Money gross = money(w[5]);
    Money discount = price.times(quantity).minus(gross).max(money("0"));
    String goesWith = w[w.length - 2].equals("with") ? w[w.length - 1] : "";
    String[] stated = goesWith.isEmpty() ? w : Arrays.copyOf(w, w.length - 2);
    return new OrderLine(
        w[1], kind(w[0]), w[2], w[2], quantity, price, discount, gross, taxes(stated, 6), goesWith);
  }

  private ReceiptRung receipt(String[] w, List<String[]> under) {
    order = w[1];
    currency = w[3];
    List<ReceiptRung.Line> lines = new ArrayList<>();
    List<ReceiptRung.Tender> tenders = new ArrayList<>();
    for (String[] u : under) {
      if (u[0].equals("tender")) {
        tenders.add(new ReceiptRung.Tender(ReceiptRung.TenderKind.of(u[1]), money(u[2])));
      } else {
        lines.add(
            new ReceiptRung.Line(
                u[1], kind(u[0]), u[2], u[2], new BigDecimal(u[3]), money(u[5]), taxes(u, 6)));
      }
    }
    return new ReceiptRung(
        head(FactKind.RECEIPT_RUNG, w),
        "0001",
        "3",
        LocalDate.parse(w[2].substring(0, 10)),
        Currency.getInstance(currency),
        true,
        lines,
        tenders,
        w.length > 4);
  }

  private void settlement(String[] w, List<String[]> under) {
    order = w[1];
    currency = w[4];
    Instant at = Instant.parse(w[2]);
    List<SettledSum> settled = new ArrayList<>();
    for (String[] u : under) {
      settled.add(
          new SettledSum(
              u[5],
              u.length > 6 ? u[6] : "",
              SettledSum.OrderState.valueOf(u[1].replace("+facilitated", "")),
              u[1].endsWith("+facilitated"),
              YearMonth.parse(u[2]),
              money(u[3]),
              Long.parseLong(u[4])));
    }
    Fact settlement =
        new SettlementReceived(
            head(FactKind.SETTLEMENT_RECEIVED, w), money(w[3]), at, at, at, settled.size());
    facts.add(settlement);
    sums.put(settlement, settled);
  }

  private Refunded.Part part(String[] w) {
    return new Refunded.Part(
        w[1].equals("-") ? "" : w[1],
        "",
        "",
        new BigDecimal(w[2]),
        Refunded.Goods.of(w[3]),
        money(w[4]),
        w.length > 5 ? Optional.of(money(w[5])) : Optional.empty());
  }

  private FactHead head(FactKind kind, String[] w) {
    Instant at = Instant.parse(w[2]);
    FactName name = new FactName(ENTITY, channel, kind, w[1]);
    return new FactHead(name, new OrderKey(ENTITY, channel, order), at, at);
  }

  private static LineKind kind(String word) {
    return LineKind.of(word);
  }

  private List<Tax> taxes(String[] w, int from) {
    List<Tax> taxes = new ArrayList<>();
    for (int i = from; i < w.length; i++) {
      String[] amount = w[i].split("=", -1);
      String[] key = amount[0].split(":", -1);
      TaxScheme scheme = key.length > 2 ? TaxScheme.of(key[2]) : TaxScheme.DOMESTIC;
      taxes.add(new Tax(new TaxKey(key[0], new BigDecimal(key[1]), scheme), money(amount[1])));
    }
    return taxes;
  }

  private Money money(String amount) {
    return Money.of(amount, currency);
  }
}
