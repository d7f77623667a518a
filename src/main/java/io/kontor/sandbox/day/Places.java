package io.kontor.sandbox.day;

import io.kontor.sandbox.day.Place.SalesTax;
import java.math.BigDecimal;
import java.util.List;

/** Where the buyers live. */
final class Places {

  /** One state tax, no county: the state of our US stores. */
  static final Place LOUISVILLE =
      us("Louisville", "KY", "Kentucky", "Jefferson County", "40202", true, tax("KY", "0.06"));

  static final List<Place> STATES =
      List.of(
          LOUISVILLE,
          us("Lexington", "KY", "Kentucky", "Fayette County", "40507", true, tax("KY", "0.06")),
          us(
              "Nashville",
              "TN",
              "Tennessee",
              "Davidson County",
              "37203",
              true,
              new SalesTax("Tennessee State Tax", new BigDecimal("0.07")),
              new SalesTax("Davidson County Tax", new BigDecimal("0.0225"))),
          us(
              "Madison",
              "WI",
              "Wisconsin",
              "Dane County",
              "53703",
              true,
              new SalesTax("Wisconsin State Tax", new BigDecimal("0.05")),
              new SalesTax("Dane County Tax", new BigDecimal("0.005"))),
          us(
              "Los Angeles",
              "CA",
              "California",
              "Los Angeles County",
              "90012",
              false,
              new SalesTax("California State Tax", new BigDecimal("0.0725")),
              new SalesTax("Los Angeles County Tax", new BigDecimal("0.025"))),
          us(
              "Boston",
              "MA",
              "Massachusetts",
              "Suffolk County",
              "02110",
              false,
              new SalesTax("Massachusetts State Tax", new BigDecimal("0.0625"))),
          us("Portland", "OR", "Oregon", "Multnomah County", "97205", false));

  static final List<Place> GERMANY =
      List.of(
          de("Hamburg", "20095"),
          de("Lübeck", "23552"),
          de("Bremen", "28195"),
          de("Kleve", "47533"),
          de("Leipzig", "04109"),
          de("München", "80331"));

  private Places() {}

  private static SalesTax tax(String state, String rate) {
    return new SalesTax(
        state.equals("KY") ? "Kentucky State Tax" : state + " State Tax", new BigDecimal(rate));
  }

  private static Place us(
      String city,
      String state,
      String stateName,
      String county,
      String postcode,
      boolean freightTaxed,
      SalesTax... taxes) {
    return new Place(
        "US",
        "United States",
        city,
        state,
        stateName,
        county,
        postcode,
        List.of(taxes),
        freightTaxed);
  }

  private static Place de(String city, String postcode) {
    return new Place("DE", "Germany", city, "", "", "", postcode, List.of(), true);
  }
}
