package io.kontor.odoo.document;

import io.kontor.mapping.Catalog;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Entity;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.sales.LineKind;
import io.kontor.sales.ReceiptRung;
import io.kontor.sales.Tax;
import io.kontor.sales.TaxKey;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the receipts of one store and interval as the one order that Odoo is to hold: lines summed
 * by SKU, price and tax, at prices that include their taxes, so that the total is the receipts'
 * own.
 */
public final class TillOrders {

  private static final int PRICE_DECIMALS = 8;

  private final Entity entity;
  private final Channel channel;
  private final Catalog catalog;
  private final CompanyTaxes taxes;
  private final OdooCompany company;

  public TillOrders(Entity entity, Channel channel, Catalog catalog) {
    this.entity = entity;
    this.channel = channel;
    this.catalog = catalog;
    this.taxes = new CompanyTaxes(entity, catalog);
    this.company = new OdooCompany(entity.odooCompany(), taxes.zero());
  }

  /** Under which external id an interval's order stands in Odoo. */
  public static String externalId(String entity, String channel, String interval) {
    return ExternalIds.of("till", entity, channel, interval);
  }

  private record Group(String sku, LineKind kind, BigDecimal price, String taxes) {

    String externalId(String order) {
      String item = sku.isEmpty() ? kind.word() : sku;
      return ExternalIds.of("tl", order, item, price.toPlainString(), taxes);
    }
  }

  private static final class Sum {
    private BigDecimal quantity = BigDecimal.ZERO;
    private Money gross;
    private final String title;
    private final List<TaxKey> taxes;

    Sum(ReceiptRung.Line line, Currency currency) {
      this.gross = Money.zero(currency);
      this.title = line.title();
      this.taxes = line.taxes().stream().map(Tax::key).toList();
    }

    void add(ReceiptRung.Line line) {
      quantity = quantity.add(line.quantity());
      gross = gross.plus(line.gross());
    }
  }

  /**
   * The interval's order, or none if its receipts come to no line at all.
   *
   * @param interval the subject of the delivery: store, business day and start
   * @param receipts of one store, interval and currency
   */
  public Optional<OdooOrder> order(String interval, List<ReceiptRung> receipts) {
    Map<String, Group> groups = new TreeMap<>();
    Map<String, Sum> sums = new TreeMap<>();
    Instant first = null;
    for (ReceiptRung receipt : receipts) {
      if (receipt.voided()) {
        continue;
      }
      first = first == null || receipt.occurredAt().isBefore(first) ? receipt.occurredAt() : first;
      for (ReceiptRung.Line line : receipt.lines()) {
        Group group = group(line);
        String key = group.toString();
        groups.putIfAbsent(key, group);
        sums.computeIfAbsent(key, k -> new Sum(line, receipt.currency())).add(line);
      }
    }
    List<OdooLine> lines = new ArrayList<>();
    String id = externalId(entity.id(), channel.id(), interval);
    groups.forEach((key, group) -> line(id, group, sums.get(key)).ifPresent(lines::add));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Currency currency = receipts.get(0).currency();
    Money total = Money.sum(sums.values().stream().map(s -> s.gross).toList(), currency);
    String store = receipts.get(0).store();
    return Optional.of(
        new OdooOrder(
            id,
            channel.id() + " " + interval,
            channel.id(),
            first,
            OdooCustomer.named(
                ExternalIds.of("till", entity.id(), channel.id(), store), "Store " + store),
            company,
            channel.warehouse(),
            currency,
            lines,
            total,
            OdooOrder.State.CONFIRMED));
  }

  private Optional<OdooLine> line(String orderId, Group group, Sum sum) {
    if (sum.quantity.signum() == 0 && sum.gross.isZero()) {
      return Optional.empty();
    }
    boolean goods = group.kind() == LineKind.GOODS && sum.quantity.signum() != 0;
    BigDecimal quantity = goods ? sum.quantity : BigDecimal.ONE;
    BigDecimal price = sum.gross.amount().divide(quantity, PRICE_DECIMALS, RoundingMode.HALF_UP);
    return Optional.of(
        new OdooLine(
            group.externalId(ExternalIds.nameOf(orderId)),
            goods
                ? Item.sku(catalog.sku(group.sku()))
                : Item.product(catalog.product(word(group.kind()))),
            sum.title,
            quantity,
            new UnitPrice(price, sum.gross.currency()),
            taxes.of(sum.taxes, true)));
  }

  /** Goods that went out and came back at different prices leave money without a quantity. */
  private static String word(LineKind kind) {
    return kind == LineKind.GOODS ? LineKind.CHARGE.word() : kind.word();
  }

  private Group group(ReceiptRung.Line line) {
    BigDecimal price =
        line.quantity().signum() == 0
            ? line.gross().amount()
            : line.gross().amount().divide(line.quantity(), 2, RoundingMode.HALF_UP).abs();
    return new Group(
        line.sku(),
        line.kind(),
        price,
        line.taxes().stream().map(tax -> tax.key().toString()).sorted().toList().toString());
  }
}
