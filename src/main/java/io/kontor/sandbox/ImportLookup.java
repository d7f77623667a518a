package io.kontor.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Finds the records that cells of {@code load} refer to. */
final class ImportLookup {

  private final Env env;
  private final Consumer<String> beforeLookup;

  ImportLookup(Env env, Consumer<String> beforeLookup) {
    this.env = env;
    this.beforeLookup = beforeLookup;
  }

  /** The id of a referenced record; null if the cell says that there is none. */
  Integer find(Field field, String subfield, String value, String target) {
    if (ImportConverter.FALSE.contains(value.toLowerCase(Locale.ROOT))) {
      return null;
    }
    Integer id =
        switch (subfield) {
          case ".id" -> byDatabaseId(value, target);
          case "id" -> byExternalId(value, target);
          default -> byName(value, target);
        };
    if (id == null) {
      String kind =
          subfield.equals("id") ? "external id" : subfield.equals(".id") ? "database id" : "name";
      throw new ImportFault(
          "No matching record found for %s '%s' in field '%s'"
              .formatted(kind, value, ImportFault.FIELD),
          Map.of("moreinfo", possibleValues(field, !subfield.equals(ImportCells.BY_NAME))));
    }
    return id;
  }

  /** Whether it is archived, or another company's, is not asked. */
  private Integer byDatabaseId(String value, String target) {
    try {
      Integer id = Integer.valueOf(value);
      return env.find(target, id) == null ? null : id;
    } catch (NumberFormatException e) {
      throw new ImportFault(
          "Invalid database id '%s' for the field '%s'".formatted(value, ImportFault.FIELD),
          Map.of());
    }
  }

  private Integer byExternalId(String value, String target) {
    String whole = value.contains(".") ? value : "__import__." + value;
    beforeLookup.accept(whole);
    try {
      return ExternalIds.resolve(env, whole, target);
    } catch (OdooFault wrongModel) {
      throw new ImportFault(wrongModel.getMessage(), Map.of());
    }
  }

  private Integer byName(String value, String target) {
    return env.search(target, List.of()).stream()
        .filter(id -> env.displayName(target, id).equals(value))
        .findFirst()
        .orElse(null);
  }

  private static Map<String, Object> possibleValues(Field field, boolean byId) {
    Map<String, Object> action = new LinkedHashMap<>();
    action.put("name", "Possible Values");
    action.put("type", "ir.actions.act_window");
    action.put("target", "new");
    action.put("view_mode", "list,form");
    action.put("views", List.of(List.of(false, "list"), List.of(false, "form")));
    action.put("context", Map.of("create", false));
    action.put("help", "See all possible values");
    action.put("res_model", byId ? "ir.model.data" : field.target());
    if (byId) {
      action.put("domain", List.of(List.of("model", "=", field.target())));
    }
    return action;
  }
}
