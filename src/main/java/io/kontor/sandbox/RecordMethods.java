package io.kontor.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The methods that every model has. */
final class RecordMethods {

  /** The argument under which {@code load} finds what was committed when its call arrived. */
  static final String SNAPSHOT = "sandbox_snapshot";

  private RecordMethods() {}

  static void register(Methods methods, String model, OdooVersion version) {
    reading(methods, model);
    writing(methods, model);
    grouping(methods, model, version);
    methods.onRecords(
        "message_post",
        List.of("body?", "subject?", "message_type?", "subtype_xmlid?", "author_id?", "**"),
        (env, ids, arguments) -> post(env, model, ids, arguments));
  }

  private static void reading(Methods methods, String model) {
    methods.onModel(
        "search",
        List.of("domain", "offset?", "limit?", "order?"),
        (env, ids, arguments) -> found(env, model, arguments));
    methods.onModel(
        "search_count",
        List.of("domain", "limit?"),
        (env, ids, arguments) -> found(env, model, arguments).size());
    methods.onRecords(
        "read",
        List.of("fields?", "load?"),
        (env, ids, arguments) -> reader(env, model, arguments).read(ids));
    methods.onModel(
        "search_read",
        List.of("domain?", "fields?", "offset?", "limit?", "order?", "load?"),
        (env, ids, arguments) -> {
          Reader reader = reader(env, model, arguments);
          return reader.read(found(env, model, arguments));
        });
    methods.onModel(
        "name_search",
        List.of("name?", "domain?", "operator?", "limit?", "args?"),
        (env, ids, arguments) -> named(env, model, arguments));
    methods.onModel(
        "fields_get",
        List.of("allfields?", "attributes?"),
        (env, ids, arguments) -> fields(env, model, arguments));
  }

  private static void writing(Methods methods, String model) {
    methods.onModel(
        "create",
        List.of("vals_list"),
        (env, ids, arguments) -> {
          Object given = arguments.get("vals_list");
          List<Object> records = given instanceof Map<?, ?> ? List.of(given) : Values.list(given);
          return records.stream().map(values -> env.create(model, Values.map(values))).toList();
        });
    methods.onRecords(
        "write",
        List.of("vals"),
        (env, ids, arguments) -> {
          ids.forEach(id -> env.write(model, id, Values.map(arguments.get("vals"))));
          return true;
        });
    methods.onRecords(
        "unlink",
        List.of(),
        (env, ids, arguments) -> {
          ids.forEach(id -> env.unlink(model, id));
          return true;
        });
    methods.onModel(
        "load",
        List.of("fields", "data"),
        (env, ids, arguments) -> {
          Concurrency.Snapshot snapshot =
              arguments.get(SNAPSHOT) instanceof Concurrency.Snapshot arrived
                  ? arrived
                  : env.odoo().arrive();
          List<List<Object>> data = new ArrayList<>();
          Values.list(arguments.get("data")).forEach(row -> data.add(Values.list(row)));
          return new LoadImport(env, model, snapshot)
              .load(Values.strings(arguments.get("fields")), data);
        });
    archiving(methods, model, "action_archive", false);
    archiving(methods, model, "action_unarchive", true);
  }

  private static void archiving(Methods methods, String model, String name, boolean active) {
    methods.onRecords(
        name,
        List.of(),
        (env, ids, arguments) -> {
          ids.forEach(id -> env.write(model, id, Map.of("active", active)));
          return true;
        });
  }

