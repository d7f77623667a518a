package io.kontor.mapping.translation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.Folders;
import io.kontor.document.RawDocument;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.MappingsReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hard input: it makes faults that a person can act on, and never an exception. */
class TranslatorTest {

  private static final Path ROOT = Path.of("mappings");
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final String ORDER =
      """
      {"id": 1, "name": "#1", "created_at": "2026-11-20T09:00:00Z", "updated_at": "%s",
       "currency": "%s", "total_price": "%s", "financial_status": "paid", "email": "J\u00f6rg@example.com",
       "line_items": [{"id": 2, "sku": "A", "quantity": 1, "price": "10.00"}]}
      """;
  private static final String WELL = ORDER.formatted("2026-11-20T09:00:00Z", "EUR", "10.00");

  private final Mappings mappings = MappingsReader.read(ROOT);
  private final Translator translator = new Translator(mappings, ROOT);

  @Test
  void a_sound_document_is_translated_packed_or_with_a_byte_order_mark() throws IOException {
    assertThat(orders(WELL.getBytes(UTF_8)).faults()).isEmpty();
    assertThat(orders(gzip(WELL)).facts()).hasSize(2);
    assertThat(orders(("\ufeff" + WELL).getBytes(UTF_8)).facts()).hasSize(2);
  }

  @Test
  void what_is_no_document_is_one_fault_with_the_way_out() throws IOException {
    fault(new byte[0], "empty-document", "fetch or send it again");
    fault("<html><body>503".getBytes(UTF_8), "html-instead-of-json", "web page");
    fault("{".getBytes(UTF_8), "not-json", "line 1");
    fault(WELL.getBytes(ISO_8859_1), "invalid-utf-8", "byte");
    byte[] packed = gzip(WELL);
    fault(Arrays.copyOf(packed, packed.length - 20), "truncated-gzip", "fetch it again");
    byte[] endless = new byte[50 << 20];
    Arrays.fill(endless, (byte) 'x');
    fault(endless, "document-too-large", "split it");
    fault("[1, null, \"x\"]".getBytes(UTF_8), "not-an-order", "it holds number");
    fault("\"x\"".getBytes(UTF_8), "not-an-order", "it holds string");
    fault("null".getBytes(UTF_8), "not-an-order", "it holds null");
  }

  @Test
  void an_empty_list_says_nothing() {
    Translation translation = orders("{\"orders\": []}".getBytes(UTF_8));
    assertThat(translation.facts()).isEmpty();
    assertThat(translation.faults()).isEmpty();
  }

  @Test
  void an_amount_a_currency_or_a_date_that_cannot_be_names_itself() {
    fault(order("2026-11-20T09:00:00Z", "EUR", "10.005"), "too-many-decimals", "10.005");
    fault(order("2026-11-20T09:00:00Z", "EUX", "10.00"), "unknown-currency", "'EUX'");
    fault(order("2026-11-20T09:00:00Z", "XAU", "10.00"), "unknown-currency", "XAU");
    fault(order("2026-11-20T09:00:00Z", "USD", "10.00"), "currency-not-traded", "channel.yaml");
    fault(order("1970-01-01T00:00:00Z", "EUR", "10.00"), "implausible-date", "1970");
    fault(order("2026-11-25T00:00:00Z", "EUR", "10.00"), "implausible-date", "a day after");
    fault(order("yesterday", "EUR", "10.00"), "invalid-fact", "/revision");
    fault(order("2026-11-20T09:00:00Z", "EUR", "10,00"), "not-a-decimal", "'10,00'");
    fault(order("2026-11-20T09:00:00Z", "EUR", "1e1"), "not-a-decimal", "'1e1'");
    fault(order("2026-11-20T09:00:00Z", "EUR", "12.00"), "total-differs", "10.00 EUR");
  }

  @Test
  void a_gateway_that_the_channel_calls_a_gift_card_is_one(@TempDir Path folder)
      throws IOException {
    Folders.copy(ROOT, folder);
    Path channel = folder.resolve("channels/shopify-eu/channel.yaml");
    Files.writeString(
        channel, Files.readString(channel).replace("gateways: {", "gateways: { bons: gift-card,"));
    Translation translation =
        new Translator(MappingsReader.read(folder), folder)
            .translate(
                MappingsReader.read(folder).channel("shopify-eu").orElseThrow(),
                new RawDocument(
                    "shopify-eu",
                    "orders",
                    "x",
                    NOW,
                    "",
                    WELL.replace("\"email\"", "\"payment_gateway_names\": [\"Bons\"], \"email\"")
                        .getBytes(UTF_8)));
    assertThat(translation.facts().get(1).json()).contains("\"gateway\":\"gift_card\"");
  }

