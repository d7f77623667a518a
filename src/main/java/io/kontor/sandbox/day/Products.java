package io.kontor.sandbox.day;

import io.kontor.money.Money;
import java.util.ArrayList;
import java.util.List;

/** The assortment: the same for every seed, so that it can be created once. */
final class Products {

  private static final String[][] ROWS = {
    {"NW-MUG-001", "Enamel mug 350 ml", "12.95", "13.95", "19", "K"},
    {"NW-MUG-002", "Enamel mug 500 ml", "15.49", "16.90", "19", "K"},
    {"NW-KET-010", "Camp kettle steel", "39.99", "42.50", "19", "K"},
    {"NW-PAN-011", "Cast iron pan 24 cm", "44.90", "47.99", "19", "K"},
    {"NW-KNF-020", "Pocket knife beech", "27.35", "29.00", "19", "K"},
    {"NW-KNF-021", "Bread knife", "33.33", "34.95", "19", "K"},
    {"NW-LMP-030", "Storm lantern", "24.10", "26.49", "19", "H"},
    {"NW-LMP-031", "Head torch 300 lm", "31.95", "33.95", "19", "H"},
    {"NW-BLK-040", "Wool blanket grey", "79.00", "84.90", "19", "H"},
    {"NW-BLK-041", "Wool blanket red", "79.00", "84.90", "19", "H"},
    {"NW-CUS-042", "Linen cushion", "18.75", "19.99", "19", "H"},
    {"NW-TWL-043", "Waffle towel", "14.20", "14.99", "19", "H"},
    {"NW-BAG-050", "Canvas tote", "9.99", "10.50", "19", "B"},
    {"NW-BAG-051", "Duffel bag 40 l", "64.50", "69.00", "19", "B"},
    {"NW-BAG-052", "Day pack 18 l", "54.95", "58.95", "19", "B"},
    {"NW-BLT-053", "Leather belt", "35.60", "37.90", "19", "C"},
    {"NW-CAP-060", "Wool cap navy", "22.00", "23.50", "19", "C"},
    {"NW-CAP-061", "Wool cap ochre", "22.00", "23.50", "19", "C"},
    {"NW-SCF-062", "Merino scarf", "41.25", "43.95", "19", "C"},
    {"NW-GLV-063", "Work gloves", "17.80", "18.49", "19", "C"},
    {"NW-SOC-064", "Hiking socks", "11.11", "11.99", "19", "C"},
    {"NW-SHT-065", "Flannel shirt M", "49.00", "52.90", "19", "C"},
    {"NW-SHT-066", "Flannel shirt L", "49.00", "52.90", "19", "C"},
    {"NW-SOP-070", "Pine soap", "6.49", "6.95", "19", "H"},
    {"NW-CDL-071", "Beeswax candle", "8.05", "8.49", "19", "H"},
    {"NW-MAT-072", "Long matches", "3.29", "3.49", "19", "H"},
    {"NW-ROP-073", "Hemp rope 10 m", "13.40", "13.99", "19", "H"},
    {"NW-TNT-080", "Tarp 3 x 3 m", "58.30", "61.99", "19", "B"},
    {"NW-BTL-081", "Steel bottle 0.7 l", "21.75", "22.95", "19", "K"},
    {"NW-THM-082", "Vacuum flask 1 l", "36.66", "38.95", "19", "K"},
    {"NW-BOK-100", "Knots and hitches (book)", "16.95", "17.99", "7", "P"},
    {"NW-BOK-101", "Bread in a pot (book)", "24.00", "24.90", "7", "P"},
    {"NW-BOK-102", "Field guide to birds (book)", "19.95", "20.00", "7", "P"},
    {"NW-MAP-103", "Hiking map", "9.45", "9.80", "7", "P"},
  };

  private static final String[][] FOOD_ROWS = {
    {"NW-COF-110", "Coffee beans, bulk", "11.99", "24.90", "7", "F", "weighed"},
    {"NW-NUT-111", "Walnuts, bulk", "8.49", "18.50", "7", "F", "weighed"},
    {"NW-HNY-112", "Forest honey 500 g", "10.25", "9.49", "7", "F", ""},
    {"NW-TEA-113", "Rooibos tea 250 g", "7.95", "6.99", "7", "F", ""},
  };

  /** What ships in a parcel. */
  static final List<Product> GOODS = goods();

  /** What only the stores sell. */
  static final List<Product> FOOD = food();

  static final Product GIFT_CARD =
      new Product(
          "GIFT-50",
          gtin(900),
          "Gift card 50",
          Money.of("50.00", "USD"),
          Money.of("50.00", "EUR"),
          0,
          false,
          false,
          false,
          "G");

  private Products() {}

  static List<Product> all() {
    List<Product> all = new ArrayList<>(GOODS);
    all.addAll(FOOD);
    all.add(GIFT_CARD);
    return List.copyOf(all);
  }

  static List<Product> withVat(int percent) {
    return GOODS.stream().filter(product -> product.vat() == percent).toList();
  }

  /** A product that is in no system but the shop's: what an unknown SKU comes from. */
  static Product unlisted() {
    return new Product(
        "NW-GHOST-999",
        gtin(999),
        "Ghost lamp (discontinued)",
        Money.of("19.99", "USD"),
        Money.of("21.99", "EUR"),
        19,
        true,
        false,
        true,
        "H");
  }

  private static List<Product> goods() {
    List<Product> goods = new ArrayList<>();
    for (String[] row : ROWS) {
      goods.add(product(row, goods.size() + 1, true, false));
    }
    return List.copyOf(goods);
  }

  private static List<Product> food() {
    List<Product> food = new ArrayList<>();
    for (String[] row : FOOD_ROWS) {
      food.add(product(row, 200 + food.size(), false, row[6].equals("weighed")));
    }
    return List.copyOf(food);
  }

  private static Product product(String[] row, int number, boolean taxedInUs, boolean byWeight) {
    return new Product(
        row[0],
        gtin(number),
        row[1],
        Money.of(row[2], "USD"),
        Money.of(row[3], "EUR"),
        Integer.parseInt(row[4]),
        taxedInUs,
        byWeight,
        true,
        row[5]);
  }

  /** An EAN-13: twelve digits and the check digit (weights 1 and 3 in turn). */
  private static String gtin(int number) {
    String body = "4019876%05d".formatted(number);
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      sum += (body.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return body + (10 - sum % 10) % 10;
  }
}
