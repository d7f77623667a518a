package io.kontor.sandbox.day;

import java.time.ZoneId;
import java.util.Currency;
import java.util.List;

/**
 * A Shopify shop of the sample.
 *
 * @param channel as the hub knows it
 * @param zone the shop's own clock
 * @param taxIncluded whether its prices contain the taxes
 * @param firstNumber the number of the first day's first order: {@code #2001}
 * @param idBase where the vendor's ids start; ids of two shops never meet
 */
record ShopifyShop(
    String channel,
    String entity,
    String domain,
    ZoneId zone,
    Currency currency,
    boolean taxIncluded,
    int firstNumber,
    long idBase,
    List<Place> places) {

  static final ShopifyShop US =
      new ShopifyShop(
          "shopify",
          "northwind",
          "northwind-outfitters.myshopify.com",
          ZoneId.of("America/New_York"),
          Currency.getInstance("USD"),
          false,
          2001,
          6_000_000_000_000L,
          Places.STATES);

  static final ShopifyShop EU =
      new ShopifyShop(
          "shopify-eu",
          "nordwind",
          "nordwind-kontor.myshopify.com",
          ZoneId.of("Europe/Berlin"),
          Currency.getInstance("EUR"),
          true,
          5001,
          7_000_000_000_000L,
          Places.GERMANY);
}
