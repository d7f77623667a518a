package io.kontor.sandbox.day;

import io.kontor.sandbox.day.Place.SalesTax;
import java.math.BigDecimal;
import java.util.List;

/** Where the buyers live. */
final class Places {

  /** One state tax, no county: the state of our US stores. */
  static final Place LOUISVILLE =
      us(
          "Louisville",
          "KY",
          "Kentucky",
          "Jefferson County",
          "40202",
          true,
          state("Kentucky", "0.06"));

  /** New York adds three taxes to one line; California does not tax freight; Oregon has no tax. */
  static final List<Place> STATES =
      List.of(
          LOUISVILLE,
          us(
              "Lexington",
              "KY",
              "Kentucky",
              "Fayette County",
              "40507",
              true,
              state("Kentucky", "0.06")),
          us(
              "New York",
              "NY",
              "New York",
              "New York County",
              "10011",
              true,
              state("New York", "0.04"),
              new SalesTax("New York City Tax", new BigDecimal("0.045")),
              new SalesTax(
                  "Metropolitan Commuter Transportation District", new BigDecimal("0.00375"))),
          us(
              "Newark",
              "NJ",
              "New Jersey",
              "Essex County",
              "07102",
              true,
              state("New Jersey", "0.06625")),
          us(
              "Sacramento",
              "CA",
              "California",
              "Sacramento County",
              "95814",
              false,
              state("California", "0.0725")),
          us(
              "Lansing",
              "MI",
              "Michigan",
              "Ingham County",
              "48933",
              true,
              state("Michigan", "0.06")),
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

  private static SalesTax state(String name, String rate) {
    return new SalesTax(name + " State Tax", new BigDecimal(rate));
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
