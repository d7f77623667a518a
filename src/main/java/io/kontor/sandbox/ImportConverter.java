package io.kontor.sandbox;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Converts the cells of {@code load} into values, as {@code ir.fields.converter} does. */
final class ImportConverter {

  static final Set<String> FALSE = Set.of("", "0", "false", "no");

  private final Env env;
  private final ImportLookup lookup;

  /**
   * A converter.
   *
   * @param beforeLookup told of each external id before it is looked up, so that earlier rows of
   *     the same load can be written first
   */
  ImportConverter(Env env, Consumer<String> beforeLookup) {
    this.env = env;
    this.lookup = new ImportLookup(env, beforeLookup);
  }

  /** The values of one record; each cell that cannot be converted is logged and left out. */
  Map<String, Object> convert(
      Model model, Map<String, Object> cells, BiConsumer<Field, ImportFault> log) {
    Map<String, Object> values = new LinkedHashMap<>();
    cells.forEach(
        (name, cell) -> {
          if (ImportCells.isReference(name)) {
            return;
          }
          Field field = model.find(name);
          if (!Values.truth(cell)) {
            values.put(name, false);
            return;
          }
          try {
            values.put(name, converted(field, cell));
          } catch (ImportFault fault) {
            log.accept(field, fault);
          }
        });
    return values;
  }

  private Object converted(Field field, Object cell) {
    return switch (field.type()) {
      case BOOLEAN -> !FALSE.contains(String.valueOf(cell).toLowerCase(Locale.ROOT));
      case INTEGER -> number(field, cell, "an integer").intValue();
      case FLOAT, MONETARY -> number(field, cell, "a number");
      case DATE -> moment(cell, "date", "2012-12-31", Conversion::date);
      case DATETIME -> moment(cell, "datetime", "2012-12-31 23:59:59", this::inUtc);
      case SELECTION -> selected(field, String.valueOf(cell));
      case MANY2ONE -> many2one(field, Values.map(Values.list(cell).get(0)));
      case MANY2MANY -> many2many(field, Values.map(Values.list(cell).get(0)));
      case ONE2MANY -> one2many(field, Values.list(cell));
      default -> String.valueOf(cell);
    };
  }

  private static BigDecimal number(Field field, Object cell, String kind) {
    try {
      BigDecimal number = new BigDecimal(String.valueOf(cell).strip());
      if (field.type() == Field.Type.INTEGER) {
        number.intValueExact();
      }
      return number;
    } catch (ArithmeticException | NumberFormatException e) {
      throw new ImportFault(
          "'%s' does not seem to be %s for field '%s'".formatted(cell, kind, ImportFault.FIELD),
          Map.of());
    }
  }

  private static String moment(
      Object cell, String kind, String example, UnaryOperator<String> reader) {
    try {
      return reader.apply(String.valueOf(cell));
    } catch (OdooFault e) {
      throw new ImportFault(
          "'%s' does not seem to be a valid %s for field '%s'"
              .formatted(cell, kind, ImportFault.FIELD),
          Map.of("moreinfo", "Use the format '" + example + "'"));
    }
  }

  /** The trap: a time in a cell is of the caller's zone. */
  private String inUtc(String text) {
    return LocalDateTime.parse(Conversion.dateTime(text), Conversion.DATE_TIME)
        .atZone(env.zone())
        .withZoneSameInstant(ZoneOffset.UTC)
        .format(Conversion.DATE_TIME);
  }

  private static String selected(Field field, String cell) {
    for (String option : field.options()) {
      if (option.equalsIgnoreCase(cell)) {
        return option;
      }
    }
    throw new ImportFault(
        "Value '%s' not found in selection field '%s'".formatted(cell, ImportFault.FIELD),
        Map.of("moreinfo", field.options()));
  }

  private Object many2one(Field field, Map<String, Object> reference) {
    String subfield = subfield(reference);
    Integer id =
        lookup.find(field, subfield, String.valueOf(reference.get(subfield)), field.target());
    return id == null ? (Object) false : id;
  }

  private Object many2many(Field field, Map<String, Object> reference) {
    String subfield = subfield(reference);
    List<Integer> ids = new ArrayList<>();
    for (String value : String.valueOf(reference.get(subfield)).split(",", -1)) {
      Integer id = lookup.find(field, subfield, value, field.target());
      if (id != null) {
        ids.add(id);
      }
    }
    return List.of(List.of(6, 0, ids));
  }

  private Object one2many(Field field, List<Object> lines) {
    Model lineModel = env.model(field.target());
    List<Object> commands = new ArrayList<>();
    for (Object item : lines) {
      Map<String, Object> line = Values.map(item);
      Map<String, Object> references = new LinkedHashMap<>(line);
      references.keySet().removeIf(name -> !ImportCells.isReference(name));
      Map<String, Object> values =
          convert(
              lineModel,
              line,
              (inner, fault) -> {
                throw fault.within(inner.label());
              });
      Integer id = references.isEmpty() ? null : existingLine(field, references, values);
      if (id == null) {
        commands.add(List.of(0, 0, values));
      } else {
        commands.add(List.of(4, id));
        commands.add(List.of(1, id, values));
      }
    }
    return commands;
  }

  private Integer existingLine(
      Field field, Map<String, Object> references, Map<String, Object> values) {
    String subfield = subfield(references);
    String reference = String.valueOf(references.get(subfield));
    try {
      return lookup.find(field, subfield, Values.text(references.get(subfield)), field.target());
    } catch (ImportFault fault) {
      if (!subfield.equals("id")) {
        throw fault;
      }
      values.put("id", reference);
      return null;
    }
  }

  private static String subfield(Map<String, Object> reference) {
    if (!reference.keySet().stream().allMatch(ImportCells::isReference)) {
      throw new ImportFault(
          "Can not create Many-To-One records indirectly, import the field separately", Map.of());
    }
    if (reference.size() > 1) {
      throw new ImportFault(
          "Ambiguous specification for field '%s', only provide one of name, external id or database id"
              .formatted(ImportFault.FIELD),
          Map.of());
    }
    return reference.keySet().iterator().next();
  }
}
