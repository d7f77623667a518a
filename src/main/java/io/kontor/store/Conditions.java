package io.kontor.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of a query and their parameters, added one by one. */
final class Conditions {

  /** That an entry {@code e} is of a refund, whatever sign its correction has. */
  static final String OF_REFUND = "RIGHT(e.rule, 9) = '/refunded'";

  /** That an entry {@code e} is of what finance wrote off. */
  static final String OF_WRITE_OFF = "RIGHT(e.rule, 12) = '/written-off'";

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  /**
   * That a column begins with its one parameter. Neither is LIKE, whose pattern H2 prepares anew
   * for each row, nor LEFT, of which PostgreSQL takes it that a handful of rows are meant.
   */
  static String beginsWith(Tx tx, String column) {
    return (tx.embedded() ? "LOCATE(?, %s) = 1" : "starts_with(%s, ?)").formatted(column);
  }

  /** A condition with one parameter, if there is a value for it. */
  Conditions and(String condition, Optional<?> value) {
    value.ifPresent(
        v -> {
          conditions.add(condition);
          parameters.add(v);
        });
    return this;
  }

  Conditions and(String condition) {
    conditions.add(condition);
    return this;
  }

  /** Empty if there is no condition. */
  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** The parameters of the conditions, and further ones after them. */
  Object[] parameters(Object... more) {
    List<Object> all = new ArrayList<>(parameters);
    all.addAll(List.of(more));
    return all.toArray();
  }
}
