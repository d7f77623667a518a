package io.kontor.sandbox;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads untyped JSON values as Python would: false, null, zero and emptiness count as nothing. */
final class Values {

  private Values() {}

  /** A mutable copy; empty if it is no object. */
  static Map<String, Object> map(Object value) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> source) {
      source.forEach((key, item) -> copy.put(String.valueOf(key), item));
    }
    return copy;
  }

  /** A mutable copy; empty if it is no array. */
  static List<Object> list(Object value) {
    List<Object> copy = new ArrayList<>();
    if (value instanceof List<?> source) {
      copy.addAll(source);
    }
    return copy;
  }

  /** Record ids: an array of numbers, or one number. */
  static List<Integer> ids(Object value) {
    List<Integer> ids = new ArrayList<>();
    if (value instanceof Number number) {
      ids.add(number.intValue());
    }
    for (Object item : list(value)) {
      if (item instanceof Number number) {
        ids.add(number.intValue());
      }
    }
    return ids;
  }

  static List<String> strings(Object value) {
    List<String> strings = new ArrayList<>();
    for (Object item : list(value)) {
      strings.add(String.valueOf(item));
    }
    return strings;
  }

  static boolean truth(Object value) {
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof Number number) {
      return decimal(number).signum() != 0;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof List<?> items) {
      return !items.isEmpty();
    }
    return true;
  }

  static BigDecimal decimal(Object value) {
    if (value instanceof BigDecimal exact) {
      return exact;
    }
    if (value instanceof BigInteger exact) {
      return new BigDecimal(exact);
    }
    if (value instanceof Number number) {
      return BigDecimal.valueOf(number.longValue());
    }
    if (value instanceof String text && !text.isEmpty()) {
      try {
        return new BigDecimal(text.strip());
      } catch (NumberFormatException e) {
        throw OdooFault.value("could not convert string to float: '" + text + "'");
      }
    }
    return BigDecimal.ZERO;
  }

  static String text(Object value) {
    return truth(value) ? String.valueOf(value) : "";
  }
}
