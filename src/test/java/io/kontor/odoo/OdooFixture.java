package io.kontor.odoo;

import io.kontor.money.Currencies;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.odoo.document.ExternalIds;
import io.kontor.odoo.document.Item;
import io.kontor.odoo.document.OdooCompany;
import io.kontor.odoo.document.OdooCustomer;
import io.kontor.odoo.document.OdooEntry;
import io.kontor.odoo.document.OdooEntryLine;
import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two companies, some products, and orders for them. Every run has a suffix of its own, so that a
 * database can be used again.
 */
final class OdooFixture {

  static final Currency USD = Currencies.of("USD");
  static final Currency EUR = Currencies.of("EUR");

  static final OdooCompany US = new OdooCompany("base.main_company", "kontor.tax_test_us_0");
  static final OdooCompany DE = new OdooCompany("kontor.company_test_de", "kontor.tax_test_de_0");

  static final String DE_19 = "kontor.tax_test_de_19";
  static final String US_15 = "kontor.tax_test_us_15";

  /** Of every entry that is given no other. */
  private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

  final String suffix;
  final String tee;
  final String mug;

  /** A product that one test deletes. */
  final String gone;

  OdooFixture(String suffix) {
    this.suffix = suffix;
    this.tee = "TEE-" + suffix;
    this.mug = "MUG-" + suffix;
    this.gone = "GONE-" + suffix;
  }

  OdooPlan plan() {
    return new OdooPlan(
        List.of(
            new OdooPlan.Company(
                US,
                "My Company",
                USD,
                "US",
                new OdooPlan.Coded("WH", "Main"),
                new OdooPlan.Coded("KONT", "Kontor"),
                List.of(
                    new OdooPlan.Tax(US.zeroTax(), "No sales tax", BigDecimal.ZERO, false),
                    new OdooPlan.Tax(US_15, "Sales tax 15%", new BigDecimal("15"), false)),
                accounts()),
            new OdooPlan.Company(
                DE,
                "Contract Suite GmbH",
                EUR,
                "DE",
                new OdooPlan.Coded("CSWH", "Lager"),
                new OdooPlan.Coded("KONT", "Kontor"),
                List.of(
                    new OdooPlan.Tax(DE.zeroTax(), "0%", BigDecimal.ZERO, false),
                    new OdooPlan.Tax(DE_19, "19% incl.", new BigDecimal("19"), true)),
                accounts())),
        OdooPlan.standardServices(),
        List.of(
            new OdooPlan.Goods(tee, "Tee", new BigDecimal("21.00")),
            new OdooPlan.Goods(mug, "Mug", new BigDecimal("12.50"))));
  }

  private static List<OdooPlan.Account> accounts() {
    return List.of(
        new OdooPlan.Account("179001", "Channel clearing", "asset_current"),
        new OdooPlan.Account("479001", "Channel revenue", "income"),
        new OdooPlan.Account("679001", "Channel fees", "expense"));
  }

  String orderId(String number) {
    return ExternalIds.of("so", "test", "shop", number, suffix);
  }

  OrderDraft german(String number) {
    return new OrderDraft(number, DE, "CSWH", EUR, DE_19);
  }

  OrderDraft american(String number) {
    return new OrderDraft(number, US, "WH", USD, US_15);
  }

  /** The plainest order there is: one tee of ten euros. */
  OdooOrder tee(String number) {
    return german(number).line("1", Item.sku(tee), "1", "10").total("10.00");
  }

  String entryId(String number) {
    return entryPrefix() + number;
  }

  String entryPrefix() {
    return ExternalIds.of("je", "test", suffix) + "_";
  }

  OdooEntry entry(String number, OdooCompany company, OdooEntryLine... lines) {
    return entry(number, company, DAY, lines);
  }

  private OdooEntry entry(
      String number, OdooCompany company, LocalDate date, OdooEntryLine... lines) {
    return new OdooEntry(entryId(number), company, "KONT", date, "Batch " + number, List.of(lines));
  }

  /** The plainest entry there is, in the German company: clearing to revenue. */
  OdooEntry sale(String number, String euros) {
    return sale(number, euros, DAY);
  }

  OdooEntry sale(String number, String euros, LocalDate date) {
    Money amount = Money.of(euros, "EUR");
    return entry(
        number,
        DE,
        date,
        line(number + "a", "179001", amount),
        line(number + "b", "479001", amount.negated()));
  }

  OdooEntryLine line(String key, String account, Money amount) {
    return line(key, account, amount, amount);
  }

  OdooEntryLine line(String key, String account, Money amount, Money functional) {
    return new OdooEntryLine(
        ExternalIds.of("jel", "test", suffix, key), account, "Line " + key, amount, functional);
  }

  static Set<String> refusals(List<DeliveryOutcome> outcomes) {
    Set<String> codes = new TreeSet<>();
    for (DeliveryOutcome outcome : outcomes) {
      if (outcome instanceof DeliveryOutcome.Refused refused) {
        codes.add(refused.failure().code());
      }
    }
    return codes;
  }

  /** An order in the making. */
  final class OrderDraft {
    private final String number;
    private final OdooCompany company;
    private final Currency currency;
    private final String tax;
    private final List<OdooLine> lines = new ArrayList<>();
    private OdooOrder.State wanted = OdooOrder.State.CONFIRMED;
    private OdooCustomer customer =
        OdooCustomer.named(ExternalIds.of("cust", "test", "shop", suffix), "Ann Example");
    private String warehouse;

    private OrderDraft(
        String number, OdooCompany company, String warehouse, Currency currency, String tax) {
      this.number = number;
      this.company = company;
      this.currency = currency;
      this.tax = tax;
      this.warehouse = warehouse;
    }

    OrderDraft line(String key, Item item, String quantity, String price) {
      return line(key, item, quantity, price, tax);
    }

    OrderDraft line(String key, Item item, String quantity, String price, String tax) {
      lines.add(
          new OdooLine(
              ExternalIds.of("sol", "test", "shop", number, key, suffix),
              item,
              "Line " + key,
              new BigDecimal(quantity),
              UnitPrice.of(price, currency.getCurrencyCode()),
              List.of(tax)));
      return this;
    }

    OrderDraft cancelled() {
      wanted = OdooOrder.State.CANCELLED;
      return this;
    }

    OrderDraft quotation() {
      wanted = OdooOrder.State.QUOTATION;
      return this;
    }

    OrderDraft by(OdooCustomer buyer) {
      customer = buyer;
      return this;
    }

    OrderDraft from(String code) {
      warehouse = code;
      return this;
    }

    OdooOrder total(String total) {
      return new OdooOrder(
          orderId(number),
          "SHOP-%s-%s".formatted(number, suffix),
          "shop",
          Instant.parse("2026-11-20T10:00:00Z"),
          customer,
          company,
          warehouse,
          currency,
          lines,
          Money.of(total, currency.getCurrencyCode()),
          wanted);
    }
  }
}
