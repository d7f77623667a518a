package io.kontor.sandbox;

import java.util.List;
import java.util.Map;

/**
 * One field of a model.
 *
 * @param target the other model of a relation, else empty
 * @param inverse the other model's field that points back, of a one2many, else empty
 * @param options what a selection may hold
 * @param flags what else is known: required, computed, related, default, digits
 */
record Field(
    String name,
    Type type,
    String label,
    String target,
    String inverse,
    List<String> options,
    Map<String, String> flags) {

  enum Type {
    CHAR,
    TEXT,
    INTEGER,
    FLOAT,
    MONETARY,
    BOOLEAN,
    DATE,
    DATETIME,
    SELECTION,
    MANY2ONE,
    ONE2MANY,
    MANY2MANY
  }

  boolean required() {
    return flags.containsKey("required");
  }

  boolean computed() {
    return flags.containsKey("computed");
  }

  boolean related() {
    return flags.containsKey("related");
  }

  /** The path of a related field, such as {@code order_id.company_id}. */
  String path() {
    return flags.get("related");
  }

  boolean stored() {
    return !computed() && !related() && type != Type.ONE2MANY;
  }

  boolean indexed() {
    return stored() && (type == Type.MANY2ONE || flags.containsKey("indexed"));
  }

  boolean relational() {
    return type == Type.MANY2ONE || type == Type.ONE2MANY || type == Type.MANY2MANY;
  }

  boolean many() {
    return type == Type.ONE2MANY || type == Type.MANY2MANY;
  }

  boolean decimal() {
    return type == Type.FLOAT || type == Type.MONETARY;
  }
}
