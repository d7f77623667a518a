package io.kontor.app.command;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How days, months and numbers are typed, and what is said of those that are none. */
final class Typed {

  private Typed() {}

  static void register(CommandLine line) {
    line.registerConverter(LocalDate.class, as(LocalDate::parse, "a day such as 2026-11-20"));
    line.registerConverter(YearMonth.class, as(YearMonth::parse, "a month such as 2026-11"));
    line.registerConverter(Long.class, as(Long::valueOf, "a number such as 13"));
    line.registerConverter(Integer.class, as(Integer::valueOf, "a number such as 13"));
    line.registerConverter(int.class, as(Integer::valueOf, "a number such as 13"));
  }

  private static <T> ITypeConverter<T> as(Function<String, T> reading, String expected) {
    return text -> {
      try {
        return reading.apply(text);
      } catch (DateTimeException | NumberFormatException e) {
        throw new TypeConversionException("'%s' is not %s".formatted(text, expected));
      }
    };
  }
}
