package io.kontor.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns what came over the wire into what a field stores. */
final class Conversion {

  static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private Conversion() {}

  /** What an unset field holds; null stands for False. */
  static Object nothing(Field field) {
    return switch (field.type()) {
      case BOOLEAN -> false;
      case INTEGER -> 0;
      case FLOAT, MONETARY -> BigDecimal.ZERO;
      case MANY2MANY, ONE2MANY -> List.of();
      default -> null;
    };
  }

  /**
   * The stored form of a value of any field but the x2many ones.
   *
   * @throws OdooFault if the field cannot hold it
   */
  static Object scalar(Env env, String model, Field field, Object value) {
    if (field.type() == Field.Type.BOOLEAN) {
      return Values.truth(value);
    }
    if (value == null || value.equals(false) || value.equals("")) {
      return nothing(field);
    }
    return switch (field.type()) {
      case INTEGER -> Values.decimal(value).intValue();
      case FLOAT, MONETARY -> round(field, Values.decimal(value));
      case DATE -> date(String.valueOf(value));
      case DATETIME -> dateTime(String.valueOf(value));
      case SELECTION -> selected(model, field, String.valueOf(value));
      case MANY2ONE -> reference(env, model, field, value);
      default -> String.valueOf(value);
    };
  }

  private static BigDecimal round(Field field, BigDecimal value) {
    String digits = field.flags().get("digits");
    return digits == null ? value : value.setScale(Integer.parseInt(digits), RoundingMode.HALF_UP);
  }

  static String date(String text) {
    try {
      return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text).toString();
    } catch (DateTimeException e) {
      throw OdooFault.value("time data '" + text + "' does not match format '%Y-%m-%d'");
    }
  }

  static String dateTime(String text) {
    try {
      String whole = text.length() == 10 ? text + " 00:00:00" : text;
      return LocalDateTime.parse(whole, DATE_TIME).format(DATE_TIME);
    } catch (DateTimeException e) {
      throw OdooFault.value("time data '" + text + "' does not match format '%Y-%m-%d %H:%M:%S'");
    }
  }

  private static String selected(String model, Field field, String value) {
    if (!field.options().contains(value)) {
      throw OdooFault.value("Wrong value for %s.%s: '%s'".formatted(model, field.name(), value));
    }
    return value;
  }

  private static Integer reference(Env env, String model, Field field, Object value) {
    if (!(value instanceof Number number)) {
      throw OdooFault.value("Wrong value for %s.%s: %s".formatted(model, field.name(), value));
    }
    return env.row(field.target(), number.intValue()).id();
  }

  /** What a many2many holds after a list of commands or of plain ids. */
  static List<Integer> linked(Env env, Field field, List<Integer> before, Object value) {
    Set<Integer> ids = new LinkedHashSet<>(before);
    if (!Values.truth(value)) {
      return List.of();
    }
    List<Object> commands = Values.list(value);
    if (commands.get(0) instanceof Number) {
      return Values.ids(value);
    }
    for (Object item : commands) {
      List<Object> command = Values.list(item);
      int code = Values.decimal(command.get(0)).intValue();
      Object second = command.size() > 1 ? command.get(1) : null;
      switch (code) {
        case 0 -> ids.add(env.create(field.target(), Values.map(command.get(2))));
        case 1 -> env.write(field.target(), Values.ids(second).get(0), Values.map(command.get(2)));
        case 2, 3 -> ids.removeAll(Values.ids(second));
        case 4 -> ids.addAll(Values.ids(second));
        case 5 -> ids.clear();
        case 6 -> {
          ids.clear();
          ids.addAll(Values.ids(command.get(2)));
        }
        default -> throw OdooFault.value("Unknown command " + code);
      }
    }
    ids.forEach(id -> env.row(field.target(), id));
    return List.copyOf(ids);
  }
}
