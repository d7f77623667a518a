package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.failure.UnmappedFailure;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads which periods a company has closed, by the fields that its version of Odoo has. */
final class LockReader {

  private static final int HARD_LOCK_FROM = 18;

  private final OdooClient client;

  LockReader(OdooClient client) {
    this.client = client;
  }

  /**
   * The locks that concern entries of a journal: those on everything and on tax returns, and the
   * sales or purchase lock where the journal is for these.
   */
  OdooLocks read(long company, long journal) {
    List<String> fields = new ArrayList<>(List.of("fiscalyear_lock_date", "tax_lock_date"));
    if (client.major() >= HARD_LOCK_FROM) {
      fields.add("hard_lock_date");
      switch (type(company, journal)) {
        case "sale" -> fields.add("sale_lock_date");
        case "purchase" -> fields.add("purchase_lock_date");
        default -> {
          // Journals for other entries have no lock of their own.
        }
      }
    } else {
      fields.add("period_lock_date");
    }
    SortedMap<String, LocalDate> locks = new TreeMap<>();
    JsonNode record = first("res.company", company, fields, company);
    for (String field : fields) {
      String day = Json.string(record.path(field));
      if (!day.isEmpty()) {
        locks.put(field, LocalDate.parse(day));
      }
    }
    return new OdooLocks(locks);
  }

  private String type(long company, long journal) {
    return first("account.journal", journal, List.of("type"), company).path("type").asText();
  }

  private JsonNode first(String model, long id, List<String> fields, long company) {
    return client
        .searchRead(model, List.of(List.of("id", "=", id)), fields, Contexts.ofCompany(company))
        .stream()
        .findFirst()
        .orElseThrow(
            () ->
                new UnmappedFailure(
                    "unknown-" + model.substring(model.indexOf('.') + 1),
                    Long.toString(id),
                    "Odoo has no %s %d any more".formatted(model, id)));
  }
}
