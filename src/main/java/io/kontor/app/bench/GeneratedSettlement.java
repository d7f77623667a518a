package io.kontor.app.bench;

import io.kontor.money.Money;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A settlement of any size in Amazon's long layout, with defects of each kind where they are
 * wanted. The same seed makes the same, line by line, and nothing is kept in memory but the
 * defects. The orders that it settles are a {@link GeneratedLedger}.
 */
public final class GeneratedSettlement {

  /** What can be wrong between a settlement and the ledger. */
  public enum Defect {
    /** The ledger has a refund, the settlement does not. */
    MISSING_REFUND,
    /** The refund's amount is a cent off. */
    REFUND_A_CENT_OFF,
    /** The commission is charged twice. */
    DOUBLE_FEE,
    /** The commission is 18 %, not 15 %. */
    WRONG_RATE,
    /** Two orders of different amounts have each other's lines. */
    SWAPPED_ORDER,
    /** Nothing is known of an order. */
    FOREIGN_LINE,
    /** No settlement has the order. */
    MISSING_ORDER,
    /** The settlement after this one has the order again. */
    SETTLED_TWICE
  }

  /** A rate card by which every fee is right that is not wrong on purpose. */
  public static final String RATE_CARD =
      """
      fee,sku,from,to,percent,perUnit,minimum
      fee.commission,*,2026-01-01,,15,,
      fee.fulfilment,*,2026-01-01,,,3.10,
      """;

  private static final String HEADER =
      "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency"
          + "\ttransaction-type\torder-id\tmarketplace-name\tamount-type\tamount-description\tamount"
          + "\tposted-date-time\tsku\tquantity-purchased\n";
  static final LocalDate FIRST_DAY = LocalDate.of(2026, 6, 1);
  private static final int REFUND_EVERY = 20;
  private static final int SHIPPING_EVERY = 4;
  private static final double LINES_AN_ORDER = 4 + 1.0 / SHIPPING_EVERY + 3.0 / REFUND_EVERY;
  static final String CURRENCY = "USD";

  private final long seed;
  private final long orders;
  private final Map<Long, Defect> defects = new LinkedHashMap<>();

  /**
   * @param lines about how many
   * @param each how many defects of each kind; zero for none
   */
  public GeneratedSettlement(long seed, long lines, int each) {
    this.seed = seed;
    this.orders = Math.max(1, Math.round(lines / LINES_AN_ORDER));
    Defect[] kinds = Defect.values();
    if (each > 0) {
      long apart = orders / ((long) each * kinds.length) / REFUND_EVERY * REFUND_EVERY;
      if (apart < 2 * REFUND_EVERY) {
        throw new IllegalArgumentException("too few lines for so many defects");
      }
      for (int i = 0; i < each * kinds.length; i++) {
        Defect kind = kinds[i % kinds.length];
        boolean ofRefund = kind == Defect.MISSING_REFUND || kind == Defect.REFUND_A_CENT_OFF;
        defects.put(i * apart + (ofRefund ? 0 : 1), kind);
      }
    }
  }

  /** An order; amounts in cents. {@code refund} is what goes back of the goods without tax. */
  record Sale(String order, String sku, long goods, long shipping, long refund) {

    long tax() {
      return goods * 6 / 100;
    }

    long taxBack() {
      return refund * 6 / 100;
    }
  }

  public long orders() {
    return orders;
  }

  /** The orders that have a defect, by kind. */
  public Map<Defect, List<String>> planted() {
    Map<Defect, List<String>> planted = new LinkedHashMap<>();
    defects.forEach(
        (index, kind) -> {
          List<String> ofKind = planted.computeIfAbsent(kind, k -> new ArrayList<>());
          ofKind.add(id(index));
          if (kind == Defect.SWAPPED_ORDER) {
            ofKind.add(id(index + 1));
          }
        });
    return planted;
  }

  private static String id(long index) {
    return "111-%07d-%07d".formatted(index / 10_000_000 + 1, index % 10_000_000);
  }

  /** Whether the ledger knows the order. */
  boolean isKnown(long index) {
    return defects.get(index) != Defect.FOREIGN_LINE;
  }

