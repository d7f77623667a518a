package io.kontor.sandbox.day;

import static io.kontor.sandbox.day.Days.amount;
import static io.kontor.sandbox.day.Days.each;
import static io.kontor.sandbox.day.Days.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShopifyDocumentsTest {

  static Stream<SampleDay> days() {
    return Days.several();
  }

  @ParameterizedTest
  @MethodSource("days")
  void an_order_adds_up(SampleDay day) {
    for (JsonNode order : bothShops(day)) {
      boolean included = order.get("taxes_included").asBoolean();
      BigDecimal goods = sum(each(order.get("line_items")).map(ShopifyDocumentsTest::discounted));
      BigDecimal freight =
          sum(each(order.get("shipping_lines")).map(line -> amount(line.get("discounted_price"))));
      BigDecimal tax =
          sum(
              Stream.concat(each(order.get("line_items")), each(order.get("shipping_lines")))
                  .map(ShopifyDocumentsTest::tax));
      String name = order.get("name").asText();
      assertThat(amount(order.get("subtotal_price"))).as(name).isEqualByComparingTo(goods);
      assertThat(amount(order.get("total_tax"))).as(name).isEqualByComparingTo(tax);
      assertThat(tax(order)).as(name).isEqualByComparingTo(tax);
      assertThat(amount(order.get("total_price")))
          .as(name)
          .isEqualByComparingTo(included ? goods.add(freight) : goods.add(freight).add(tax));
      assertThat(amount(order.at("/total_price_set/shop_money/amount")))
          .isEqualByComparingTo(amount(order.get("total_price")));
    }
  }

  @ParameterizedTest
  @MethodSource("days")
  void each_line_is_taxed_to_the_nearest_cent(SampleDay day) {
    for (JsonNode order : bothShops(day)) {
      boolean included = order.get("taxes_included").asBoolean();
      for (JsonNode line : order.get("line_items")) {
        BigDecimal rate = sum(each(line.get("tax_lines")).map(t -> t.get("rate").decimalValue()));
        BigDecimal base = discounted(line);
        double exact =
            included
                ? base.doubleValue() * rate.doubleValue() / (1 + rate.doubleValue())
                : base.doubleValue() * rate.doubleValue();
        assertThat(tax(line).doubleValue())
            .isBetween(
                exact - 0.005001 * line.get("tax_lines").size(),
                exact + 0.005001 * line.get("tax_lines").size());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("days")
  void a_refund_pays_back_its_lines_less_its_adjustments(SampleDay day) {
    for (String channel : List.of("shopify", "shopify-eu")) {
      boolean included = channel.equals("shopify-eu");
      for (JsonNode refund : json(day, channel, "refunds")) {
        BigDecimal paid = sum(each(refund.get("transactions")).map(t -> amount(t.get("amount"))));
        BigDecimal lines =
            sum(each(refund.get("refund_line_items")).map(line -> given(line, included)));
        BigDecimal adjustments =
            sum(
                each(refund.get("order_adjustments"))
                    .map(a -> amount(a.get("amount")).add(amount(a.get("tax_amount")))));
        if (!refund.get("transactions").isEmpty()) {
          assertThat(paid).isEqualByComparingTo(lines.subtract(adjustments));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("days")
  void an_order_repeats_its_refunds_and_its_current_total_follows(SampleDay day) {
    for (JsonNode order : bothShops(day)) {
      boolean included = order.get("taxes_included").asBoolean();
      BigDecimal gone = BigDecimal.ZERO;
      for (JsonNode refund : order.get("refunds")) {
        gone = gone.add(sum(each(refund.get("refund_line_items")).map(l -> given(l, included))));
        gone =
            gone.subtract(
                sum(
                    each(refund.get("order_adjustments"))
                        .map(a -> amount(a.get("amount")).add(amount(a.get("tax_amount"))))));
      }
      assertThat(amount(order.get("current_total_price")))
          .isEqualByComparingTo(
              amount(order.get("total_price")).subtract(gone).max(BigDecimal.ZERO));
    }
  }

  @ParameterizedTest
  @MethodSource("days")
  void the_status_says_what_the_transactions_say(SampleDay day) {
    for (JsonNode order : bothShops(day)) {
      if (!order.has("transactions")) {
        continue;
      }
      BigDecimal took =
          sum(
              each(order.get("transactions"))
                  .filter(t -> t.get("status").asText().equals("success"))
                  .filter(t -> List.of("sale", "capture").contains(t.get("kind").asText()))
                  .map(t -> amount(t.get("amount"))));
      String status = order.get("financial_status").asText();
      if (status.equals("paid")) {
        assertThat(took).isEqualByComparingTo(amount(order.get("current_total_price")));
      } else if (status.equals("authorized") || status.equals("voided")) {
        assertThat(took).isZero();
      }
    }
  }

  /** One revision has one content: whoever sees the same revision twice may ignore the second. */
  @ParameterizedTest
  @MethodSource("days")
  void a_changed_order_has_a_newer_revision(SampleDay day) {
    Map<String, JsonNode> seen = new HashMap<>();
    for (JsonNode order : bothShops(day)) {
      String revision = order.get("id").asText() + order.get("updated_at").asText();
      JsonNode before = seen.putIfAbsent(revision, order);
      assertThat(before == null || before.equals(order)).as(revision).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("days")
  void no_more_is_sent_than_was_ordered(SampleDay day) {
    for (JsonNode order : bothShops(day)) {
      Map<String, Integer> sent = new TreeMap<>();
      order
          .get("fulfillments")
          .forEach(
              parcel ->
                  parcel
                      .get("line_items")
                      .forEach(
                          line ->
                              sent.merge(
                                  line.get("id").asText(),
                                  line.get("quantity").asInt(),
                                  Integer::sum)));
      for (JsonNode line : order.get("line_items")) {
        assertThat(sent.getOrDefault(line.get("id").asText(), 0))
            .isLessThanOrEqualTo(line.get("quantity").asInt());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("days")
  void there_is_a_tax_inclusive_order_of_many_lines(SampleDay day) {
    assertThat(json(day, "shopify-eu", "orders"))
        .anyMatch(
            order ->
                order.get("line_items").size() >= 25
                    && amount(order.get("total_discounts")).signum() > 0);
  }

  @ParameterizedTest
  @MethodSource("days")
  void the_newest_revisions_make_the_control_totals(SampleDay day) {
    for (ControlTotals totals : day.totals()) {
      if (!totals.channel().startsWith("shopify")) {
        continue;
      }
      Map<String, JsonNode> newest = new TreeMap<>();
      for (JsonNode order : json(day, totals.channel(), "orders")) {
        newest.merge(
            order.get("id").asText(),
            order,
            (a, b) ->
                a.get("updated_at").asText().compareTo(b.get("updated_at").asText()) <= 0 ? b : a);
      }
      assertThat(newest).hasSize(totals.orders());
      assertThat(sum(newest.values().stream().map(o -> amount(o.get("total_price")))))
          .isEqualByComparingTo(totals.gross().amount());
      Map<String, BigDecimal> refunds = new TreeMap<>();
      for (JsonNode refund : json(day, totals.channel(), "refunds")) {
        refunds.put(
            refund.get("id").asText(),
            sum(each(refund.get("transactions")).map(t -> amount(t.get("amount")))));
      }
      assertThat(refunds).hasSize(totals.refunds());
      assertThat(sum(refunds.values().stream())).isEqualByComparingTo(totals.refunded().amount());
    }
  }

  @ParameterizedTest
  @MethodSource("days")
  void the_broken_document_is_broken(SampleDay day) {
    SampleDocument broken =
        day.documents().stream()
            .filter(d -> d.note().equals("cut off in the middle"))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> Days.json(broken)).isNotNull();
  }

  private static List<JsonNode> bothShops(SampleDay day) {
    List<JsonNode> orders = new ArrayList<>(json(day, "shopify", "orders"));
    orders.addAll(json(day, "shopify-eu", "orders"));
    return List.copyOf(orders);
  }

  private static List<JsonNode> json(SampleDay day, String channel, String document) {
    return day.documents().stream()
        .filter(d -> d.channel().equals(channel) && d.document().equals(document))
        .filter(d -> !d.note().equals("cut off in the middle"))
        .map(Days::json)
        .toList();
  }

  private static BigDecimal discounted(JsonNode line) {
    return amount(line.get("price"))
        .multiply(line.get("quantity").decimalValue())
        .subtract(sum(each(line.get("discount_allocations")).map(d -> amount(d.get("amount")))));
  }

  private static BigDecimal tax(JsonNode taxed) {
    return sum(each(taxed.get("tax_lines")).map(t -> amount(t.get("price"))));
  }

  private static BigDecimal given(JsonNode line, boolean included) {
    BigDecimal subtotal = line.get("subtotal").decimalValue();
    assertThat(subtotal).isEqualByComparingTo(amount(line.at("/subtotal_set/shop_money/amount")));
    return included ? subtotal : subtotal.add(line.get("total_tax").decimalValue());
  }
}
