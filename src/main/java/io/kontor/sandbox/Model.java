package io.kontor.sandbox;

import java.util.Map;

/**
 * One model: its fields and the behaviour that is special to it.
 *
 * @param order the default order of a search
 */
record Model(
    String name, String description, String order, Map<String, Field> fields, Rules rules) {

  boolean has(String field) {
    return fields.containsKey(field);
  }

  /** The field, or null. */
  Field find(String field) {
    return fields.get(field);
  }
}
