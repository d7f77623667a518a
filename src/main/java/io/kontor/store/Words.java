package io.kontor.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The constants of an enumeration as people write them. */
final class Words {

  private Words() {}

  /**
   * The constant of that word.
   *
   * @param what what it is, for the message
   * @throws IllegalArgumentException if there is none: says which there are
   */
  static <E extends Enum<E>> E constant(Class<E> kind, String what, String word) {
    return Arrays.stream(kind.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no %s '%s'; there are %s".formatted(what, word, all(kind))));
  }

  private static <E extends Enum<E>> String all(Class<E> kind) {
    return Arrays.stream(kind.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