  private static void grouping(Methods methods, String model, OdooVersion version) {
    if (version != OdooVersion.V18) {
      methods.onModel(
          "formatted_read_group",
          List.of("domain", "groupby?", "aggregates?", "having?", "offset?", "limit?", "order?"),
          (env, ids, arguments) ->
              new Grouping(env, model, Values.list(arguments.get("domain")))
                  .formatted(
                      Values.strings(arguments.get("groupby")),
                      Values.strings(arguments.get("aggregates"))));
    }
    methods.onModel(
        "read_group",
        List.of("domain", "fields", "groupby", "offset?", "limit?", "orderby?", "lazy?"),
        (env, ids, arguments) -> {
          Object groupBy = arguments.get("groupby");
          return new Grouping(env, model, Values.list(arguments.get("domain")))
              .legacy(
                  Values.strings(arguments.get("fields")),
                  groupBy instanceof String one ? List.of(one) : Values.strings(groupBy),
                  !Boolean.FALSE.equals(arguments.get("lazy")));
        });
  }

  private static List<Integer> found(Env env, String model, Map<String, Object> arguments) {
    return new Search(env, model, Values.list(arguments.get("domain")))
        .ids(
            Values.text(arguments.get("order")),
            Values.decimal(arguments.get("offset")).intValue(),
            Values.decimal(arguments.get("limit")).intValue());
  }

  private static Reader reader(Env env, String model, Map<String, Object> arguments) {
    Object load = arguments.getOrDefault("load", "_classic_read");
    return new Reader(
        env, model, Values.strings(arguments.get("fields")), "_classic_read".equals(load));
  }

  private static Object named(Env env, String model, Map<String, Object> arguments) {
    Object domain = arguments.getOrDefault("domain", arguments.get("args"));
    String wanted = Values.text(arguments.get("name")).toLowerCase(Locale.ROOT);
    boolean exact = "=".equals(arguments.get("operator"));
    int limit =
        arguments.containsKey("limit") ? Values.decimal(arguments.get("limit")).intValue() : 100;
    List<Object> pairs = new ArrayList<>();
    for (int id : env.search(model, Values.list(domain))) {
      String name = env.displayName(model, id);
      String folded = name.toLowerCase(Locale.ROOT);
      if (pairs.size() < limit && (exact ? folded.equals(wanted) : folded.contains(wanted))) {
        pairs.add(List.of(id, name));
      }
    }
    return pairs;
  }

  private static Object fields(Env env, String model, Map<String, Object> arguments) {
    List<String> wanted = Values.strings(arguments.get("allfields"));
    Map<String, Object> described = new LinkedHashMap<>();
    for (Field field : env.model(model).fields().values()) {
      if (!wanted.isEmpty() && !wanted.contains(field.name())) {
        continue;
      }
      Map<String, Object> description = new LinkedHashMap<>();
      description.put("name", field.name());
      description.put("type", field.type().name().toLowerCase(Locale.ROOT));
      description.put("string", field.label());
      description.put("required", field.required());
      description.put("readonly", field.computed());
      description.put("store", field.stored());
      if (field.relational()) {
        description.put("relation", field.target());
      }
      if (field.type() == Field.Type.SELECTION) {
        description.put(
            "selection", field.options().stream().map(option -> List.of(option, option)).toList());
      }
      if (field.flags().containsKey("digits")) {
        description.put("digits", List.of(16, Integer.valueOf(field.flags().get("digits"))));
      }
      List<String> attributes = Values.strings(arguments.get("attributes"));
      if (!attributes.isEmpty()) {
        description.keySet().retainAll(attributes);
      }
      described.put(field.name(), description);
    }
    return described;
  }

  private static Object post(
      Env env, String model, List<Integer> ids, Map<String, Object> arguments) {
    if (ids.size() != 1) {
      throw OdooFault.value("Expected singleton: %s%s".formatted(model, ids));
    }
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("model", model);
    message.put("res_id", ids.get(0));
    if (model.equals("sale.order")) {
      message.put("order_id", ids.get(0));
    }
    message.put("body", "<p>" + Values.text(arguments.get("body")) + "</p>");
    message.put("subject", arguments.get("subject"));
    message.put("message_type", arguments.getOrDefault("message_type", "notification"));
    message.put("date", env.odoo().now());
    int id = env.create("mail.message", message);
    return env.version() == OdooVersion.V18 ? (Object) id : List.of(id);
  }
}
