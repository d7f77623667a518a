package io.kontor.sandbox.day;

import static io.kontor.sandbox.day.Days.amount;
import static io.kontor.sandbox.day.Days.each;
import static io.kontor.sandbox.day.Days.sum;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AmazonDocumentsTest {

  private static final int AMOUNT = 14;

  static Stream<SampleDay> days() {
    return Days.several();
  }

  @ParameterizedTest
  @MethodSource("days")
  void an_order_adds_up(SampleDay day) {
    for (JsonNode order : orders(day)) {
      if (!order.has("proceeds")) {
        assertThat(order.at("/fulfillment/fulfillmentStatus").asText()).isEqualTo("PENDING");
        continue;
      }
      BigDecimal total = amount(order.at("/proceeds/grandTotal/amount"));
      assertThat(breakdowns(order)).isEqualByComparingTo(total);
      BigDecimal items = BigDecimal.ZERO;
      for (JsonNode item : order.get("orderItems")) {
        BigDecimal proceeds = amount(item.at("/proceeds/proceedsTotal/amount"));
        assertThat(breakdowns(item)).isEqualByComparingTo(proceeds);
        items = items.add(proceeds);
      }
      assertThat(items).isEqualByComparingTo(total);
    }
  }

  @ParameterizedTest
  @MethodSource("days")
  void an_older_order_is_the_sum_of_its_items(SampleDay day) {
    Map<String, BigDecimal> items = new TreeMap<>();
    for (SampleDocument document : Days.documents(day, "amazon", "order-items")) {
      JsonNode payload = Days.json(document).get("payload");
      items.put(
          payload.get("AmazonOrderId").asText(),
          sum(each(payload.get("OrderItems")).map(AmazonDocumentsTest::itemTotal)));
    }
    List<SampleDocument> orders =
        Days.documents(day, "amazon", "orders").stream()
            .filter(document -> Days.json(document).has("payload"))
            .toList();
    assertThat(orders).hasSize(10);
    for (SampleDocument document : orders) {
      JsonNode payload = Days.json(document).get("payload");
      assertThat(items.get(payload.get("AmazonOrderId").asText()))
          .isEqualByComparingTo(amount(payload.at("/OrderTotal/Amount")));
    }
  }

  private static BigDecimal itemTotal(JsonNode item) {
    return Stream.of("ItemPrice", "ItemTax", "ShippingPrice", "ShippingTax")
        .filter(item::has)
        .map(name -> amount(item.get(name).get("Amount")))
        .reduce(amount(item.at("/PromotionDiscount/Amount")).negate(), BigDecimal::add);
  }

  @ParameterizedTest
  @MethodSource("days")
  void pages_end_and_an_order_changes_between_polls(SampleDay day) {
    Set<String> statuses = new HashSet<>();
    Map<String, Set<String>> revisions = new TreeMap<>();
    for (JsonNode order : orders(day)) {
      statuses.add(order.at("/fulfillment/fulfillmentStatus").asText());
      revisions
          .computeIfAbsent(order.get("orderId").asText(), id -> new HashSet<>())
          .add(order.get("lastUpdatedTime").asText());
    }
    assertThat(revisions).hasSize(100);
    assertThat(revisions.values()).anyMatch(seen -> seen.size() > 1);
    assertThat(statuses)
        .containsExactlyInAnyOrder(
            "PENDING", "UNSHIPPED", "PARTIALLY_SHIPPED", "SHIPPED", "CANCELLED");
  }

  @ParameterizedTest
  @MethodSource("days")
  void no_order_ends_the_day_without_prices(SampleDay day) {
    Map<String, JsonNode> newest = new TreeMap<>();
    orders(day).forEach(order -> newest.put(order.get("orderId").asText(), order));
    assertThat(newest.values()).allMatch(order -> order.has("proceeds"));
  }

  @ParameterizedTest
  @MethodSource("days")
  void the_settlement_ties_to_its_header(SampleDay day) {
    List<String[]> rows = settlement(day);
    assertThat(rows).allMatch(row -> row.length == 24);
    BigDecimal total = new BigDecimal(rows.get(0)[4]);
    assertThat(sum(lines(rows).map(row -> new BigDecimal(row[AMOUNT]))))
        .isEqualByComparingTo(total);
    assertThat(total).isPositive();
  }

  @ParameterizedTest
  @MethodSource("days")
  void tax_and_its_mirror_cancel_out(SampleDay day) {
    BigDecimal tax = BigDecimal.ZERO;
    BigDecimal withheld = BigDecimal.ZERO;
    for (String[] row : lines(settlement(day)).toList()) {
      BigDecimal amount = new BigDecimal(row[AMOUNT]);
      tax = row[13].equals("Tax") || row[13].equals("ShippingTax") ? tax.add(amount) : tax;
      withheld = row[12].equals("ItemWithheldTax") ? withheld.add(amount) : withheld;
    }
    assertThat(tax).isPositive().isEqualByComparingTo(withheld.negate());
  }

  /** Whoever books from the orders must find each of them in the settlement, to the cent. */
  @ParameterizedTest
  @MethodSource("days")
  void what_is_settled_of_an_order_is_what_the_order_said(SampleDay day) {
    Map<String, BigDecimal> items = new TreeMap<>();
    for (JsonNode order : orders(day)) {
      for (JsonNode item : order.get("orderItems")) {
        if (item.has("proceeds")) {
          items.put(
              item.get("orderItemId").asText(), amount(item.at("/proceeds/proceedsTotal/amount")));
        }
      }
    }
    for (SampleDocument document : Days.documents(day, "amazon", "order-items")) {
      for (JsonNode item : Days.json(document).at("/payload/OrderItems")) {
        items.put(item.get("OrderItemId").asText(), itemTotal(item));
      }
    }
    Map<String, BigDecimal> settled = new TreeMap<>();
    lines(settlement(day))
        .filter(row -> row[6].equals("Order"))
        .filter(row -> List.of("ItemPrice", "Promotion").contains(row[12]))
        .forEach(row -> settled.merge(row[18], new BigDecimal(row[AMOUNT]), BigDecimal::add));
    assertThat(settled).hasSizeGreaterThan(60);
    settled.forEach((item, amount) -> assertThat(items.get(item)).isEqualByComparingTo(amount));
  }

  @ParameterizedTest
  @MethodSource("days")
  void the_settlement_has_every_kind_of_line(SampleDay day) {
    Set<String> codes = new HashSet<>();
    lines(settlement(day)).forEach(row -> codes.add(row[6] + "/" + row[12] + "/" + row[13]));
    assertThat(codes)
        .contains(
            "Order/ItemPrice/Principal",
            "Order/ItemPrice/Shipping",
            "Order/ItemFees/Commission",
            "Order/ItemFees/FBAPerUnitFulfillmentFee",
            "Order/ItemFees/QuantumHandlingFee",
            "Order/ItemWithheldTax/MarketplaceFacilitatorTax-Principal",
            "Refund/ItemPrice/Principal",
            "Refund/ItemFees/RefundCommission",
            "ServiceFee/other-transaction/Subscription Fee",
            "ServiceFee/other-transaction/Storage Fee",
            "ServiceFee/Cost of Advertising/TaxAmount",
            "Transfer/other-transaction/Previous Reserve Amount Balance",
            "Transfer/other-transaction/Current Reserve Amount");
  }

  private static List<String[]> settlement(SampleDay day) {
    SampleDocument document = Days.documents(day, "amazon", "settlement").get(0);
    List<String[]> rows = new ArrayList<>();
    new String(document.body(), StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .forEach(line -> rows.add(line.split("\t", -1)));
    return List.copyOf(rows);
  }

  private static Stream<String[]> lines(List<String[]> rows) {
    return rows.stream().skip(1);
  }

  private static List<JsonNode> orders(SampleDay day) {
    List<JsonNode> orders = new ArrayList<>();
    Days.documents(day, "amazon", "orders")
        .forEach(page -> Days.json(page).path("orders").forEach(orders::add));
    return List.copyOf(orders);
  }

  private static BigDecimal breakdowns(JsonNode priced) {
    for (JsonNode breakdown : priced.at("/proceeds/breakdowns")) {
      if (breakdown.has("detailedBreakdowns")) {
        assertThat(
                sum(
                    each(breakdown.get("detailedBreakdowns"))
                        .map(d -> amount(d.at("/value/amount")))))
            .isEqualByComparingTo(amount(breakdown.at("/subtotal/amount")));
      }
    }
    return sum(each(priced.at("/proceeds/breakdowns")).map(b -> amount(b.at("/subtotal/amount"))));
  }
}
