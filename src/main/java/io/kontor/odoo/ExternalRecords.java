package io.kontor.odoo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Odoo's table of external ids ({@code ir.model.data}), read in both directions. */
final class ExternalRecords {

  private static final String MODEL = "ir.model.data";

  private final OdooClient client;

  ExternalRecords(OdooClient client) {
    this.client = client;
  }

  /** Database ids by external id, of one model; what is missing is not in the map. */
  Map<String, Long> ids(Collection<String> externalIds, String model) {
    Map<String, Long> found = new HashMap<>();
    Map<String, List<String>> namesByModule = new TreeMap<>();
    for (String externalId : externalIds) {
      namesByModule
          .computeIfAbsent(ExternalIds.moduleOf(externalId), m -> new ArrayList<>())
          .add(ExternalIds.nameOf(externalId));
    }
    namesByModule.forEach(
        (module, names) ->
            client
                .searchRead(
                    MODEL,
                    List.of(
                        List.of("module", "=", module),
                        List.of("model", "=", model),
                        List.of("name", "in", names)),
                    List.of("name", "res_id"),
                    Map.of())
                .forEach(
                    record ->
                        found.put(
                            module + "." + record.path("name").asText(),
                            record.path("res_id").asLong())));
    return found;
  }

  /** Kontor's external ids by database id, of one model. */
  Map<Long, String> names(Collection<Long> ids, String model) {
    Map<Long, String> found = new HashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    client
        .searchRead(
            MODEL,
            List.of(
                List.of("module", "=", ExternalIds.MODULE),
                List.of("model", "=", model),
                List.of("res_id", "in", ids)),
            List.of("name", "res_id"),
            Map.of())
        .forEach(
            record ->
                found.put(
                    record.path("res_id").asLong(),
                    ExternalIds.MODULE + "." + record.path("name").asText()));
    return found;
  }
}
