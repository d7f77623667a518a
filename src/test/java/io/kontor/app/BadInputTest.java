package io.kontor.app;

import static io.kontor.app.SpoiltDocuments.gzip;
import static io.kontor.app.SpoiltDocuments.joined;
import static io.kontor.app.SpoiltDocuments.order;
import static io.kontor.app.SpoiltDocuments.sha256;
import static io.kontor.app.SpoiltDocuments.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.app.command.Kontor;
import io.kontor.sandbox.day.SampleSender;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What is wrong in itself, by every door by which it can come: the sender is told at once, or a
 * work item keeps the document and says what is wrong with it. The hub has a small memory, goes on
 * after each, and takes the next good order.
 */
class BadInputTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final int FIFTY_MEGABYTES = 50 << 20;
  private static final AtomicInteger NEXT = new AtomicInteger(1);

  @TempDir static Path home;
  private static HubAndOdoo hub;

  @BeforeAll
  static void start() throws Exception {
    hub =
        HubAndOdoo.start(
            home, List.of(), List.of("-Xmx256m"), Map.of("kontor.odoo.create-products", "true"));
  }

  @AfterAll
  static void stop() throws Exception {
    hub.close();
    assertThat(Files.readString(hub.data().resolveSibling("output")))
        .doesNotContain("OutOfMemoryError", "\tat io.kontor");
  }

  /** The next good order comes through, and no document is lost. */
  @AfterEach
  void the_hub_goes_on() throws Exception {
    int number = NEXT.incrementAndGet();
    byte[] good = order(number, "9.99", "USD", "2026-11-20T10:00:00Z");
    assertThat(hub.post("shopify", "orders", good, "good-" + number).statusCode()).isEqualTo(202);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(hub.odoo().read("sale.order", "client_order_ref"))
                    .extracting(order -> order.path("client_order_ref").asText())
                    .contains("#" + number));
    for (JsonNode row : hub.client().get("tie-out", Map.of()).path("documents")) {
      assertThat(row.path("lost").asLong()).as(row.toString()).isZero();
    }
  }

  @Test
  void an_empty_file_is_refused_or_on_the_desk() throws Exception {
    Path file = Files.createFile(home.resolve("empty"));
    byte[] empty = {};
    refusedWebhook(empty, 400, "empty-body");
    assertThat(imported("shopify", "orders", file)).contains("refused", "no file in the body");
    assertThat(imported("amazon", "settlement", file)).contains("refused", "no file in the body");
    onTheDesk(dropped("stores-de", "poslog", "empty.xml", empty), "empty-document", "is empty");
  }

  @Test
  void a_web_page_in_the_place_of_a_document_is_told_from_broken_json() throws Exception {
    byte[] page = text("<!DOCTYPE html>\n<html><body>Please log in</body></html>");
    onTheDesk(accepted(page), "html-instead-of-json", "web page");
    onTheDesk(taken("shopify", "refunds", page), "html-instead-of-json", "web page");
    onTheDesk(dropped("stores-us", "poslog", "page.xml", page), "html-instead-of-xml", "web page");
    onTheDesk(taken("amazon", "settlement", page), "html-instead-of-statement", "web page");
  }

  @Test
  void a_gzip_that_ends_before_its_content_is_said_to_be_truncated() throws Exception {
    byte[] whole = gzip(new String(order(77, "10.00", "USD", "2026-11-20T10:00:00Z"), UTF_8), 1);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    onTheDesk(accepted(cut), "truncated-gzip", "fetch it again");
    onTheDesk(taken("stores-us", "poslog", cut), "truncated-gzip", "fetch it again");
    byte[] statement = gzip(SpoiltDocuments.SETTLEMENT, 1);
    byte[] half = Arrays.copyOf(statement, statement.length / 2);
    onTheDesk(dropped("amazon", "settlement", "cut.gz", half), "truncated-gzip", "fetch it again");
  }

  @Test
  void fifty_megabytes_of_one_line_do_not_fill_the_memory() throws Exception {
    byte[] line = new byte[FIFTY_MEGABYTES];
    Arrays.fill(line, (byte) 'x');
    refusedWebhook(line, 413, "too-big");
    Path file = Files.write(home.resolve("line"), line);
    assertThat(imported("shopify", "orders", file)).contains("refused").contains("split it");
    assertThat(imported("stores-us", "poslog", file)).contains("refused").contains("split it");
    assertThat(imported("amazon", "settlement", file))
        .contains("taken in")
        .contains("line 1 is longer than");
    hub.drop("shopify", "orders", "line.json", line);
    itemOf("", "document-too-large", "line.json");
    hub.drop("amazon", "settlement", "line.txt", line);
    hub.awaitQuiet();
    assertThat(lying("failed")).contains("line.json");
  }

  @Test
  void fifty_megabytes_that_come_packed_do_not_either() throws Exception {
    onTheDesk(
        accepted(gzip(SpoiltDocuments.MEGABYTE, 50)), "document-too-large", "larger than 32 MiB");
    onTheDesk(
        taken("shopify", "orders", gzip("\"" + "x".repeat(1023), 30 << 10)),
        "not-json",
        "not readable");
    onTheDesk(
        taken("stores-us", "poslog", gzip("<a>", FIFTY_MEGABYTES / 3)),
        "document-too-large",
        "nested deeper");
    onTheDesk(
        taken("stores-us", "poslog", gzip("<POSLog>", SpoiltDocuments.MEGABYTE, 50)),
        "not-xml",
        "not readable");
    onTheDesk(
        taken("stores-us", "poslog", gzip("<POSLog><Transaction>", SpoiltDocuments.MEGABYTE, 50)),
        "line-too-long",
        "more than");
    onTheDesk(
        taken("amazon", "settlement", gzip(SpoiltDocuments.MEGABYTE, 50)),
        "line-too-long",
        "longer than");
  }

  @Test
  void thirty_megabytes_of_one_text_in_a_document_are_refused_by_their_length() throws Exception {
    byte[] json = text("{\"note\": \"" + "x".repeat(30 << 20) + "\"}");
    Path file = Files.write(home.resolve("long.json"), json);
    assertThat(imported("shopify", "orders", file)).contains("taken in").contains("line-too-long");
    byte[] xml = text("<POSLog><Transaction>" + "x".repeat(30 << 20) + "</Transaction></POSLog>");
    Files.write(file, xml);
    assertThat(imported("stores-us", "poslog", file))
        .contains("taken in")
        .contains("line-too-long");
  }

  @Test
  void a_wrong_signature_is_refused_and_nothing_is_kept() throws Exception {
    byte[] body = order(88, "10.00", "USD", "2026-11-20T10:00:00Z");
    long before = received("shopify");
    HttpResponse<String> answer =
        hub.post("shopify", "orders", body, "forged", SampleSender.signature(body, "a guess"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("wrong-signature").contains("X-Shopify-Hmac-SHA256");
    hub.awaitQuiet();
    assertThat(received("shopify")).isEqualTo(before);
  }

  @Test
  void three_decimals_in_euro_are_on_the_desk_and_never_rounded() throws Exception {
    byte[] body = order(301, "10.005", "EUR", "2026-11-20T10:00:00Z");
    onTheDesk(acceptedBy("shopify-eu", body), "too-many-decimals", "10.005");
    onTheDesk(taken("shopify-eu", "orders", body), "too-many-decimals", "10.005");
    onTheDesk(dropped("shopify-eu", "orders", "three.json", body), "too-many-decimals", "10.005");
  }

  @Test
  void a_currency_that_does_not_exist_and_one_that_is_not_sold_in_are_told_apart()
      throws Exception {
    byte[] unknown = order(302, "10.00", "XQQ", "2026-11-20T10:00:00Z");
    byte[] foreign = order(303, "10.00", "CHF", "2026-11-20T10:00:00Z");
    onTheDesk(accepted(unknown), "unknown-currency", "XQQ");
    onTheDesk(dropped("shopify", "orders", "xqq.json", unknown), "unknown-currency", "XQQ");
    onTheDesk(taken("shopify", "orders", foreign), "currency-not-traded", "CHF");
  }

  @Test
  void a_date_in_1970_is_on_the_desk() throws Exception {
    byte[] body = order(304, "10.00", "USD", "1970-01-01T00:00:00Z");
    onTheDesk(accepted(body), "implausible-date", "1970-01-01");
    onTheDesk(taken("shopify", "orders", body), "implausible-date", "before the year 2000");
    onTheDesk(dropped("shopify", "orders", "old.json", body), "implausible-date", "1970");
  }

  @Test
  void a_byte_order_mark_is_no_fault() throws Exception {
    byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    byte[] sent = joined(mark, order(400, "12.34", "USD", "2026-11-20T10:00:00Z"));
    assertThat(hub.post("shopify", "orders", sent, "marked").statusCode()).isEqualTo(202);
    hub.take("shopify", "orders", joined(mark, order(401, "12.34", "USD", "2026-11-20T10:00:00Z")));
    byte[] dropped = joined(mark, order(402, "12.34", "USD", "2026-11-20T10:00:00Z"));
    hub.drop("shopify", "orders", "marked.json", dropped);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(hub.odoo().read("sale.order", "client_order_ref"))
                    .extracting(order -> order.path("client_order_ref").asText())
                    .contains("#400", "#401", "#402"));
  }

  @Test
  void invalid_utf_8_names_the_byte_and_keeps_the_document() throws Exception {
    byte[] body = order(305, "10.00", "USD", "2026-11-20T10:00:00Z");
    body[20] = (byte) 0xff;
    onTheDesk(accepted(body), "invalid-utf-8", "byte 20 (0xff)");
    onTheDesk(taken("shopify", "orders", body), "invalid-utf-8", "byte 20 (0xff)");
    byte[] xml = joined(text("<POSLog>"), new byte[] {(byte) 0xe4}, text("</POSLog>"));
    onTheDesk(dropped("stores-de", "poslog", "latin.xml", xml), "invalid-utf-8", "byte 8 (0xe4)");
  }

  // --- the doors; each returns the id of the document that was taken in

  private static String accepted(byte[] body) throws Exception {
    return acceptedBy("shopify", body);
  }

  private static String acceptedBy(String channel, byte[] body) throws Exception {
    HttpResponse<String> answer =
        hub.post(channel, "orders", body, "bad-" + NEXT.incrementAndGet());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return JSON.readTree(answer.body()).path("accepted").asText();
  }

  private static void refusedWebhook(byte[] body, int status, String code) throws Exception {
    HttpResponse<String> answer = hub.post("shopify", "orders", body, "bad");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"error\":\"" + code + "\"");
  }

  private static String taken(String channel, String document, byte[] body) throws Exception {
    return hub.take(channel, document, body);
  }

  private static String dropped(String channel, String document, String name, byte[] body)
      throws Exception {
    hub.drop(channel, document, name, body);
    return channel + "/" + document + "/sha256:" + sha256(body);
  }

  /** The command itself, as a person calls it with what is refused or waits: what it prints. */
  private static String imported(String channel, String document, Path file) {
    HubWiring wiring = new HubWiring(Clock.systemUTC());
    CommandLine line = Kontor.commandLine(wiring, Map.of());
    StringWriter out = new StringWriter();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(out, true));
    int code =
        line.execute("import", channel, document, file.toString(), "--data", hub.data().toString());
    assertThat(code).as(out.toString()).isEqualTo(1);
    return out.toString();
  }

  // --- what is left behind

  /** Waits for the work item of a document; it can be shown, edited and skipped. */
  private static void onTheDesk(String document, String code, String words) throws Exception {
    String channel = document.substring(0, document.indexOf('/'));
    await().atMost(SOON).until(() -> !items(channel, document).isEmpty());
    JsonNode item = items(channel, document).get(0);
    assertThat(item.path("code").asText()).as(item.toString()).isEqualTo(code);
    assertThat(item.path("message").asText()).contains(words);
    JsonNode shown = hub.client().get("desk/" + item.path("id").asText(), Map.of());
    assertThat(shown.path("actions").toString()).contains("edit", "retry", "skip");
  }

  private static List<JsonNode> items(String channel, String document) throws Exception {
    return hub.items(channel).stream()
        .filter(item -> item.path("document").asText().equals(document))
        .toList();
  }

  /** An item of no channel: a file that was not taken in. */
  private static void itemOf(String channel, String code, String words) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(hub.client().get("desk", Map.of("code", code)))
                    .anySatisfy(
                        item -> {
                          assertThat(item.path("channel").asText()).isEqualTo(channel);
                          assertThat(item.path("message").asText() + item.path("subject").asText())
                              .contains(words);
                        }));
  }

  private static String lying(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(hub.inbox())) {
      return files
          .filter(file -> file.getParent().getFileName().toString().equals(folder))
          .map(file -> file.getFileName().toString())
          .toList()
          .toString();
    }
  }

  private static long received(String channel) throws Exception {
    for (JsonNode row : hub.client().get("tie-out", Map.of()).path("documents")) {
      if (row.path("channel").asText().equals(channel)) {
        return row.path("received").asLong() + row.path("repeats").asLong();
      }
    }
    return 0;
  }
}
