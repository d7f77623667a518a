package io.kontor.sandbox.day;

import java.util.List;
import java.util.Locale;

/** Who buys. */
record Buyer(long id, String first, String last, String street, Place place) {

  private static final List<String> FIRST =
      List.of(
          "Ada", "Bruno", "Clara", "David", "Edith", "Felix", "Greta", "Hugo", "Ida", "Jonas",
          "Käthe", "Liam", "Mara", "Noah", "Olga", "Paul", "Rosa", "Sven", "Tess", "Umut");

  private static final List<String> LAST =
      List.of(
          "Albers",
          "Becker",
          "Carter",
          "Dietz",
          "Ellis",
          "Fischer",
          "Grant",
          "Hayes",
          "Jansen",
          "Keller",
          "Lorenz",
          "Moore",
          "Nolan",
          "O'Brien",
          "Petersen",
          "Quinn",
          "Reyes",
          "Schröder",
          "Turner",
          "Weiß");

  private static final List<String> STREETS_US =
      List.of("Chestnut Street", "Main Street", "Oak Avenue", "River Road", "2nd Street");

  private static final List<String> STREETS_DE =
      List.of("Lindenallee", "Hafenstraße", "Am Markt", "Bergweg", "Mühlenstraße");

  static Buyer someone(Dice dice, long id, List<Place> places) {
    Place place = dice.pick(places);
    int house = dice.between(1, 199);
    String street =
        place.country().equals("US")
            ? house + " " + dice.pick(STREETS_US)
            : dice.pick(STREETS_DE) + " " + house;
    return new Buyer(id, dice.pick(FIRST), dice.pick(LAST), street, place);
  }

  String name() {
    return first + " " + last;
  }

  String email() {
    String plain = (first + "." + last).toLowerCase(Locale.ROOT).replaceAll("[^a-z.]", "");
    return plain + "." + id % 1000 + "@example.com";
  }
}
