package io.kontor.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The models and fields that the sandbox knows, read from {@code models.txt}. */
final class Schema {

  private static final List<String> AUTOMATIC =
      List.of(
          "id integer | ID",
          "display_name char computed | Display Name",
          "create_date datetime | Created on",
          "write_date datetime | Last Updated on");

  private final Map<String, Model> models;

  private Schema(Map<String, Model> models) {
    this.models = models;
  }

  static Schema load(OdooVersion version, Map<String, Rules> rules) {
    try (InputStream in = Schema.class.getResourceAsStream("models.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Map<String, Model> models = new LinkedHashMap<>();
      Model current = null;
      for (String line : reader.lines().toList()) {
        if (line.startsWith("@")) {
          current = model(line.substring(1), rules);
          models.put(current.name(), current);
        } else if (current != null && !line.isBlank() && !line.startsWith("#")) {
          Field field = field(line);
          String only = field.flags().get("only");
          if (only == null || only.equals(String.valueOf(version.major()))) {
            current.fields().put(field.name(), field);
          }
        }
      }
      return new Schema(models);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model, or null. */
  Model find(String name) {
    return models.get(name);
  }

  Model get(String name) {
    Model model = models.get(name);
    if (model == null) {
      throw new IllegalStateException("no model " + name);
    }
    return model;
  }

  Collection<Model> all() {
    return models.values();
  }

  private static Model model(String text, Map<String, Rules> rules) {
    String[] parts = text.split("\\|", -1);
    String name = parts[0].strip();
    String order = parts.length > 2 ? parts[2].strip() : "id";
    Map<String, Field> fields = new LinkedHashMap<>();
    AUTOMATIC.stream().map(Schema::field).forEach(field -> fields.put(field.name(), field));
    return new Model(name, parts[1].strip(), order, fields, rules.getOrDefault(name, Rules.NONE));
  }

  private static Field field(String line) {
    String[] sides = line.split("\\|", -1);
    String[] words = sides[0].strip().split("\\s+", -1);
    String[] type = words[1].split(":", -1);
    Map<String, String> flags = new LinkedHashMap<>();
    for (int index = 2; index < words.length; index++) {
      int equals = words[index].indexOf('=');
      flags.put(
          equals < 0 ? words[index] : words[index].substring(0, equals),
          equals < 0 ? "" : words[index].substring(equals + 1));
    }
    Field.Type kind = Field.Type.valueOf(type[0].toUpperCase(Locale.ROOT));
    boolean selection = kind == Field.Type.SELECTION;
    return new Field(
        words[0],
        kind,
        sides[1].strip(),
        type.length > 1 && !selection ? type[1] : "",
        type.length > 2 ? type[2] : "",
        selection ? List.of(type[1].split(",", -1)) : List.of(),
        flags);
  }
}
