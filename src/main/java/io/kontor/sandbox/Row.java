package io.kontor.sandbox;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One stored record: only the fields that are stored, immutable. */
record Row(String model, int id, Map<String, Object> values) {

  Row {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  Object get(String field) {
    return values.get(field);
  }

  Row with(Map<String, Object> changes) {
    Map<String, Object> merged = new LinkedHashMap<>(values);
    merged.putAll(changes);
    return new Row(model, id, merged);
  }
}
