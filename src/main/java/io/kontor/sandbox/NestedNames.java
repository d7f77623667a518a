package io.kontor.sandbox;

/** Models whose full name is the path of their parents' names. */
final class NestedNames extends Rules {

  private final String parentField;
  private final String separator;

  NestedNames(String parentField, String separator) {
    this.parentField = parentField;
    this.separator = separator;
  }

  @Override
  Object compute(Env env, Row row, String field) {
    return displayName(env, row);
  }

  @Override
  String displayName(Env env, Row row) {
    Row parent = env.to(row, parentField);
    String name = String.valueOf(row.get("name"));
    return parent == null ? name : displayName(env, parent) + separator + name;
  }
}
