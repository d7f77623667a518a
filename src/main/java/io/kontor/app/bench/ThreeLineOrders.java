package io.kontor.app.bench;

import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.odoo.OdooPlan;
import io.kontor.odoo.document.Item;
import io.kontor.odoo.document.OdooCompany;
import io.kontor.odoo.document.OdooCustomer;
import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/**
 * Distinct orders of three lines with a tax of ten per cent, of a company that the benchmark has in
 * Odoo for itself; no two runs make the same ones.
 */
final class ThreeLineOrders {

  private static final Currency EUR = Currency.getInstance("EUR");
  private static final String ZERO_TAX = "kontor.tax_bench_0";
  private static final String TAX = "kontor.tax_bench_10";
  private static final OdooCompany COMPANY = new OdooCompany("kontor.company_bench", ZERO_TAX);
  private static final int PRODUCTS = 60;
  private static final int CUSTOMERS = 50;
  private static final int LINES = 3;

  /** Prices are whole tens of cents, so that each line's tax is exact. */
  private static final BigDecimal PRICE_STEP = new BigDecimal("0.10");

  private static final BigDecimal WITH_TAX = new BigDecimal("1.10");

  private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  private final Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private int next;

  /** What Odoo must have before. */
  static OdooPlan plan() {
    List<OdooPlan.Goods> goods = new ArrayList<>();
    for (int i = 0; i < PRODUCTS; i++) {
      goods.add(new OdooPlan.Goods(sku(i), "Benchmark product " + i, price(i)));
    }
    return new OdooPlan(
        List.of(
            new OdooPlan.Company(
                COMPANY,
                "Kontor benchmark",
                EUR,
                "DE",
                new OdooPlan.Coded("BENCH", "Kontor benchmark"),
                new OdooPlan.Coded("KONT", "Kontor"),
                List.of(
                    new OdooPlan.Tax(ZERO_TAX, "No tax (benchmark)", BigDecimal.ZERO, false),
                    new OdooPlan.Tax(TAX, "10 % (benchmark)", BigDecimal.TEN, false)),
                List.of())),
        OdooPlan.standardServices(),
        goods);
  }

  /** As many orders as that, which nobody has sent yet. */
  List<OdooOrder> next(int count, OdooOrder.State wanted) {
    List<OdooOrder> orders = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      orders.add(order(next++, wanted));
    }
    return orders;
  }

  /** An order for each customer: sent once, all customers are there. */
  List<OdooOrder> ofAllCustomers() {
    return next(CUSTOMERS, OdooOrder.State.QUOTATION);
  }

  private OdooOrder order(int number, OdooOrder.State wanted) {
    String name = run + "-" + number;
    List<OdooLine> lines = new ArrayList<>();
    Money total = Money.zero(EUR);
    for (int line = 0; line < LINES; line++) {
      int product = (number * 7 + line * 11) % PRODUCTS;
      BigDecimal quantity = BigDecimal.valueOf(1 + (number + line) % 3);
      lines.add(
          new OdooLine(
              "kontor.sol_bench_" + name + "-" + line,
              Item.sku(sku(product)),
              "Benchmark product " + product,
              quantity,
              new UnitPrice(price(product), EUR),
              List.of(TAX)));
      total = total.plus(Money.rounded(price(product).multiply(quantity).multiply(WITH_TAX), EUR));
    }
    return new OdooOrder(
        "kontor.so_bench_" + name,
        "BENCH-" + name,
        "bench",
        began.minusSeconds(number),
        customer(number % CUSTOMERS),
        COMPANY,
        "BENCH",
        EUR,
        lines,
        total,
        wanted);
  }

  private static OdooCustomer customer(int number) {
    return OdooCustomer.named("kontor.cust_bench_" + number, "Benchmark customer " + number);
  }

  private static String sku(int number) {
    return "KONTOR-BENCH-" + number;
  }

  private static BigDecimal price(int number) {
    return PRICE_STEP.multiply(BigDecimal.valueOf(37L + number * 13L));
  }
}
