package io.kontor.sandbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code load} of records by external id: an upsert that is all or nothing.
 *
 * <p>As in Odoo, all records are first written together; only if that fails, one by one, to learn
 * which rows are guilty. When the first try fails with a user error, its message is also reported
 * on the first record of the batch, innocent or not.
 */
final class LoadImport {

  static final String CONCURRENT_UPDATE = "could not serialize access due to concurrent update";

  private record Pending(
      String externalId, Map<String, Object> values, Map<String, Object> place) {}

  private final Env env;
  private final Model model;
  private final Concurrency.Snapshot snapshot;
  private final List<Pending> batch = new ArrayList<>();
  private final Set<String> batchExternalIds = new HashSet<>();
  private final List<Integer> ids = new ArrayList<>();
  private final List<Map<String, Object>> messages = new ArrayList<>();
  private final int begin;

  LoadImport(Env env, String model, Concurrency.Snapshot snapshot) {
    this.env = env;
    this.model = env.model(model);
    this.snapshot = snapshot;
    this.begin = env.odoo().records().savepoint();
  }

  /** Loads a matrix of cells and says what happened, as Odoo says it. */
  Map<String, Object> load(List<String> columns, List<List<Object>> data) {
    Records records = env.odoo().records();
    List<List<String>> paths = columns.stream().map(ImportCells::path).toList();
    ImportConverter converter = new ImportConverter(env, this::flushBefore);
    int record = 0;
    for (ImportCells.Extracted extracted : ImportCells.extract(env, model.name(), paths, data)) {
      Map<String, Object> place = new LinkedHashMap<>();
      place.put("rows", Map.of("from", extracted.from(), "to", extracted.to()));
      place.put("record", record++);
      Map<String, Object> values =
          converter.convert(
              model, extracted.cells(), (field, fault) -> logCell(place, field, fault));
      enqueue(extracted.cells(), values, place);
    }
    flush();
    boolean failed = messages.stream().anyMatch(message -> "error".equals(message.get("type")));
    if (failed) {
      records.rollback(begin);
    }
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("ids", failed ? (Object) false : ids);
    outcome.put("messages", messages);
    outcome.put("nextrow", 0);
    return outcome;
  }

  private void enqueue(
      Map<String, Object> cells, Map<String, Object> values, Map<String, Object> place) {
    String externalId = Values.text(cells.get("id"));
    if (!externalId.isEmpty()) {
      String whole = externalId.contains(".") ? externalId : "__import__." + externalId;
      batchExternalIds.add(whole);
      batch.add(new Pending(whole, values, place));
      return;
    }
    if (Values.truth(cells.get(".id"))) {
      int id = Values.decimal(cells.get(".id")).intValue();
      if (env.search(model.name(), List.of(List.of("id", "=", id))).isEmpty()) {
        Map<String, Object> unknown = message(place, "Unknown database identifier '" + id + "'");
        unknown.put("field", ".id");
        messages.add(unknown);
      } else {
        values.put("id", id);
      }
    }
    batch.add(new Pending("", values, place));
  }

  /** Writes what is pending if one of its external ids is about to be looked up. */
  private void flushBefore(String externalId) {
    if (batchExternalIds.contains(externalId)) {
      flush();
    }
  }

  private void flush() {
    List<Pending> pending = List.copyOf(batch);
    batch.clear();
    batchExternalIds.clear();
    if (pending.isEmpty()) {
      return;
    }
    Records records = env.odoo().records();
    int savepoint = records.savepoint();
    int idsBefore = ids.size();
    Map<String, Object> together = null;
    try {
      for (Pending one : pending) {
        ids.add(write(one));
      }
      return;
    } catch (OdooFault fault) {
      records.rollback(savepoint);
      ids.subList(idsBefore, ids.size()).clear();
      if (fault.isUserError()) {
        together = message(pending.get(0).place(), fault.getMessage());
      }
    }
    int before = messages.size();
    boolean errors = oneByOne(pending);
    if (together != null) {
      nameUnbalanced(together, messages.subList(before, messages.size()));
    }
    if (errors && together != null && !messages.contains(together)) {
      messages.add(0, together);
    }
  }

