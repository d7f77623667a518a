package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.failure.Failure;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Loads documents by external id, several at once, and takes out the ones Odoo will not have.
 *
 * <p>One bad row rejects a whole {@code load}; its messages name the rows, so the guilty documents
 * are refused with the message and the rest is sent again.
 */
final class BatchLoad {

  /** A document: the rows of its main record and lines, the first of which begins with its id. */
  record Document(String externalId, List<List<String>> rows) {}

  /**
   * What became of each document.
   *
   * @param ids database ids by external id
   * @param failures why the others are not there, by external id; in the case of {@code
   *     odoo-contended} the same load may be tried at once, after looking again
   */
  record Outcome(Map<String, Long> ids, Map<String, Failure> failures) {

    /**
     * Where a document was refused because somebody else wrote it since it was looked up, it is not
     * poison: it is to be looked up again.
     *
     * @param existing tells which of some external ids are there now
     */
    Outcome lookedUpAgain(Function<Set<String>, Set<String>> existing) {
      Set<String> refused = new TreeSet<>();
      failures.forEach(
          (externalId, failure) -> {
            if (failure instanceof RejectedFailure) {
              refused.add(externalId);
            }
          });
      if (refused.isEmpty()) {
        return this;
      }
      Map<String, Failure> reconsidered = new LinkedHashMap<>(failures);
      existing
          .apply(refused)
          .forEach(
              externalId ->
                  reconsidered.put(
                      externalId,
                      new TransientFailure(
                          CONTENDED, externalId, "written by somebody else in the meantime")));
      return new Outcome(ids, reconsidered);
    }

    boolean foundPoison() {
      return failures.values().stream()
          .anyMatch(f -> !(f instanceof TransientFailure || f instanceof InDoubtFailure));
    }
  }

  static final String CONTENDED = "odoo-contended";

  private final OdooClient client;
  private final String model;
  private final List<String> fields;
  private final Map<String, Object> context;
  private final Map<String, Long> ids = new LinkedHashMap<>();
  private final Map<String, Failure> failures = new LinkedHashMap<>();

  private BatchLoad(
      OdooClient client, String model, List<String> fields, Map<String, Object> context) {
    this.client = client;
    this.model = model;
    this.fields = fields;
    this.context = context;
  }

  /** Loads documents of different external ids; throws nothing. */
  static Outcome load(
      OdooClient client,
      String model,
      List<String> fields,
      List<Document> documents,
      Map<String, Object> context) {
    BatchLoad load = new BatchLoad(client, model, fields, context);
    List<Document> remaining = documents;
    // Each turn either ends the work or takes at least one document out.
    while (!remaining.isEmpty()) {
      remaining = load.send(remaining);
    }
    return new Outcome(load.ids, load.failures);
  }

  /** Sends the documents; returns those worth sending again without the guilty ones. */
  private List<Document> send(List<Document> documents) {
    List<List<String>> rows = new ArrayList<>();
    List<Document> owners = new ArrayList<>();
    for (Document document : documents) {
      for (List<String> row : document.rows()) {
        rows.add(row);
        owners.add(document);
      }
    }
    ObjectNode answer;
    try {
      answer = client.load(model, fields, rows, context);
    } catch (RejectedFailure e) {
      return isolate(documents, e);
    } catch (Failure e) {
      documents.forEach(document -> failures.put(document.externalId(), e));
      return List.of();
    }
    if (answer.path("ids").isArray()) {
      return succeed(documents, Json.longs(answer.path("ids")));
    }
    return takeOutGuilty(documents, owners, answer.path("messages"));
  }

  private List<Document> succeed(List<Document> documents, List<Long> loaded) {
    if (loaded.size() != documents.size()) {
      // Nobody knows which id is whose: look them up, one by one, before anything else.
      String text =
          "%s.load of %d documents returned %d ids"
              .formatted(model, documents.size(), loaded.size());
      documents.forEach(
          document ->
              failures.put(
                  document.externalId(),
                  new InDoubtFailure("odoo-no-answer", document.externalId(), text)));
      return List.of();
    }
    for (int i = 0; i < loaded.size(); i++) {
      ids.put(documents.get(i).externalId(), loaded.get(i));
    }
    return List.of();
  }

  /** The whole call was refused without naming a row: one by one, each answers for itself. */
  private List<Document> isolate(List<Document> documents, RejectedFailure refusal) {
    if (documents.size() == 1) {
      failures.put(documents.get(0).externalId(), refusal);
      return List.of();
    }
    documents.forEach(document -> send(List.of(document)));
    return List.of();
  }

  private List<Document> takeOutGuilty(
      List<Document> documents, List<Document> owners, JsonNode messages) {
    Map<Document, Set<String>> guilty = new LinkedHashMap<>();
    Set<String> unplaced = new LinkedHashSet<>();
    boolean contended = false;
    for (JsonNode message : messages) {
      String text = message.path("message").asText().strip();
      int row = message.path("rows").path("from").asInt(-1);
      if (message.path("type").asText().equals("warning")) {
        continue;
      }
      if (Faults.isContention(text)) {
        contended = true;
      } else if (row >= 0 && row < owners.size()) {
        guilty.computeIfAbsent(owners.get(row), d -> new LinkedHashSet<>()).add(text);
      } else {
        unplaced.add(text);
      }
    }
    Document first = documents.get(0);
    boolean firstAlone = documents.size() > 1 && guilty.remove(first) != null;
    guilty.forEach((document, texts) -> refuse(document, String.join("; ", texts)));
    List<Document> rest =
        documents.stream()
            .filter(d -> !guilty.containsKey(d) && !(firstAlone && d.equals(first)))
            .toList();
    if (contended) {
      TransientFailure again =
          new TransientFailure(CONTENDED, model, "another transaction wrote the same records");
      rest.forEach(document -> failures.put(document.externalId(), again));
      if (firstAlone) {
        failures.put(first.externalId(), again);
      }
      return List.of();
    }
    if (firstAlone) {
      // Odoo names the first row for what it finds at the end of the whole load, too.
      send(List.of(first));
    } else if (guilty.isEmpty()) {
      String text = unplaced.isEmpty() ? "load was refused" : String.join("; ", unplaced);
      return isolate(documents, new RejectedFailure("odoo-refused", model, text));
    }
    return rest;
  }

  private void refuse(Document document, String text) {
    failures.put(
        document.externalId(), new RejectedFailure("odoo-refused", document.externalId(), text));
  }
}
