package io.kontor.mapping.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kontor.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a mapping fails on is a fault in words, and of one order where it is about one. */
class JqMappingTest {

  private static final String ORDERS = "[{\"id\":1,\"x\":\"(\"},{\"id\":2,\"x\":\"a\"}]";

  @TempDir private Path root;
  private final List<JsonNode> outputs = new ArrayList<>();
  private final List<Finding> failed = new ArrayList<>();

  @BeforeEach
  void copy_what_every_mapping_sees() throws IOException {
    Files.createDirectories(root.resolve("vendors/acme"));
    Files.copy(Path.of("mappings/vendors/house.jq"), root.resolve("vendors/house.jq"));
  }

  private JqMapping apply(String jq, String document) throws IOException {
    Files.writeString(root.resolve("vendors/acme/orders.jq"), jq);
    JqMapping mapping =
        new JqLibrary(root)
            .compile("vendors/acme/orders.jq", JsonNodeFactory.instance.objectNode());
    mapping.apply(Json.read(document.getBytes(UTF_8)), outputs::add, failed::add);
    return mapping;
  }

  /** What became of two orders of which the first one cannot be read. */
  private String firstOfTwo(String jq) throws IOException {
    outputs.clear();
    JqMapping mapping = apply(jq, ORDERS);
    assertThat(failed).isEmpty();
    assertThat(outputs).hasSize(2);
    assertThat(outputs.get(0).path("order").asText()).isEqualTo("1");
    assertThat(outputs.get(1).path("read").asText()).as("the other one").isNotEmpty();
    Finding finding = mapping.finding(outputs.get(0).path("fault"));
    assertThat(finding.code()).isEqualTo("not-understood");
    assertThat(finding.message())
        .startsWith("mappings/vendors/acme/orders.jq could not read this order (")
        .endsWith("): correct the document or the mapping");
    return finding.message();
  }

  @Test
  void a_zone_that_there_is_not_is_named_with_the_mapping() throws IOException {
    String zone = "(if .id == 1 then \"Europe/Berln\" else \"Europe/Berlin\" end)";
    String said = "'Europe/Berln' is not a time zone";
    assertThat(
            firstOfTwo(
                ".[] | of_order(.id; {read: instant(\"2026-11-20 10:00:00\"; %s)})"
                    .formatted(zone)))
        .contains(said)
        .doesNotContain("2026-11-20");
    assertThat(
            firstOfTwo(
                ".[] | of_order(.id; . as $o | {read: (\"2026-11-20T10:00:00Z\" | day_in($o | %s))})"
                    .formatted(zone)))
        .contains(said);
  }

  @Test
  void a_regular_expression_that_is_none_stops_one_order_only() throws IOException {
    assertThat(
            firstOfTwo(".[] | of_order(.id; {read: (.x as $x | \"abc\" | test($x) | tostring)})"))
        .contains("end pattern with unmatched parenthesis");
  }

  @Test
  void a_function_that_calls_itself_without_end_stops_one_order_only() throws IOException {
    assertThat(
            firstOfTwo("def f: f + 1; .[] | of_order(.id; if .id == 1 then f else {read: .x} end)"))
        .contains("a function calls itself without end");
  }

  @Test
  void what_fails_outside_of_an_order_is_a_fault_of_the_document() throws IOException {
    for (String jq :
        List.of(
            "def f: f + 1; f",
            "\"abc\" | test(\"(\")",
            "\"2026-11-20\" | day_in(\"Europe/Berln\")",
            "instant(\"2026-11-20\"; \"Europe/Berln\")",
            "no_such_function")) {
      failed.clear();
      apply(jq, "{}");
      assertThat(failed).as(jq).hasSize(1);
      assertThat(failed.get(0).code()).isEqualTo("not-understood");
      assertThat(failed.get(0).message())
          .startsWith("mappings/vendors/acme/orders.jq could not read this ")
          .doesNotContain("null")
          .endsWith("): correct the document or the mapping");
    }
    assertThat(outputs).isEmpty();
  }

  @Test
  void what_an_order_says_before_it_fails_is_said_and_what_it_rejects_keeps_its_code()
      throws IOException {
    JqMapping mapping =
        apply(".[] | of_order(.id; {read: .x}, reject(\"no-sku\"; \"give it one\"))", ORDERS);
    assertThat(failed).isEmpty();
    assertThat(outputs).hasSize(4);
    assertThat(mapping.finding(outputs.get(1).path("fault")))
        .isEqualTo(new Finding("no-sku", "give it one"));
  }
}