  @Test
  void a_fact_of_a_kind_that_there_is_not_is_a_fault_that_lists_those_there_are(
      @TempDir Path folder) throws IOException {
    Folders.copy(ROOT, folder);
    Files.writeString(
        folder.resolve("vendors/shopify/orders.jq"),
        """
        {fact: "ship", order: "1", externalId: "7"},
        (if .again then {fact: "ship", order: "2", externalId: "8", fault: {code: "late", message: "it came late"}} else empty end)
        """);
    Mappings mistyped = MappingsReader.read(folder);
    Translation translation =
        new Translator(mistyped, folder)
            .translate(
                mistyped.channel("shopify-eu").orElseThrow(),
                new RawDocument(
                    "shopify-eu", "orders", "x", NOW, "", "{\"again\": true}".getBytes(UTF_8)));
    assertThat(translation.facts()).isEmpty();
    assertThat(translation.faults())
        .containsExactly(
            new Fault(
                "not-a-fact",
                "1",
                "order 1: there is no kind of fact 'ship', only order-placed, order-lines,"
                    + " payment-captured, shipped, receipt-rung, refunded, order-cancelled,"
                    + " written-off; correct mappings/vendors/shopify/orders.jq"),
            new Fault("late", "2", "order 2: it came late"));
  }

  @Test
  void a_mapping_makes_no_settlement(@TempDir Path folder) throws IOException {
    Folders.copy(ROOT, folder);
    Files.writeString(
        folder.resolve("vendors/shopify/orders.jq"),
        """
        {fact: "settlement-received", order: "1", externalId: "7"}
        """);
    Mappings own = MappingsReader.read(folder);
    Translation translation =
        new Translator(own, folder)
            .translate(
                own.channel("shopify-eu").orElseThrow(),
                new RawDocument("shopify-eu", "orders", "x", NOW, "", "{}".getBytes(UTF_8)));
    assertThat(translation.facts()).isEmpty();
    assertThat(translation.faults())
        .singleElement()
        .extracting(Fault::message)
        .asString()
        .contains("no kind of fact 'settlement-received', only order-placed")
        .endsWith("a statement is described by a *.statement.yaml");
  }

  @Test
  void a_document_that_the_channel_does_not_have_is_a_fault() {
    Translation translation =
        translator.translate(
            mappings.channel("amazon").orElseThrow(),
            new RawDocument("amazon", "settlement", "x", NOW, "", new byte[0]));
    assertThat(translation.faults()).hasSize(1);
    assertThat(translation.faults().get(0).code()).isEqualTo("unknown-document");
    assertThat(translation.faults().get(0).reference()).isEqualTo("amazon/settlement/x");
  }

  @Test
  void the_hash_does_not_depend_on_the_receipt_where_only_the_receipt_has_a_time() {
    String items =
        """
        {"AmazonOrderId": "1-2", "OrderItems": [{"OrderItemId": "9", "SellerSKU": "A",
          "QuantityOrdered": 1, "QuantityShipped": 1,
          "ItemPrice": {"CurrencyCode": "USD", "Amount": "10.00"}}]}
        """;
    Translation first = amazon(items, NOW);
    Translation later = amazon(items, NOW.plusSeconds(60));
    assertThat(first.facts()).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(later.facts().get(i).hash()).isEqualTo(first.facts().get(i).hash());
      assertThat(later.facts().get(i).fact().revision()).isEqualTo(NOW.plusSeconds(60));
    }
  }

  @Test
  void documents_with_any_byte_changed_never_throw() {
    Random random = new Random(7);
    byte[] sound = WELL.getBytes(UTF_8);
    for (int i = 0; i < 2_000; i++) {
      byte[] changed = sound.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      Translation translation = orders(changed);
      assertThat(translation.facts().size() + translation.faults().size()).isPositive();
    }
  }

  private Translation amazon(String items, Instant receivedAt) {
    return translator.translate(
        mappings.channel("amazon").orElseThrow(),
        new RawDocument("amazon", "order-items", "x", receivedAt, "", items.getBytes(UTF_8)));
  }

  private static byte[] order(String revision, String currency, String total) {
    return ORDER.formatted(revision, currency, total).getBytes(UTF_8);
  }

  private Translation orders(byte[] body) {
    return translator.translate(
        mappings.channel("shopify-eu").orElseThrow(),
        new RawDocument("shopify-eu", "orders", "x", NOW, "", body));
  }

  private void fault(byte[] body, String code, String message) {
    Translation translation = orders(body);
    assertThat(translation.facts()).isEmpty();
    assertThat(translation.faults()).isNotEmpty();
    assertThat(translation.faults().get(0).code()).isEqualTo(code);
    assertThat(translation.faults().get(0).message()).contains(message);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
