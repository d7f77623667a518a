package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.kontor.sales.FactKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The JSON Schemas of canonical facts, compiled once. Thread-safe. */
final class Schemas {

  /** What schemas are named by among themselves; nothing is fetched from there. */
  private static final String HOME = "https://kontor.io/schema/";

  private static final int MOST_MESSAGES = 20;

  private final Map<FactKind, Schema> current = new EnumMap<>(FactKind.class);

  /**
   * @param folder {@code mappings/schema}
   * @throws IllegalArgumentException naming the kind whose current schema is missing or broken
   */
  Schemas(Path folder) {
    Map<String, String> texts = texts(folder);
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(texts));
    for (FactKind kind : FactKind.values()) {
      String file = "%s.v%d.json".formatted(kind.word(), Upcasts.current(kind.word()));
      if (!texts.containsKey(HOME + file)) {
        throw new IllegalArgumentException("schema/" + file + ": is missing");
      }
      try {
        Schema schema = registry.getSchema(SchemaLocation.of(HOME + file));
        schema.initializeValidators();
        current.put(kind, schema);
      } catch (SchemaException e) {
        throw new IllegalArgumentException("schema/" + file + ": " + e.getMessage(), e);
      }
    }
  }

  private static Map<String, String> texts(Path folder) {
    Map<String, String> texts = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        texts.put(HOME + file.getFileName(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  /** Everything in which a fact departs from its kind's current schema. */
  List<Finding> check(FactKind kind, JsonNode fact) {
    List<Finding> findings = new ArrayList<>();
    for (Error error : current.get(kind).validate(fact)) {
      if (findings.size() < MOST_MESSAGES) {
        findings.add(
            new Finding(
                "invalid-fact",
                "%s (%s): %s"
                    .formatted(kind.word(), error.getInstanceLocation(), error.getMessage())));
      }
    }
    return findings;
  }
}
