package io.kontor.mapping.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a code and its marketplace, as a table row means them. Letters and digits alone
 * count, in either case: vendors write {@code Micro Deposit}, {@code MicroDeposit} and {@code
 * MICRO_DEPOSIT} for one thing.
 *
 * @param words the marketplace and then the words of the code from the last to the first: in the
 *     order in which they decide which of two patterns is the narrower; with {@code *} at the end
 *     where any ending will do, and {@code **} for a word that somebody wrote freely
 */
record CodePattern(List<String> words) {

  private static final String ANY = "*";

  /** Any word too, and one that somebody wrote freely: what it happens to be decides nothing. */
  private static final String FREE = "**";

  CodePattern {
    words = List.copyOf(words);
  }

  /** A pattern of a table row; no marketplace means any. */
  static CodePattern of(String code, String marketplace) {
    List<String> words = new ArrayList<>();
    words.add(marketplace.isBlank() ? ANY : pattern(marketplace));
    String[] parts = code.split("/", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      words.add(pattern(parts[i]));
    }
    return new CodePattern(words);
  }

  /** The words of a line, in the order of patterns. */
  static List<String> words(String code, String marketplace) {
    List<String> words = new ArrayList<>();
    words.add(plain(marketplace));
    String[] parts = code.split("/", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      words.add(plain(parts[i]));
    }
    return words;
  }

  private static String pattern(String word) {
    String text = word.strip();
    if (text.equals(FREE)) {
      return FREE;
    }
    return text.endsWith(ANY) ? plain(text) + ANY : plain(text);
  }

  private static String plain(String word) {
    StringBuilder plain = new StringBuilder(word.length());
    word.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  boolean matches(List<String> line) {
    if (line.size() != words.size()) {
      return false;
    }
    for (int i = 0; i < words.size(); i++) {
      if (!matches(words.get(i), line.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String pattern, String word) {
    if (pattern.equals(FREE)) {
      return true;
    }
    return pattern.endsWith(ANY)
        ? word.regionMatches(0, pattern, 0, pattern.length() - 1)
        : pattern.equals(word);
  }

  /** Whether this is the narrower of two patterns that match one line. */
  boolean isNarrowerThan(CodePattern other) {
    for (int i = 0; i < words.size(); i++) {
      int difference = Integer.compare(narrowness(words.get(i)), narrowness(other.words.get(i)));
      if (difference != 0) {
        return difference > 0;
      }
    }
    return false;
  }

  /** No word is narrower than one that was written freely: the words before it decide then. */
  private static int narrowness(String word) {
    return word.endsWith(ANY) && !word.equals(FREE) ? word.length() : Integer.MAX_VALUE;
  }
}