  /** Written together, several unbalanced entries are refused in one sentence of their own. */
  private static void nameUnbalanced(
      Map<String, Object> together, List<Map<String, Object>> single) {
    Object text = together.get("message");
    long unbalanced =
        single.stream().filter(message -> text.equals(message.get("message"))).count();
    if (AccountMoves.UNBALANCED.equals(text) && unbalanced > 1) {
      together.put(
          "message",
          "The following entries are unbalanced:\n\n" + "  - False\n".repeat((int) unbalanced));
    }
  }

  private boolean oneByOne(List<Pending> pending) {
    Records records = env.odoo().records();
    int errors = 0;
    for (int index = 0; index < pending.size(); index++) {
      int savepoint = records.savepoint();
      try {
        ids.add(write(pending.get(index)));
      } catch (OdooFault fault) {
        // Odoo 19 has one savepoint for the whole load, 18 one for each record.
        records.rollback(env.version() == OdooVersion.V18 ? savepoint : begin);
        errors++;
        messages.add(refused(pending.get(index).place(), fault));
      }
      if (errors >= 10 && errors >= (index + 1) / 10) {
        messages.add(
            Map.of(
                "type",
                "warning",
                "message",
                "Found more than 10 errors and more than one error per 10 records, interrupted to"
                    + " avoid showing too many errors."));
        break;
      }
    }
    return errors > 0;
  }

  private int write(Pending one) {
    if (snapshot.conflicts(one.externalId())) {
      throw OdooFault.serialization();
    }
    Integer existing =
        one.externalId().isEmpty()
            ? (one.values().get("id") instanceof Integer id ? id : null)
            : ExternalIds.resolve(env, one.externalId(), model.name());
    Map<String, Object> values = new LinkedHashMap<>(one.values());
    values.remove("id");
    if (existing != null) {
      env.write(model.name(), existing, values);
      snapshot.touches(one.externalId());
      return existing;
    }
    int id = env.create(model.name(), values);
    if (!one.externalId().isEmpty()) {
      ExternalIds.name(env, one.externalId(), model.name(), id);
      nameTemplate(one.externalId(), id);
      snapshot.touches(one.externalId());
    }
    return id;
  }

  /** A variant's template, made with it, gets an external id of its own. */
  private void nameTemplate(String externalId, int id) {
    if (model.name().equals("product.product")) {
      Integer template = env.id(env.row(model.name(), id), "product_tmpl_id");
      ExternalIds.name(env, externalId + "_product_template", "product.template", template);
    }
  }

  private void logCell(Map<String, Object> place, Field field, ImportFault fault) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("rows", place.get("rows"));
    message.put("type", "error");
    message.put("record", place.get("record"));
    message.put("field", field.name());
    message.put("message", fault.messageFor(field.label()));
    message.putAll(fault.more());
    message.put("field_name", field.label());
    messages.add(message);
  }

  private static Map<String, Object> refused(Map<String, Object> place, OdooFault fault) {
    boolean spoken = fault.isUserError() || fault.isDatabaseError();
    Map<String, Object> message =
        message(
            place,
            spoken
                ? fault.getMessage()
                : "Unknown error during import: <class '%s'>: %s"
                    .formatted(fault.pythonClass(), fault.getMessage()));
    if (!fault.field().isEmpty()) {
      message.put("field", fault.field());
    }
    if (!spoken) {
      message.put("moreinfo", "Resolve other errors first");
    }
    return message;
  }

  private static Map<String, Object> message(Map<String, Object> place, String text) {
    Map<String, Object> message = new LinkedHashMap<>(place);
    message.put("type", "error");
    message.put("message", text);
    return message;
  }
}