  Sale sale(long index) {
    SplittableRandom random = new SplittableRandom(seed + index * 0x9E3779B97F4A7C15L);
    // Even dollars, so that halves, 6 % and 15 % of them are whole cents; a dollar apart from their
    // neighbours', so that two orders that are swapped differ.
    long goods = 400L * (1 + random.nextInt(25)) + 200 * (index % 2);
    long shipping = index % SHIPPING_EVERY == 0 ? 500 : 0;
    long refund = index % REFUND_EVERY == 0 ? goods / 2 : 0;
    return new Sale(id(index), "G-" + random.nextInt(500), goods, shipping, refund);
  }

  /** Takes the lines of the settlement. */
  private interface Lines {
    void line(String type, String order, String kind, String word, long cents, Sale sale)
        throws IOException;
  }

  private void each(Lines lines) throws IOException {
    for (long index = 0; index < orders; index++) {
      Defect defect = defects.get(index);
      if (defect != Defect.MISSING_ORDER) {
        settle(sale(index), name(index), defect, lines);
      }
    }
    if (!defects.isEmpty()) {
      lines.line("other-transaction", "", "other-transaction", "Payable to Amazon", -1234, null);
    }
  }

  /** Under which order the lines of an order stand. */
  private String name(long index) {
    if (defects.get(index) == Defect.SWAPPED_ORDER) {
      return id(index + 1);
    }
    return id(defects.get(index - 1) == Defect.SWAPPED_ORDER ? index - 1 : index);
  }

  private static void settle(Sale sale, String order, Defect defect, Lines lines)
      throws IOException {
    lines.line("Order", order, "ItemPrice", "Principal", sale.goods(), sale);
    lines.line("Order", order, "ItemPrice", "Tax", sale.tax(), sale);
    if (sale.shipping() > 0) {
      lines.line("Order", order, "ItemPrice", "Shipping", sale.shipping(), sale);
    }
    long base = sale.goods() + sale.shipping();
    long commission = base * (defect == Defect.WRONG_RATE ? 18 : 15) / 100;
    for (int i = 0; i < (defect == Defect.DOUBLE_FEE ? 2 : 1); i++) {
      lines.line("Order", order, "ItemFees", "Commission", -commission, sale);
    }
    lines.line("Order", order, "ItemFees", "FBAPerUnitFulfillmentFee", -310, sale);
    if (sale.refund() > 0 && defect != Defect.MISSING_REFUND) {
      long off = defect == Defect.REFUND_A_CENT_OFF ? 1 : 0;
      lines.line("Refund", order, "ItemPrice", "Principal", -sale.refund() - off, sale);
      lines.line("Refund", order, "ItemPrice", "Tax", -sale.taxBack(), sale);
      lines.line("Refund", order, "ItemFees", "Commission", sale.refund() * 15 / 100, sale);
    }
  }

  /**
   * Writes the settlement.
   *
   * @return how many lines it has
   */
  public long write(Path file) throws IOException {
    return write(file, "17000000001", FIRST_DAY, this::each);
  }

  /** Writes the settlement after it, in which some orders come again. */
  public long writeNext(Path file) throws IOException {
    return write(
        file,
        "17000000002",
        FIRST_DAY.plusDays(14),
        lines -> {
          for (Map.Entry<Long, Defect> one : defects.entrySet()) {
            if (one.getValue() == Defect.SETTLED_TWICE) {
              settle(sale(one.getKey()), id(one.getKey()), null, lines);
            }
          }
        });
  }

  private interface All {
    void each(Lines lines) throws IOException;
  }

  private static long write(Path file, String id, LocalDate from, All all) throws IOException {
    long[] totals = new long[2];
    all.each(
        (type, order, kind, word, cents, sale) -> {
          totals[0] += cents;
          totals[1]++;
        });
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(HEADER);
      out.write(
          "%s\t%s 08:00:00 UTC\t%s 08:00:00 UTC\t%s 08:00:00 UTC\t%s\t%s\t\t\t\t\t\t\t\t\t\n"
              .formatted(
                  id, from, from.plusDays(14), from.plusDays(16), amount(totals[0]), CURRENCY));
      all.each(
          (type, order, kind, word, cents, sale) -> {
            out.write(id + "\t\t\t\t\t\t" + type + '\t' + order + "\tAmazon.com\t" + kind + '\t');
            out.write(word + '\t' + amount(cents) + '\t' + from.plusDays(1) + " 09:00:00 UTC\t");
            out.write((sale == null ? "" : sale.sku()) + (sale == null ? "\t" : "\t1") + '\n');
          });
    }
    return totals[1];
  }

  private static String amount(long cents) {
    return Money.ofMinorUnits(cents, Currency.getInstance(CURRENCY)).plain();
  }
}
