package io.kontor.app.bench;

import io.kontor.app.bench.GeneratedSettlement.Sale;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.posting.OrderPosting;
import io.kontor.sales.Customer;
import io.kontor.sales.Fact;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.LineKind;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderLine;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.Refunded;
import io.kontor.sales.Shipped;
import io.kontor.sales.Tax;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import io.kontor.store.Journal;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The orders that a {@link GeneratedSettlement} settles, as the hub has them once it has recorded
 * them: facts, and the journal entries that the mappings make of them. Nothing of them is to be
 * delivered.
 */
public final class GeneratedLedger {

  private static final int CHUNK = 1_000;
  private static final Currency CURRENCY = Currency.getInstance(GeneratedSettlement.CURRENCY);
  private static final Money NOTHING = Money.zero(CURRENCY);
  private static final Customer BUYER = new Customer("guest", "", "", "", "", "", "us");
  private static final TaxKey TAX = new TaxKey("us-ky", BigDecimal.valueOf(6), TaxScheme.DOMESTIC);
  private static final Instant SHIPPED =
      GeneratedSettlement.FIRST_DAY.atTime(12, 0).toInstant(ZoneOffset.UTC);
  private static final String GOODS = "goods";
  private static final String SHIPPING = "shipping";

  private final GeneratedSettlement settlement;
  private final Channel channel;
  private final OrderPosting posting;

  public GeneratedLedger(GeneratedSettlement settlement, Mappings mappings, String channel) {
    this.settlement = settlement;
    this.channel = mappings.channels().get(channel);
    this.posting = OrderPosting.of(mappings, this.channel);
  }

  /** Records the orders. A channel that does not report refunds has none. */
  public void record(Store store) {
    for (long from = 0; from < settlement.orders(); from += CHUNK) {
      long first = from;
      store.database().run(tx -> record(tx, store, first));
    }
  }

  private void record(Tx tx, Store store, long first) {
    List<StoredFact> facts = new ArrayList<>();
    List<Journal.NewEntry> entries = new ArrayList<>();
    for (long i = first; i < Math.min(first + CHUNK, settlement.orders()); i++) {
      if (settlement.isKnown(i)) {
        List<Fact> ofOrder = facts(settlement.sale(i));
        ofOrder.forEach(fact -> facts.add(stored(fact)));
        OrderPosition position = OrderPosition.of(ofOrder, channel.capturesReported());
        posting
            .entries(position, Map.of())
            .forEach(entry -> entries.add(new Journal.NewEntry(entry, position.key())));
      }
    }
    store.facts().lockOrders(tx, facts.stream().map(StoredFact::order).distinct().toList());
    store.revisions().insert(tx, facts);
    store.journal().append(tx, entries);
  }

  private static StoredFact stored(Fact fact) {
    CanonicalFact canonical = CanonicalFact.of(fact);
    return new StoredFact(
        fact.name(),
        fact.order(),
        SHIPPED,
        SHIPPED,
        canonical.hash(),
        canonical.json(),
        "generated",
        SHIPPED,
        "");
  }

  private List<Fact> facts(Sale sale) {
    List<OrderLine> lines = new ArrayList<>();
    lines.add(line(GOODS, LineKind.GOODS, sale.sku(), sale.goods(), sale.tax()));
    if (sale.shipping() > 0) {
      lines.add(line(SHIPPING, LineKind.SHIPPING, "", sale.shipping(), 0));
    }
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new OrderPlaced(
            head(sale, FactKind.ORDER_PLACED, sale.order()),
            sale.order(),
            CURRENCY,
            false,
            BUYER,
            "",
            lines,
            Money.sum(lines.stream().map(OrderLine::gross).toList(), CURRENCY),
            false));
    facts.add(
        new Shipped(
            head(sale, FactKind.SHIPPED, sale.order() + "-1"),
            List.of(new Shipped.Part(GOODS, BigDecimal.ONE))));
    if (sale.refund() > 0 && channel.refundsReported()) {
      facts.add(refunded(sale));
    }
    return facts;
  }

  private static OrderLine line(String id, LineKind kind, String sku, long price, long tax) {
    return OrderLine.of(
        id,
        kind,
        sku,
        id,
        BigDecimal.ONE,
        UnitPrice.of(money(price).plain(), CURRENCY.getCurrencyCode()),
        NOTHING,
        tax == 0 ? List.of() : List.of(new Tax(TAX, money(tax))),
        false);
  }

  private Refunded refunded(Sale sale) {
    Money back = money(sale.refund() + sale.taxBack());
    return new Refunded(
        head(sale, FactKind.REFUNDED, sale.order() + "-1"),
        back,
        "marketplace",
        List.of(
            new Refunded.Part(
                GOODS,
                sale.sku(),
                GOODS,
                BigDecimal.ZERO,
                Refunded.Goods.KEPT,
                back,
                Optional.of(money(sale.taxBack())))));
  }

  private FactHead head(Sale sale, FactKind kind, String id) {
    return new FactHead(
        new FactName(channel.entity(), channel.id(), kind, id),
        new OrderKey(channel.entity(), channel.id(), sale.order()),
        SHIPPED,
        SHIPPED);
  }

  private static Money money(long cents) {
    return Money.ofMinorUnits(cents, CURRENCY);
  }
}
