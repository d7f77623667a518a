package io.kontor.sandbox.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SampleDayTest {

  @Test
  void the_same_seed_makes_the_same_bytes() throws Exception {
    assertThat(fingerprint(SampleDay.generate(1, Days.DATE))).isEqualTo(fingerprint(Days.DAY));
    assertThat(fingerprint(SampleDay.generate(2, Days.DATE))).isNotEqualTo(fingerprint(Days.DAY));
  }

  @Test
  void the_day_is_as_big_as_promised() {
    Map<String, ControlTotals> totals =
        Days.DAY.totals().stream().collect(Collectors.toMap(ControlTotals::channel, t -> t));
    assertThat(totals.get("shopify").orders()).isEqualTo(120);
    assertThat(totals.get("shopify-eu").orders()).isEqualTo(40);
    assertThat(totals.get("amazon").orders()).isEqualTo(110);
    assertThat(totals.get("stores-us").receipts() + totals.get("stores-de").receipts())
        .isEqualTo(300);
    assertThat(totals.get("shopify").refunds()).isGreaterThanOrEqualTo(8);
    assertThat(totals.get("shopify-eu").refunds()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void what_is_wrong_on_purpose_is_listed() {
    assertThat(Days.several())
        .allSatisfy(
            day ->
                assertThat(day.expectations().stream().map(Expected::code))
                    .containsExactlyInAnyOrder(
                        "unknown-sku", "refund-above-captured", "not-json", "unmapped-code"));
  }

  @Test
  void what_is_expected_is_in_the_documents() {
    for (Expected expected : Days.DAY.expectations()) {
      String subject = expected.subject().split(":", 2)[0];
      assertThat(Days.DAY.documents())
          .as(expected.toString())
          .anyMatch(d -> d.channel().equals(expected.channel()) && names(d, subject));
    }
  }

  private static boolean names(SampleDocument document, String subject) {
    return new String(document.body(), StandardCharsets.UTF_8).contains(subject)
        || (document.delivery() instanceof Delivery.Webhook webhook
            && webhook.headers().containsValue(subject));
  }

  @Test
  void every_scene_that_was_asked_for_is_played() {
    List<String> notes = Days.DAY.documents().stream().map(SampleDocument::note).toList();
    assertThat(String.join("\n", notes))
        .contains(
            "authorised, never captured",
            "captured",
            "the first payment was declined",
            "bank transfer, not yet paid",
            "two gift cards sold",
            "paid in part with a gift card",
            "free shipping by code",
            "many lines, tax included",
            "first parcel",
            "everything refunded, freight too",
            "one unit of three refunded",
            "an amount refunded, for no line",
            "freight refunded",
            "a refund without transactions",
            "arrives after its refund",
            "more refunded than was captured",
            "edited: one unit and one line more",
            "cancelled and refunded",
            "cancelled before the capture",
            "the same event again",
            "the same content, another event",
            "a SKU that Odoo does not know",
            "cut off in the middle",
            "its items come first",
            "a line voided",
            "a return",
            "a gift card sold",
            "a loyalty reward",
            "cash rounded");
  }

  @Test
  void no_file_has_the_name_of_another_but_for_the_webhook_that_is_sent_twice() {
    List<String> names = new ArrayList<>();
    for (SampleDocument document : Days.DAY.documents()) {
      names.add(document.channel() + "/" + document.document() + "/" + document.fileName());
    }
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void events_repeat_only_where_they_are_meant_to() {
    Map<String, Long> events =
        Days.DAY.documents().stream()
            .filter(d -> d.delivery() instanceof Delivery.Webhook)
            .collect(
                Collectors.groupingBy(
                    d -> ((Delivery.Webhook) d.delivery()).eventId(), Collectors.counting()));
    assertThat(events.values().stream().filter(count -> count > 1)).containsExactly(2L, 2L);
    assertThat(events.keySet())
        .allMatch(id -> id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
  }

  @Test
  void the_early_refund_is_sent_before_its_order() {
    List<SampleDocument> documents = Days.DAY.documents();
    int refund = indexOf(documents, "arrives before its order");
    int order = indexOf(documents, "arrives after its refund");
    assertThat(refund).isPositive().isLessThan(order - 20);
    assertThat(Days.json(documents.get(refund)).get("order_id"))
        .isEqualTo(Days.json(documents.get(order)).get("id"));
  }

  private static int indexOf(List<SampleDocument> documents, String note) {
    for (int i = 0; i < documents.size(); i++) {
      if (documents.get(i).note().equals(note)) {
        return i;
      }
    }
    throw new AssertionError(note);
  }

  @Test
  void every_sku_but_the_unknown_one_is_a_product() {
    Set<String> known =
        Days.DAY.products().stream()
            .map(Product::sku)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(known).doesNotContain("NW-GHOST-999");
    Set<String> sold = new TreeSet<>();
    Days.documents(Days.DAY, "shopify", "orders")
        .forEach(d -> Days.json(d).get("line_items").forEach(l -> sold.add(l.get("sku").asText())));
    assertThat(sold).contains("NW-GHOST-999");
    sold.remove("NW-GHOST-999");
    assertThat(known).containsAll(sold);
    assertThat(Days.DAY.products().stream().map(Product::gtin)).doesNotHaveDuplicates();
  }

  private static String fingerprint(SampleDay day) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (SampleDocument document : day.documents()) {
      digest.update(document.fileName().getBytes(StandardCharsets.UTF_8));
      digest.update(document.body());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
