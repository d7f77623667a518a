package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.odoo.document.ExternalIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

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

  /**
   * Records whose database ids are known, archived ones among them, by external id; one deleted
   * meanwhile is not there.
   *
   * @param as makes of an external id and its record what is wanted of it
   */
  <T> Map<String, T> read(
      String model,
      Map<String, Long> ids,
      List<String> fields,
      BiFunction<String, JsonNode, T> as) {
    Map<Long, JsonNode> records = new HashMap<>();
    client
        .searchRead(
            model,
            List.of(List.of("id", "in", ids.values())),
            fields,
            Contexts.archivedToo(Contexts.QUIET))
        .forEach(record -> records.put(record.path("id").asLong(), record));
    Map<String, T> read = new LinkedHashMap<>();
    ids.forEach(
        (externalId, id) -> {
          JsonNode record = records.get(id);
          if (record != null) {
            read.put(externalId, as.apply(externalId, record));
          }
        });
    return read;
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
