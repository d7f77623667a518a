package io.kontor.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records as the wire shows them: a many2one as id and name, what is unset as false. */
final class Reader {

  private final Env env;
  private final Model model;
  private final List<String> fields;
  private final boolean names;

  /**
   * A reader of some fields.
   *
   * @param fields none for all
   * @param names whether a many2one shows its name beside its id
   * @throws OdooFault if a field is unknown
   */
  Reader(Env env, String model, List<String> fields, boolean names) {
    this.env = env;
    this.model = env.model(model);
    this.names = names;
    for (String field : fields) {
      if (!this.model.has(field)) {
        String where = env.version() == OdooVersion.V18 ? "model " : "";
        throw OdooFault.value("Invalid field '%s' on %s'%s'".formatted(field, where, model));
      }
    }
    this.fields = fields.isEmpty() ? List.copyOf(this.model.fields().keySet()) : fields;
  }

  /** The records in the given order; those that do not exist are left out, as Odoo does. */
  List<Object> read(List<Integer> ids) {
    List<Integer> present = ids.stream().filter(id -> env.find(model.name(), id) != null).toList();
    env.check(model.name(), present, "read");
    List<Object> records = new ArrayList<>();
    for (int id : present) {
      Row row = env.row(model.name(), id);
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("id", id);
      for (String field : fields) {
        record.put(field, shown(env, model.find(field), env.value(row, field), names));
      }
      records.add(record);
    }
    return records;
  }

  /** One value as the wire shows it. */
  static Object shown(Env env, Field field, Object value, boolean names) {
    if (value == null) {
      return false;
    }
    if (field.type() == Field.Type.MANY2ONE && value instanceof Integer id) {
      if (!names) {
        return id;
      }
      List<Object> pair = new ArrayList<>();
      pair.add(id);
      pair.add(env.displayName(field.target(), id));
      return pair;
    }
    return value;
  }
}
