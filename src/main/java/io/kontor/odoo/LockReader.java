package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.failure.UnmappedFailure;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads which periods a company has closed, by the fields that its version of Odoo has. */
final class LockReader {

  private static final int BRANCHES_FROM = 17;
  private static final int HARD_LOCK_FROM = 18;

  /** How the names of the fields begin that say what holds for the user. */
  private static final String OF_USER = "user_";

  /** What these fields say where nothing is locked: Python's first day, as platforms write it. */
  private static final Set<String> NEVER = Set.of("1-01-01", "0001-01-01");

  private final OdooClient client;

  LockReader(OdooClient client) {
    this.client = client;
  }

  /**
   * The locks that concern entries of a journal: those on everything and on tax returns, and the
   * sales or purchase lock where the journal is for these. Those of parent companies are among
   * them; from 18 on Odoo says itself what holds for its user, exceptions included.
   */
  OdooLocks read(long company, long journal) {
    List<String> fields = new ArrayList<>(List.of("fiscalyear_lock_date", "tax_lock_date"));
    boolean ofUser = client.major() >= HARD_LOCK_FROM;
    if (ofUser) {
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
    for (JsonNode record :
        companies(company, ofUser ? fields.stream().map(OF_USER::concat).toList() : fields)) {
      for (String field : fields) {
        String day = Json.string(record.path(ofUser ? OF_USER + field : field));
        if (!day.isEmpty() && !NEVER.contains(day)) {
          locks.merge(
              field, LocalDate.parse(day), (one, other) -> one.isAfter(other) ? one : other);
        }
      }
    }
    return new OdooLocks(locks);
  }

  /** A company; in 17 also those that it is a branch of, whose locks are its own. */
  private List<JsonNode> companies(long company, List<String> fields) {
    return client.major() == BRANCHES_FROM
        ? client.searchRead(
            "res.company",
            List.of(List.of("id", "parent_of", company)),
            fields,
            Contexts.ofCompany(company))
        : List.of(first("res.company", company, fields, company));
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
