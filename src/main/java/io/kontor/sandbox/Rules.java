package io.kontor.sandbox;

import java.util.Map;

/** What is special to one model. Each hook does nothing unless the model says otherwise. */
class Rules {

  /** The rules of a model that has none. */
  static final Rules NONE = new Rules();

  /** Completes or refuses the values of a new record. */
  void beforeCreate(Env env, Map<String, Object> values) {}

  /** Follows up on a new record, its lines included. */
  void created(Env env, int id, Map<String, Object> values) {}

  /** Completes or refuses a change. */
  void beforeWrite(Env env, Row row, Map<String, Object> values) {}

  /** Follows up on a change, lines included. */
  void written(Env env, Row before, Map<String, Object> values) {}

  /** Refuses a deletion or deletes what hangs on the record. */
  void beforeUnlink(Env env, Row row) {}

  /** The value of a field that is computed on reading. */
  Object compute(Env env, Row row, String field) {
    throw new IllegalStateException("no rule computes " + row.model() + "." + field);
  }

  String displayName(Env env, Row row) {
    Object name = row.get("name");
    return name == null ? row.model() + "," + row.id() : name.toString();
  }

  /** Adds the methods that this model has beside the ones that every model has. */
  void methods(Methods methods) {}
}
