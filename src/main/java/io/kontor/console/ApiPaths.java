package io.kontor.console;

import java.util.List;
import java.util.Optional;

/** Everything that there is under {@code /api}, and whether it is read or done; * is any name. */
final class ApiPaths {

  static final String READ = "GET";
  static final String DO = "POST";

  private static final List<String> READ_AT =
      List.of(
          "",
          "desk",
          "desk/*",
          "desk/*/document",
          "batches",
          "batches/show",
          "batches/reversal",
          "settlements",
          "settlements/*/*",
          "settlements/*/*/lines",
          "open-orders/*",
          "nights",
          "nights/progress",
          "periods",
          "tie-out",
          "tie-out/progress",
          "journal",
          "status",
          "waiting",
          "audit");

  private static final List<String> DONE_AT =
      List.of(
          "desk/*/retry",
          "desk/*/replace",
          "desk/*/edit",
          "desk/*/skip",
          "desk/*/resolve",
          "desk/*/assign",
          "batches/approve",
          "batches/reject",
          "deliveries/again",
          "settle",
          "periods/lock",
          "periods/unlock",
          "import/*/*",
          "settlements/*/*/withdraw",
          "open-orders/*/write-off",
          "replay");

  private ApiPaths() {}

  /** By which method a place is asked; empty if there is no such place. */
  static Optional<String> method(List<String> path) {
    if (READ_AT.stream().anyMatch(place -> fits(place, path))) {
      return Optional.of(READ);
    }
    return DONE_AT.stream().anyMatch(place -> fits(place, path))
        ? Optional.of(DO)
        : Optional.empty();
  }

  private static boolean fits(String place, List<String> path) {
    List<String> names = place.isEmpty() ? List.of() : List.of(place.split("/", -1));
    if (names.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).equals("*") && !names.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }
}
