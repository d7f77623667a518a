package io.kontor.words;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The constants of an enumeration as documents, tables, rows and people write them: in lower case,
 * with hyphens.
 */
public final class Words {

  private Words() {}

  /** The word of a constant: {@code gift-card}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The constant of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static <E extends Enum<E>> E constant(Class<E> kind, String word) {
    return Enum.valueOf(kind, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * The constant of a word that a person gave.
   *
   * @param what what it is, for the message
   * @throws IllegalArgumentException if there is none: says which there are
   */
  public static <E extends Enum<E>> E constant(Class<E> kind, String what, String word) {
    return Arrays.stream(kind.getEnumConstants())
        .filter(constant -> of(constant).equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no %s '%s'; there are %s".formatted(what, word, all(kind))));
  }

  /** The first of some names, and how many more there are: {@code a, b and 3 more}. */
  public static String some(List<String> names, int most) {
    return names.size() <= most
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(String.join(", ", names.subList(0, most)), names.size() - most);
  }

  private static <E extends Enum<E>> String all(Class<E> kind) {
    return Arrays.stream(kind.getEnumConstants()).map(Words::of).collect(Collectors.joining(", "));
  }
}
