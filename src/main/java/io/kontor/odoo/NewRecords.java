package io.kontor.odoo;

import io.kontor.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Creates records by their external ids, and keeps account of them. Not thread-safe. */
final class NewRecords {

  private final OdooClient client;
  private final List<String> made = new ArrayList<>();

  NewRecords(OdooClient client) {
    this.client = client;
  }

  /**
   * Loads rows, each a record of its own whose first cell is its external id.
   *
   * @throws Failure the first thing that Odoo does not take
   */
  void load(
      String model, List<String> fields, List<List<String>> rows, Map<String, Object> context) {
    if (rows.isEmpty()) {
      return;
    }
    List<BatchLoad.Document> documents =
        rows.stream().map(row -> new BatchLoad.Document(row.get(0), List.of(row))).toList();
    BatchLoad.Outcome outcome = BatchLoad.load(client, model, fields, documents, context);
    made.addAll(outcome.ids().keySet());
    for (Failure failure : outcome.failures().values()) {
      throw failure;
    }
  }

  /** Forgets what was created so far. */
  void begin() {
    made.clear();
  }

  /** The external ids of what was created since it began, in that order. */
  List<String> made() {
    return List.copyOf(made);
  }
}
