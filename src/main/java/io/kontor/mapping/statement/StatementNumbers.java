package io.kontor.mapping.statement;

import io.kontor.mapping.statement.StatementLayout.DecimalSign;
import io.kontor.money.Decimals;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The numbers of one statement, in whatever way a country writes them: {@code 1234.56}, {@code
 * 1.234,56}, {@code 1 234,56}, {@code 1’234.56}, {@code 12.50-}, {@code (12.50)}, {@code € 12,50}.
 */
final class StatementNumbers {

  private static final int GROUP = 3;

  private final Set<DecimalSign> signs;

  /**
   * @param signs what may stand before decimals; where it may be either, the last of two different
   *     signs does, a sign that stands more than once groups thousands, and so does one comma
   *     before three digits at the end
   */
  StatementNumbers(Set<DecimalSign> signs) {
    this.signs = signs;
  }

  /** The number that a text means, if it means one. */
  Optional<BigDecimal> parse(String text, Optional<Currency> currency) {
    if (isPlain(text)) {
      return Optional.of(new BigDecimal(text));
    }
    String number = bare(text, currency);
    boolean negative = false;
    if (number.startsWith("(") && number.endsWith(")")) {
      negative = true;
      number = number.substring(1, number.length() - 1);
    } else if (number.endsWith("-")) {
      negative = true;
      number = number.substring(0, number.length() - 1);
    } else if (number.startsWith("-") || number.startsWith("+")) {
      negative = number.startsWith("-");
      number = number.substring(1);
    }
    try {
      BigDecimal amount = Decimals.parse(decimal(bare(number, currency)));
      boolean twice = negative && amount.signum() < 0;
      return twice ? Optional.empty() : Optional.of(negative ? amount.negate() : amount);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The plain form, which most numbers of a long file have, without a detour. */
  private boolean isPlain(String text) {
    if (!signs.contains(DecimalSign.POINT) || text.length() > 15) {
      return false;
    }
    int points = 0;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && digits > 0 && i + 1 < text.length()) {
        points++;
      } else if (c >= '0' && c <= '9') {
        digits++;
      } else if (c != '-' || i > 0) {
        return false;
      }
    }
    return points <= 1 && digits > 0;
  }

  /** Without blanks, apostrophes between digits, and the currency before or after. */
  private static String bare(String text, Optional<Currency> currency) {
    StringBuilder bare = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\u2212') {
        bare.append('-');
      } else if (!isFiller(c) && Character.getType(c) != Character.CURRENCY_SYMBOL) {
        bare.append(c);
      }
    }
    String number = bare.toString();
    if (currency.isPresent()) {
      String code = currency.get().getCurrencyCode();
      if (number.startsWith(code)) {
        return number.substring(code.length());
      }
      if (number.endsWith(code)) {
        return number.substring(0, number.length() - code.length());
      }
    }
    return number;
  }

  private static boolean isFiller(char c) {
    return c == '\'' || c == '\u2019' || Character.isSpaceChar(c) || Character.isWhitespace(c);
  }

  /** The same with a point before decimals and nothing else. */
  private String decimal(String number) {
    int comma = number.lastIndexOf(',');
    int point = number.lastIndexOf('.');
    boolean byComma;
    if (signs.size() == 1) {
      byComma = signs.contains(DecimalSign.COMMA);
    } else if (comma >= 0 && point >= 0) {
      byComma = comma > point;
    } else if (comma >= 0) {
      byComma = number.indexOf(',') == comma && number.length() - comma - 1 != GROUP;
    } else {
      byComma = point >= 0 && number.indexOf('.') != point;
    }
    char decimal = byComma ? ',' : '.';
    char group = byComma ? '.' : ',';
    return grouped(number, decimal, group) ? plain(number, decimal, group) : "";
  }

  private static String plain(String number, char decimal, char group) {
    return number.replace(String.valueOf(group), "").replace(decimal, '.');
  }

  /** Whether the signs between thousands stand where some country puts them: 12,34,567 in India. */
  private static boolean grouped(String number, char decimal, char group) {
    int end = number.indexOf(decimal);
    String whole = end < 0 ? number : number.substring(0, end);
    if (end >= 0 && number.indexOf(group, end) >= 0) {
      return false;
    }
    String[] groups = whole.split(Pattern.quote(String.valueOf(group)), -1);
    for (int i = 1; i < groups.length; i++) {
      int digits = groups[i].length();
      if (digits != GROUP && (i == groups.length - 1 || digits != GROUP - 1)) {
        return false;
      }
    }
    return groups.length == 1 || (!groups[0].isEmpty() && groups[0].length() <= GROUP);
  }
}
