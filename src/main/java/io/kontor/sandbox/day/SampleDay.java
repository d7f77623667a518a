package io.kontor.sandbox.day;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One trading day of two small companies: {@code northwind} (USD: a Shopify shop, a marketplace,
 * two stores in Kentucky) and {@code nordwind} (EUR: a Shopify shop, two stores in Germany).
 *
 * @param documents what the day sends, in the order of arrival
 * @param expectations what is wrong in it on purpose: that, and nothing else, needs a person
 * @param products every product of the day but the unknown one
 * @param taxes the taxes with a rate that the documents state
 * @param totals what each channel adds up to
 */
public record SampleDay(
    long seed,
    LocalDate day,
    List<SampleDocument> documents,
    List<Expected> expectations,
    List<Product> products,
    List<SampleTax> taxes,
    List<ControlTotals> totals) {

  private static final int SHOPIFY_ORDERS = 121; // one of them arrives broken
  private static final int SHOPIFY_EU_ORDERS = 40;
  private static final int AMAZON_ORDERS = 100;
  private static final int AMAZON_OLDER_ORDERS = 10;
  private static final int RECEIPTS_A_STORE = 75;

  /** Makes the day; the same seed and date make the same bytes. */
  public static SampleDay generate(long seed, LocalDate day) {
    Dice dice = new Dice(seed);
    DayBook book = new DayBook();
    List<ControlTotals> totals = new ArrayList<>();
    totals.add(new ShopifyDay(ShopifyShop.US, day, dice.of("shopify"), book).play(SHOPIFY_ORDERS));
    totals.add(
        new ShopifyDay(ShopifyShop.EU, day, dice.of("shopify-eu"), book).play(SHOPIFY_EU_ORDERS));
    totals.add(
        new AmazonDay(day, dice.of("amazon"), book).play(AMAZON_ORDERS, AMAZON_OLDER_ORDERS));
    totals.add(PosDay.us(day, dice.of("stores-us"), book).play(RECEIPTS_A_STORE));
    totals.add(PosDay.germany(day, dice.of("stores-de"), book).play(RECEIPTS_A_STORE));
    return new SampleDay(
        seed,
        day,
        book.documents(),
        book.expectations(),
        Products.all(),
        book.taxes(),
        List.copyOf(totals));
  }
}
