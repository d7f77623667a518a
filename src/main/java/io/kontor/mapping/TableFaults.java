package io.kontor.mapping;

import io.kontor.ledger.Account;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong in the tables, so that all of it can be said at once. */
final class TableFaults {

  private final List<String> all = new ArrayList<>();

  void add(String place, String what) {
    all.add(place + ": " + what);
  }

  List<String> all() {
    return List.copyOf(all);
  }

  /** Notes a path that is no account; whether it is one. */
  boolean requireAccount(String place, String path) {
    try {
      new Account(path);
      return true;
    } catch (IllegalArgumentException e) {
      add(place, e.getMessage());
      return false;
    }
  }

  void throwIfAny() {
    if (!all.isEmpty()) {
      throw new InvalidMappingsException(all());
    }
  }
}
