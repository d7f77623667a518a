package io.kontor.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.document.Json;
import io.kontor.document.RawDocument;
import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.mapping.translation.FactReader;
import io.kontor.mapping.translation.FactWriter;
import io.kontor.mapping.translation.Fault;
import io.kontor.mapping.translation.Translation;
import io.kontor.mapping.translation.Translator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Golden cases: {@code golden/<channel>/<case>/input.<document>.<ext>} is translated into {@code
 * facts.json}. With {@code -Dgolden.write=true} the answers are written instead of compared, to be
 * read before they are committed.
 */
class GoldenTranslationTest {

  private static final Path ROOT = Path.of("mappings");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:00Z");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  private final Mappings mappings = MappingsReader.read(ROOT);
  private final Translator translator = new Translator(mappings, ROOT);

  @TestFactory
  List<DynamicTest> documents_become_the_facts_that_were_agreed() throws IOException {
    try (Stream<Path> walk = Files.walk(GOLDEN)) {
      return walk.filter(file -> file.getFileName().toString().startsWith("input."))
          .filter(file -> mappings.channel(channel(file)).isPresent())
          .sorted()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      GOLDEN.relativize(file.getParent()).toString(), () -> compare(file)))
          .toList();
    }
  }

  @TestFactory
  List<DynamicTest> every_document_of_every_vendor_has_a_golden_case() throws IOException {
    List<String> covered;
    try (Stream<Path> walk = Files.walk(GOLDEN)) {
      covered =
          walk.filter(file -> file.getFileName().toString().startsWith("input."))
              .filter(file -> mappings.channel(channel(file)).isPresent())
              .map(
                  file ->
                      mappings.channel(channel(file)).orElseThrow().vendor() + "/" + document(file))
              .toList();
    }
    return mappings.channels().values().stream()
        .flatMap(
            channel ->
                channel.documents().values().stream()
                    .filter(Channel.Document.Translated.class::isInstance)
                    .map(document -> channel.vendor() + "/" + document.name()))
        .distinct()
        .map(name -> DynamicTest.dynamicTest(name, () -> assertThat(covered).contains(name)))
        .toList();
  }

  private static String channel(Path input) {
    return input.getParent().getParent().getFileName().toString();
  }

  private static String document(Path input) {
    return input.getFileName().toString().split("\\.", -1)[1];
  }

  private void compare(Path input) throws IOException {
    Translation translation =
        translator.translate(
            mappings.channel(channel(input)).orElseThrow(),
            new RawDocument(
                channel(input),
                document(input),
                "golden",
                RECEIVED,
                "",
                Files.readAllBytes(input)));
    String answer = pretty(translation);
    Path golden = input.resolveSibling("facts.json");
    if (WRITE) {
      Files.writeString(golden, answer);
    }
    assertThat(answer).isEqualTo(Files.readString(golden));
    readsBack(translation, channel(input));
  }

  private void readsBack(Translation translation, String channel) {
    String entity = mappings.channel(channel).orElseThrow().entity();
    for (CanonicalFact fact : translation.facts()) {
      assertThat(FactReader.read(fact.json(), entity, channel)).isEqualTo(fact.fact());
      assertThat(FactWriter.write(fact.fact())).isEqualTo(fact.json());
    }
  }

  private static String pretty(Translation translation) throws JsonProcessingException {
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode facts = answer.putArray("facts");
    for (CanonicalFact fact : translation.facts()) {
      JsonNode tree = Json.read(fact.json().getBytes(StandardCharsets.UTF_8));
      facts.add(tree);
    }
    ArrayNode faults = answer.putArray("faults");
    for (Fault fault : translation.faults()) {
      faults
          .addObject()
          .put("code", fault.code())
          .put("reference", fault.reference())
          .put("message", fault.message());
    }
    return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(answer) + "\n";
  }
}
