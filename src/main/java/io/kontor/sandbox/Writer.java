package io.kontor.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates, changes and deletes records, with their lines, under the rules of their models. */
final class Writer {

  /** The context key under which lines know that their parent checks the whole. */
  static final String WITHIN_PARENT = "sandbox_within_parent";

  private final Env env;
  private final Records records;

  Writer(Env env) {
    this.env = env;
    this.records = env.odoo().records();
  }

  int create(String modelName, Map<String, Object> given) {
    Model model = env.model(modelName);
    Map<String, Object> values = new LinkedHashMap<>(given);
    Object externalId = values.remove("id");
    checkFields(model, values);
    defaults(model, values);
    model.rules().beforeCreate(env, values);
    Map<String, Object> stored = stored(model, null, values);
    String now = env.odoo().now();
    stored.put("create_date", now);
    stored.put("write_date", now);
    checkRequired(model, stored);
    int id = records.next(modelName);
    Row row = new Row(modelName, id, stored);
    records.put(row);
    if (!env.visible(row)) {
      env.check(modelName, List.of(id), "create");
    }
    if (externalId instanceof String name && !name.isEmpty()) {
      ExternalIds.name(env, name, modelName, id);
    }
    writeThrough(model, row, values);
    lines(model, id, values);
    model.rules().created(env, id, values);
    return id;
  }

  void write(String modelName, int id, Map<String, Object> given) {
    Model model = env.model(modelName);
    env.check(modelName, List.of(id), "write");
    Map<String, Object> values = new LinkedHashMap<>(given);
    values.remove("id");
    checkFields(model, values);
    Row before = env.row(modelName, id);
    model.rules().beforeWrite(env, before, values);
    Map<String, Object> changes = stored(model, before, values);
    changes.put("write_date", env.odoo().now());
    Row after = env.row(modelName, id).with(changes);
    checkRequired(model, after.values());
    records.put(after);
    writeThrough(model, after, values);
    lines(model, id, values);
    model.rules().written(env, before, values);
  }

  void unlink(String modelName, int id) {
    env.check(modelName, List.of(id), "unlink");
    Row row = env.row(modelName, id);
    env.model(modelName).rules().beforeUnlink(env, row);
    for (Field field : env.model(modelName).fields().values()) {
      if (field.type() == Field.Type.ONE2MANY && field.flags().containsKey("cascade")) {
        Env inner = env.with(WITHIN_PARENT, true);
        env.ids(row, field.name()).forEach(line -> inner.unlink(field.target(), line));
      }
    }
    ExternalIds.forget(env, modelName, id);
    records.remove(env.row(modelName, id));
  }

  private void checkFields(Model model, Map<String, Object> values) {
    for (String name : values.keySet()) {
      if (!model.has(name)) {
        String where = env.version() == OdooVersion.V18 ? "on model" : "in";
        throw OdooFault.value("Invalid field '%s' %s '%s'".formatted(name, where, model.name()));
      }
    }
  }

  private void defaults(Model model, Map<String, Object> values) {
    for (Field field : model.fields().values()) {
      Object contextual = env.context().get("default_" + field.name());
      if (values.containsKey(field.name())) {
        continue;
      }
      if (contextual != null && !field.computed()) {
        values.put(field.name(), contextual);
      } else if (field.flags().containsKey("default")) {
        values.put(field.name(), initial(field));
      }
    }
  }

  private static Object initial(Field field) {
    String text = field.flags().get("default");
    return switch (field.type()) {
      case BOOLEAN -> Boolean.valueOf(text);
      case INTEGER, MANY2ONE -> Integer.valueOf(text);
      case FLOAT, MONETARY -> Values.decimal(text);
      default -> text;
    };
  }

  private Map<String, Object> stored(Model model, Row before, Map<String, Object> values) {
    Map<String, Object> stored = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          Field field = model.find(name);
          if (!field.stored()) {
            return;
          }
          stored.put(
              name,
              field.type() == Field.Type.MANY2MANY
                  ? Conversion.linked(
                      env, field, before == null ? List.of() : env.ids(before, name), value)
                  : Conversion.scalar(env, model.name(), field, value));
        });
    return stored;
  }

  private void checkRequired(Model model, Map<String, Object> stored) {
    for (Field field : model.fields().values()) {
      if (field.required() && field.stored() && stored.get(field.name()) == null) {
        throw missing(model, field);
      }
    }
  }

  private OdooFault missing(Model model, Field field) {
    String short18 =
        "Missing required value for the field '%s' (%s)".formatted(field.label(), field.name());
    return OdooFault.missingValue(
        field.name(),
        env.version() == OdooVersion.V18
            ? short18
            : """
              %s.
              Model: '%s' (%s)
              - create/update: a mandatory field is not set
              - delete: another model requires the record being deleted, you can archive it instead
              """
                .formatted(short18, model.description(), model.name()));
  }

  /** Writes related fields to the record that really holds them. */
  private void writeThrough(Model model, Row row, Map<String, Object> values) {
    for (Field field : model.fields().values()) {
      if (field.related() && values.containsKey(field.name())) {
        String[] path = field.path().split("\\.", -1);
        Integer target = env.id(row, path[0]);
        String owner = model.find(path[0]).target();
        if (target != null && !field.name().equals("company_id")) {
          env.write(owner, target, Map.of(path[1], orFalse(values.get(field.name()))));
        }
      }
    }
  }

  private static Object orFalse(Object value) {
    return value == null ? (Object) false : value;
  }

  private void lines(Model model, int id, Map<String, Object> values) {
    for (Field field : model.fields().values()) {
      if (field.type() == Field.Type.ONE2MANY && values.containsKey(field.name())) {
        lines(field, id, values.get(field.name()));
      }
    }
  }

  private void lines(Field field, int parent, Object value) {
    Env inner = env.with(WITHIN_PARENT, true);
    Writer writer = new Writer(inner);
    for (Object item : new ArrayList<>(Values.list(value))) {
      List<Object> command = Values.list(item);
      int code = Values.decimal(command.get(0)).intValue();
      switch (code) {
        case 0 -> {
          Map<String, Object> line = Values.map(command.get(2));
          line.put(field.inverse(), parent);
          writer.create(field.target(), line);
        }
        case 1 ->
            writer.write(
                field.target(), Values.ids(command.get(1)).get(0), Values.map(command.get(2)));
        case 2, 3 -> writer.unlink(field.target(), Values.ids(command.get(1)).get(0));
        case 4 -> link(field, parent, Values.ids(command.get(1)).get(0));
        case 5 -> unlinkAll(writer, field, parent, List.of());
        case 6 -> unlinkAll(writer, field, parent, Values.ids(command.get(2)));
        default -> throw OdooFault.value("Unknown command " + code);
      }
    }
  }

  private void link(Field field, int parent, int line) {
    Row row = env.row(field.target(), line);
    if (!Integer.valueOf(parent).equals(row.get(field.inverse()))) {
      records.put(row.with(Map.of(field.inverse(), parent)));
    }
  }

  private void unlinkAll(Writer writer, Field field, int parent, List<Integer> except) {
    for (Row line : env.where(field.target(), field.inverse(), parent)) {
      if (!except.contains(line.id())) {
        writer.unlink(field.target(), line.id());
      }
    }
  }
}
