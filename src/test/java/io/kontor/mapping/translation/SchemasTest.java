package io.kontor.mapping.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.document.Json;
import io.kontor.failure.RejectedFailure;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.sales.Customer;
import io.kontor.sales.Fact;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.LineKind;
import io.kontor.sales.OrderCancelled;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderLine;
import io.kontor.sales.OrderLines;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.PaymentCaptured;
import io.kontor.sales.ReceiptRung;
import io.kontor.sales.Refunded;
import io.kontor.sales.SettlementReceived;
import io.kontor.sales.Shipped;
import io.kontor.sales.Tax;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import io.kontor.sales.WrittenOff;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records, their canonical JSON and the schemas say the same. */
class SchemasTest {

  private static final Path FOLDER = Path.of("mappings/schema");
  private static final Currency EUR = Currency.getInstance("EUR");
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Tax TAX =
      new Tax(new TaxKey("de", new BigDecimal("19"), TaxScheme.OSS), money("1.90"));
  private static final OrderLine LINE =
      new OrderLine(
          "1",
          LineKind.GOODS,
          "A",
          "A",
          new BigDecimal("1.5"),
          new UnitPrice(new BigDecimal("6.666667"), EUR),
          money("0.10"),
          money("11.80"),
          List.of(TAX),
          "2");

  private final Schemas schemas = new Schemas(FOLDER);

  static Stream<Fact> facts() {
    return Stream.of(
        new OrderPlaced(
            head(FactKind.ORDER_PLACED),
            "#1",
            EUR,
            true,
            new Customer("c", "n", "e", "s", "t", "p", "de"),
            "ND",
            List.of(LINE),
            money("11.80"),
            false),
        new OrderLines(head(FactKind.ORDER_LINES), false, List.of(LINE)),
        new PaymentCaptured(
            head(FactKind.PAYMENT_CAPTURED),
            money("5.01"),
            "cash",
            true,
            Optional.of(money("-0.01"))),
        new Shipped(head(FactKind.SHIPPED), List.of(new Shipped.Part("1", BigDecimal.ONE)), true),
        new ReceiptRung(
            head(FactKind.RECEIPT_RUNG),
            "1",
            "2",
            LocalDate.parse("2026-11-20"),
            EUR,
            true,
            List.of(
                new ReceiptRung.Line(
                    "1",
                    LineKind.GOODS,
                    "A",
                    "A",
                    BigDecimal.ONE.negate(),
                    money("-5.00"),
                    List.of(TAX))),
            List.of(new ReceiptRung.Tender(ReceiptRung.TenderKind.CASH, money("-5.00"))),
            false),
        new Refunded(
            head(FactKind.REFUNDED),
            money("5.00"),
            "paypal",
            List.of(
                new Refunded.Part(
                    "1",
                    "A",
                    "A",
                    BigDecimal.ZERO,
                    Refunded.Goods.KEPT,
                    money("5.00"),
                    Optional.of(money("0.80")))),
            Optional.of(money("-0.02"))),
        new OrderCancelled(head(FactKind.ORDER_CANCELLED), "customer"),
        new WrittenOff(head(FactKind.WRITTEN_OFF), money("-0.02"), "paypal", "cleo", "a cent"),
        new SettlementReceived(
            head(FactKind.SETTLEMENT_RECEIVED), money("-5.00"), NOON, NOON, NOON, 3));
  }

  private static FactHead head(FactKind kind) {
    return new FactHead(
        new FactName("nordwind", "shop", kind, "x"),
        new OrderKey("nordwind", "shop", "o"),
        NOON,
        NOON);
  }

  private static Money money(String amount) {
    return Money.of(amount, "EUR");
  }

  @ParameterizedTest
  @MethodSource("facts")
  void a_fact_is_valid_and_reads_back_as_itself(Fact fact) {
    assertThat(schemas.check(fact.name().kind(), FactWriter.tree(fact))).isEmpty();
    assertThat(FactReader.read(FactWriter.write(fact), "nordwind", "shop")).isEqualTo(fact);
  }

  @ParameterizedTest
  @MethodSource("facts")
  void a_schema_has_the_properties_that_are_written_and_no_others(Fact fact) throws IOException {
    String kind = fact.name().kind().word();
    JsonNode schema = Json.read(Files.readAllBytes(FOLDER.resolve(kind + ".v1.json")));
    TreeSet<String> properties = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(properties::add);
    TreeSet<String> written = new TreeSet<>();
    FactWriter.tree(fact).fieldNames().forEachRemaining(written::add);
    assertThat(properties).isEqualTo(written);
    assertThat(schema.path("additionalProperties").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("facts")
  void every_component_of_a_record_is_written(Fact fact) {
    Set<String> written =
        FactWriter.tree(fact).properties().stream()
            .map(e -> e.getKey())
            .collect(Collectors.toSet());
    for (RecordComponent component : fact.getClass().getRecordComponents()) {
      if (!component.getName().equals("head")) {
        assertThat(written).contains(component.getName());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("facts")
  void without_one_of_its_properties_a_fact_is_invalid(Fact fact) {
    ObjectNode whole = FactWriter.tree(fact);
    Set<String> optional = optional(fact);
    for (String property : List.copyOf(whole.properties()).stream().map(e -> e.getKey()).toList()) {
      if (optional.contains(property)) {
        continue;
      }
      assertThat(schemas.check(fact.name().kind(), whole.deepCopy().without(property)))
          .as("without " + property)
          .isNotEmpty();
    }
    assertThat(schemas.check(fact.name().kind(), whole.deepCopy().put("colour", "red")))
        .isNotEmpty();
  }

  /** What is written only where there is something to say. */
  private static Set<String> optional(Fact fact) {
    return Stream.of(fact.getClass().getRecordComponents())
        .filter(
            component ->
                component.getType() == Optional.class || component.getName().equals("undated"))
        .map(RecordComponent::getName)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("facts")
  void an_amount_that_is_a_number_is_invalid(Fact fact) {
    ObjectNode tree = FactWriter.tree(fact);
    for (String name : List.of("amount", "total")) {
      if (tree.has(name)) {
        assertThat(schemas.check(fact.name().kind(), tree.deepCopy().put(name, 5.0))).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("facts")
  void a_fact_of_a_newer_kontor_is_refused(Fact fact) {
    String newer = FactWriter.text(FactWriter.tree(fact).put("version", 99));
    assertThatThrownBy(() -> FactReader.read(newer, "nordwind", "shop"))
        .isInstanceOfSatisfying(
            RejectedFailure.class, e -> assertThat(e.code()).isEqualTo("unknown-schema-version"));
  }
}
