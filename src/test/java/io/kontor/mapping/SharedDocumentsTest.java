package io.kontor.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.document.RawDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Genuine documents, where they are at hand: each is understood, or refused with a reason. */
class SharedDocumentsTest {

  private static final Path ROOT = Path.of("mappings");
  private static final Path SHARED = Path.of(System.getProperty("kontor.shared", "../shared"));
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void every_shopify_document_makes_facts_or_faults() throws IOException {
    print("shopify", "shopify", "orders");
    print("shopify", "shopify", "refunds");
  }

  @Test
  void every_amazon_document_makes_facts_or_faults() throws IOException {
    print("amazon/sp-api/examples", "amazon", "orders");
    print("amazon/sp-api/sandbox", "amazon", "orders");
    print("amazon/sp-api/examples/ordersV0", "amazon", "order-items");
    print("amazon/sp-api/sandbox/ordersV0", "amazon", "order-items");
  }

  @Test
  void every_poslog_makes_facts_or_faults() throws IOException {
    print("poslog", "stores-us", "poslog");
  }

  private static void print(String folder, String channel, String document) throws IOException {
    Path data = SHARED.resolve("data").resolve(folder);
    Assumptions.assumeTrue(Files.isDirectory(data), "no shared data");
    Mappings mappings = MappingsReader.read(ROOT);
    Translator translator = new Translator(mappings, ROOT);
    List<Path> files;
    try (Stream<Path> walk = Files.walk(data)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      Translation translation =
          translator.translate(
              mappings.channel(channel).orElseThrow(),
              new RawDocument(channel, document, "x", NOW, "", Files.readAllBytes(file)));
      System.out.printf("%s %s%n", document, data.relativize(file));
      translation.facts().forEach(f -> System.out.println("   " + f.json()));
      translation.faults().forEach(f -> System.out.println("   FAULT " + f));
      assertThat(translation.facts().size() + translation.faults().size()).isPositive();
    }
  }
}
