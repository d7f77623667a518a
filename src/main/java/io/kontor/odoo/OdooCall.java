package io.kontor.odoo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One method of one model, in neither dialect.
 *
 * @param ids the records it is called on; empty for a method of the model itself
 * @param arguments by name, in the method's own order
 * @param context Odoo's context
 */
record OdooCall(
    String model,
    String method,
    List<Long> ids,
    Map<String, Object> arguments,
    Map<String, Object> context) {

  private static final Set<String> READS =
      Set.of(
          "search",
          "search_read",
          "search_count",
          "read",
          "context_get",
          "fields_get",
          "formatted_read_group",
          "read_group");

  OdooCall {
    ids = List.copyOf(ids);
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    context = Map.copyOf(context);
  }

  static OdooCall onModel(String model, String method, Map<String, Object> arguments) {
    return new OdooCall(model, method, List.of(), arguments, Map.of());
  }

  static OdooCall onRecords(String model, String method, List<Long> ids) {
    return new OdooCall(model, method, ids, Map.of(), Map.of());
  }

  OdooCall with(Map<String, Object> context) {
    return new OdooCall(model, method, ids, arguments, context);
  }

  /** Whether it changes nothing, so that a time-out leaves nothing in doubt. */
  boolean isRead() {
    return READS.contains(method) || model.equals("common");
  }

  String name() {
    return model + "." + method;
  }
}
