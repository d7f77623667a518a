package io.kontor.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.document.RawDocument;
import io.kontor.mapping.translation.Fault;
import io.kontor.mapping.translation.Translation;
import io.kontor.mapping.translation.Translator;
import io.kontor.money.Money;
import io.kontor.sales.FactKind;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.ReceiptRung;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Genuine documents, where they are at hand: each is understood, or refused with a reason. */
class SharedDocumentsTest {

  private static final Path ROOT = Path.of("mappings");
  private static final Path DATA =
      Path.of(System.getProperty("kontor.shared", "../shared")).resolve("data");
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final Mappings mappings = MappingsReader.read(ROOT);
  private final Translator translator = new Translator(mappings, ROOT);

  @BeforeEach
  void dataIsThere() {
    Assumptions.assumeTrue(Files.isDirectory(DATA), "no shared data");
  }

  @Test
  void every_shopify_document_is_understood_or_refused_with_a_reason() throws IOException {
    Map<String, String> refused =
        Map.of(
            "airbyte-test-shop/order_taxes_included.json", "no-country",
            "go-shopify/order.json", "test-order",
            "go-shopify/orders.json", "test-order",
            "go-shopify/order_with_transaction.json", "test-order",
            "shopify_python_api/order.json", "total-differs",
            "shopify_python_api/orders.json", "no-lines");
    for (Path file : files("shopify")) {
      String name = DATA.resolve("shopify").relativize(file).toString();
      refused(translate("shopify", "orders", file), refused.getOrDefault(name, "not-an-order"));
      refused(
          translate("shopify", "refunds", file),
          name.startsWith("airbyte-test-shop/refund") ? "test-order" : "not-a-refund");
    }
  }

  @Test
  void an_order_of_the_test_mode_would_be_understood_if_it_were_none() throws IOException {
    for (String name : List.of("go-shopify/order.json", "go-shopify/orders.json")) {
      Translation orders = real(DATA.resolve("shopify").resolve(name), "orders");
      assertThat(orders.faults()).isEmpty();
      OrderPlaced placed = (OrderPlaced) orders.facts().get(0).fact();
      assertThat(placed.total()).isEqualTo(Money.of("10.00", "USD"));
      assertThat(orders.facts().get(1).fact().name().kind()).isEqualTo(FactKind.ORDER_CANCELLED);
    }
    Translation refund =
        real(DATA.resolve("shopify/airbyte-test-shop/refund_829538369725.json"), "refunds");
    assertThat(refund.faults()).isEmpty();
    assertThat(refund.facts()).hasSize(1);
  }

  @Test
  void every_amazon_order_is_understood_or_refused_with_a_reason() throws IOException {
    refused(orders("examples/ordersV0/getOrder.200.json"), "order-pending");
    refused(orders("examples/ordersV0/getOrders.200.json"), "order-pending");
    refused(orders("examples/orders_2026-01-01/getOrder.200.json"), "currency-not-traded");
    refused(orders("sandbox/ordersV0/getOrder.200.00.json"), "implausible-date");
    refused(orders("sandbox/ordersV0/getOrders.200.00.json"), "implausible-date");
    refused(orders("sandbox/orders_2026-01-01/getOrder.200.00.json"), "currency-not-traded");
    refused(orders("sandbox/orders_2026-01-01/searchOrders.200.00.json"), "currency-not-traded");
    Translation search = orders("examples/orders_2026-01-01/searchOrders.200.json");
    assertThat(search.faults()).isEmpty();
    assertThat(((OrderPlaced) search.facts().get(0).fact()).total())
        .isEqualTo(Money.of("154.99", "USD"));
    refused(items("examples/ordersV0/getOrderItems.200.json"), "currency-not-traded");
    assertThat(items("sandbox/ordersV0/getOrderItems.200.00.json").faults()).isEmpty();
  }

  @Test
  void whatever_else_amazon_sends_is_refused_with_a_reason() throws IOException {
    for (String folder : List.of("examples", "sandbox")) {
      for (Path file : files("amazon/sp-api/" + folder)) {
        for (String document : List.of("orders", "order-items")) {
          Translation translation = translate("amazon", document, file);
          assertThat(translation.facts().size() + translation.faults().size())
              .as(document + " " + file)
              .isPositive();
          translation.faults().forEach(SharedDocumentsTest::hasAReason);
        }
      }
    }
  }

  @Test
  void a_poslog_comes_to_its_tenders() throws IOException {
    for (Path file : files("poslog")) {
      Translation translation = translate("stores-us", "poslog", file);
      assertThat(translation.faults()).isEmpty();
      assertThat(translation.facts()).hasSize(1);
      ReceiptRung receipt = (ReceiptRung) translation.facts().get(0).fact();
      assertThat(receipt.total()).isEqualTo(Money.of("1.07", "USD"));
      assertThat(receipt.tendered()).isEqualTo(receipt.total());
    }
  }

  private static void refused(Translation translation, String code) {
    assertThat(translation.facts()).isEmpty();
    assertThat(translation.faults()).isNotEmpty();
    assertThat(translation.faults()).extracting(Fault::code).containsOnly(code);
    translation.faults().forEach(SharedDocumentsTest::hasAReason);
  }

  private static void hasAReason(Fault fault) {
    assertThat(fault.code()).isNotEqualTo("not-understood").isNotEqualTo("not-a-fact");
    assertThat(fault.message()).hasSizeGreaterThan(30);
  }

  /** The document as it would be if the shop's test mode had been off. */
  private Translation real(Path file, String document) throws IOException {
    String body = Files.readString(file).replaceAll("\"test\": *true", "\"test\": false");
    return translator.translate(
        mappings.channel("shopify").orElseThrow(),
        new RawDocument("shopify", document, "x", NOW, "", body.getBytes(UTF_8)));
  }

  private Translation orders(String file) throws IOException {
    return translate("amazon", "orders", DATA.resolve("amazon/sp-api").resolve(file));
  }

  private Translation items(String file) throws IOException {
    return translate("amazon", "order-items", DATA.resolve("amazon/sp-api").resolve(file));
  }

  private Translation translate(String channel, String document, Path file) throws IOException {
    return translator.translate(
        mappings.channel(channel).orElseThrow(),
        new RawDocument(channel, document, "x", NOW, "", Files.readAllBytes(file)));
  }

  private static List<Path> files(String folder) {
    try (Stream<Path> walk = Files.walk(DATA.resolve(folder))) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
