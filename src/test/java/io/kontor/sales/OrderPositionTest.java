package io.kontor.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.money.Money;
import io.kontor.posting.FactText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderPositionTest {

  private static final String ORDER =
      """
      order 1001 2026-11-18T10:00:00Z 64.50 EUR
        goods 1 SHIRT 2 29.75 59.50 de:19=9.50
        shipping S - 1 5.00 5.00 de:19=0.80
      """;

  @Test
  void a_refund_whose_order_is_not_known_is_a_problem_and_is_of_unshipped_goods() {
    OrderPosition position =
        position(
            """
            of 1001
            refund 501 2026-11-20T09:00:00Z 29.75 paypal
              part 1 1 returned 29.75 4.75
            """);
    assertThat(codes(position)).containsExactly("refund-before-order");
    assertThat(measures(position, "501"))
        .containsExactly("gross 29.75 EUR", "toGateway 29.75 EUR", "unshippedGross 29.75 EUR");
    assertThat(position.complete()).isFalse();
    assertThat(position.expectedTotal()).isEmpty();
    assertThat(position.reference()).isEqualTo("1001");
  }

  @Test
  void lines_without_their_order_and_an_order_without_its_lines_are_problems() {
    OrderPlaced order = (OrderPlaced) FactText.of(ORDER).facts.get(0);
    FactHead head = order.head();
    FactName linesName = new FactName("nordwind", "shopify", FactKind.ORDER_LINES, "1001");
    OrderLines lines =
        new OrderLines(
            new FactHead(linesName, head.order(), head.revision(), head.occurredAt()),
            true,
            order.lines());
    OrderPlaced bare =
        new OrderPlaced(
            head,
            order.reference(),
            order.currency(),
            true,
            order.customer(),
            "",
            List.of(),
            order.total(),
            true);
    assertThat(codes(OrderPosition.of(List.of(lines), true))).containsExactly("lines-missing");
    assertThat(codes(OrderPosition.of(List.of(bare), true))).containsExactly("lines-missing");
    OrderPosition both = OrderPosition.of(List.of(lines, bare), true);
    assertThat(both.problems()).isEmpty();
    assertThat(both.complete()).isTrue();
    assertThat(both.expectedTotal()).contains(order.total());
  }

  @Test
  void what_was_sent_nobody_says_when_was_sent_when_the_order_changed_last() {
    String order = "order 1001 %s 59.50 EUR\n  goods 1 SHIRT 2 29.75 59.50 de:19=9.50\n";
    String september = order.formatted("2026-09-17T10:00:00Z");
    assertThat(sentAt(september + "shipment 55 2026-11-28T09:00:00Z undated\n  units 1 2\n"))
        .isEqualTo("2026-09-17T10:00:00Z");
    assertThat(sentAt(september + "shipment 55 2026-11-28T09:00:00Z\n  units 1 2\n"))
        .isEqualTo("2026-11-28T09:00:00Z");
    assertThat(
            sentAt(
                order.formatted("2026-11-30T10:00:00Z")
                    + "shipment 55 2026-11-28T09:00:00Z undated\n  units 1 2\n"))
        .as("it was known to be sent before the order changed again")
        .isEqualTo("2026-11-28T09:00:00Z");
  }

  private static String sentAt(String facts) {
    return position(facts).effects().stream()
        .filter(effect -> effect.kind() == FactKind.SHIPPED)
        .map(effect -> effect.at().toString())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void what_stands_is_what_was_ordered_less_what_was_cancelled() {
    OrderPosition position =
        position(
            """
            order 1001 2026-11-18T10:00:00Z 89.00 EUR
              goods 1 SHIRT 3 30.00 80.00 de:19=12.77
              goods 2 SOCKS 1 9.00 9.00 de:19=1.44
            refund 501 2026-11-18T12:00:00Z 0.00 paypal
              part 1 1 cancelled 0.00
              part 2 1 cancelled 0.00
            """);
    assertThat(position.problems()).isEmpty();
    assertThat(position.standing()).hasSize(1);
    OrderLine line = position.standing().get(0);
    assertThat(line.quantity()).isEqualByComparingTo("2");
    assertThat(line.gross()).isEqualTo(eur("53.33"));
    assertThat(line.discount()).isEqualTo(eur("6.67"));
    assertThat(line.tax()).isEqualTo(eur("8.51"));
    assertThat(line.unitPrice().times(line.quantity()).minus(line.discount()))
        .isEqualTo(line.gross());
    assertThat(position.expectedTotal()).contains(eur("53.33"));
    assertThat(measures(position, "501")).isEmpty();
    assertThat(position.calledOff()).isFalse();
  }

  @Test
  void what_stands_is_exactly_what_was_not_paid_back() {
    OrderPosition position =
        position(
            """
            order 1001 2026-11-18T10:00:00Z 49.99 EUR
              goods 1 SHIRT 2 33.33 49.99 de:19=7.98
            refund 501 2026-11-18T12:00:00Z 25.00 paypal
              part 1 1 cancelled 25.00 3.99
            shipment 55 2026-11-19T09:00:00Z
              units 1 1
            """);
    OrderLine line = position.standing().get(0);
    assertThat(line.gross()).isEqualTo(eur("24.99"));
    assertThat(line.unitPrice().times(line.quantity()).minus(line.discount()))
        .isEqualTo(line.gross());
    assertThat(position.expectedTotal()).contains(eur("24.99"));
    assertThat(measures(position, "55")).contains("gross 24.99 EUR");
  }

  @Test
  void units_that_were_not_sent_and_come_off_without_money_do_not_stand() {
    OrderPosition position =
        position(
            """
            order 1001 2026-11-18T10:00:00Z 89.00 EUR
              goods 1 SHIRT 3 26.67 80.00 de:19=12.77
              goods 2 SOCKS 1 9.00 9.00 de:19=1.44
            shipment 55 2026-11-18T11:00:00Z
              units 1 2
            refund 501 2026-11-18T12:00:00Z 0.00 paypal
              part 1 2 kept 0.00
              part 2 1 kept 0.00
            refund 502 2026-11-18T13:00:00Z 0.00 paypal
              part 1 1 kept 0.00
            """);
    assertThat(position.problems()).isEmpty();
    assertThat(position.standing()).hasSize(1);
    assertThat(position.standing().get(0).quantity()).isEqualByComparingTo("2");
  }

  @Test
  void an_order_of_which_every_unit_was_taken_off_is_called_off() {
    OrderPosition position =
        position(
            """
            order 1001 2026-11-18T10:00:00Z 59.50 EUR
              goods 1 SHIRT 2 29.75 59.50 de:19=9.50
            refund 501 2026-11-18T12:00:00Z 59.50 paypal
              part 1 2 cancelled 59.50 9.50
            """);
    assertThat(position.calledOff()).isTrue();
    assertThat(position.cancelled()).isFalse();
    assertThat(position.expectedTotal()).contains(eur("0.00"));
  }

  @Test
  void an_order_of_which_only_free_shipping_is_left_is_called_off() {
    String taken =
        """
        order 1001 2026-11-18T10:00:00Z %s EUR
          goods 1 SHIRT 2 29.75 59.50 de:19=9.50
          shipping S - 1 4.90 %s
        refund 501 2026-11-18T12:00:00Z 59.50 paypal
          part 1 2 cancelled 59.50 9.50
        """;
    assertThat(position(taken.formatted("59.50", "0.00")).calledOff()).isTrue();
    assertThat(position(taken.formatted("64.40", "4.90")).calledOff()).isFalse();
  }

  @Test
  void more_units_than_were_ordered_bring_no_more_money() {
    OrderPosition position =
        position(
            ORDER
                + """
                shipment 55 2026-11-19T09:00:00Z
                  units 1 2
                shipment 56 2026-11-19T10:00:00Z
                  units 1 1
                  units 9 1
                """);
    assertThat(codes(position)).containsExactlyInAnyOrder("unknown-line", "shipped-above-ordered");
    assertThat(measures(position, "55")).contains("gross 64.50 EUR");
    assertThat(measures(position, "56")).isEmpty();
    assertThat(position.lines().get(0).shipped()).isEqualByComparingTo("3");
  }

  @Test
  void a_total_that_rounding_cannot_explain_is_a_problem_and_is_not_plugged() {
    String differs = ORDER.replace("64.50", "64.53");
    OrderPosition position = position(differs + "shipment 55 2026-11-19T09:00:00Z\n  units 1 2\n");
    assertThat(codes(position)).containsExactly("total-differs");
    assertThat(measures(position, "55"))
        .contains("gross 64.50 EUR")
        .noneMatch(measure -> measure.startsWith("rounding"));
  }

  @Test
  void a_payment_in_another_currency_is_a_problem_and_not_added_up() {
    OrderPosition position = position(ORDER + "capture 77 2026-11-18T10:00:05Z 64.50 paypal\n");
    Fact dollars =
        new PaymentCaptured(
            new FactHead(
                new FactName("nordwind", "shopify", FactKind.PAYMENT_CAPTURED, "78"),
                position.key(),
                position.placed().orElseThrow().revision(),
                position.placed().orElseThrow().occurredAt()),
            Money.of("5.00", "USD"),
            "paypal",
            false);
    List<Fact> facts =
        new ArrayList<>(
            FactText.of(ORDER + "capture 77 2026-11-18T10:00:05Z 64.50 paypal\n").facts);
    facts.add(dollars);
    OrderPosition mixed = OrderPosition.of(facts, true);
    assertThat(codes(mixed)).containsExactly("currency-differs");
    assertThat(mixed.captured()).contains(eur("64.50"));
  }

  @Test
  void a_refund_in_another_currency_is_a_problem_and_lowers_nothing() {
    List<Fact> facts =
        new ArrayList<>(
            FactText.of(
                    """
                    order 1001 2026-11-18T10:00:00Z 119.00 EUR
                      goods 1 SHIRT 2 59.50 119.00 de:19=19.00
                    capture 77 2026-11-18T10:00:05Z 119.00 shopify_payments
                    shipment 55 2026-11-19T09:00:00Z
                      units 1 2
                    """)
                .facts);
    Instant before = Instant.parse("2026-11-18T12:00:00Z");
    FactName name = new FactName(FactText.ENTITY, "shopify", FactKind.REFUNDED, "501");
    facts.add(
        new Refunded(
            new FactHead(name, facts.get(0).order(), before, before),
            Money.of("30.00", "USD"),
            "paypal",
            List.of()));
    OrderPosition position = OrderPosition.of(facts, true);
    assertThat(codes(position)).containsExactly("currency-differs");
    assertThat(measures(position, "55")).contains("gross 119.00 EUR");
  }

  @Test
  void a_derived_capture_counts_only_while_no_reported_one_is_known() {
    String derived = "capture 1001 2026-11-18T10:00:00Z 64.50 paypal derived\n";
    assertThat(position(ORDER + derived).captured()).contains(eur("64.50"));
    OrderPosition reported =
        position(ORDER + derived + "capture 77 2026-11-18T10:00:05Z 60.00 paypal\n");
    assertThat(reported.captured()).contains(eur("60.00"));
    assertThat(measures(reported, "1001")).isEmpty();
  }

  @Test
  void a_line_paid_back_in_pieces_leaves_none_of_its_tax_behind() {
    OrderPosition position =
        position(
            """
            order 1001 2026-11-18T10:00:00Z 100.00 EUR
              goods 1 SHIRT 3 33.34 100.00 us-ca:6=5.13 us-ca:2.25=1.93
            shipment 55 2026-11-19T09:00:00Z
              units 1 3
            refund 501 2026-11-20T09:00:00Z 33.33 paypal
              part 1 1 returned 33.33
            refund 502 2026-11-21T09:00:00Z 33.33 paypal
              part 1 1 returned 33.33
            refund 503 2026-11-22T09:00:00Z 33.34 paypal
              part 1 1 kept 33.34
            """);
    assertThat(sum(position, FactKind.REFUNDED, Measure.TAX)).isEqualTo(eur("7.06"));
    assertThat(sum(position, FactKind.REFUNDED, Measure.RETURNS_NET)).isEqualTo(eur("92.94"));
    assertThat(position.lines().get(0).returned()).isEqualByComparingTo("2");
  }

  @Test
  void a_shipment_of_nothing_earns_no_charge() {
    OrderPosition position =
        position(
            """
            order 1001 2026-11-18T10:00:00Z 110.00 EUR
              goods 1 SHIRT 1 100.00 100.00 de:19=15.97
              shipping S - 1 10.00 10.00 de:19=1.60
            refund 501 2026-11-18T12:00:00Z 110.00 paypal
              part 1 1 cancelled 100.00 15.97
              part S 1 cancelled 10.00 1.60
            shipment 55 2026-11-19T09:00:00Z
            """);
    assertThat(measures(position, "55")).isEmpty();
  }

  @Test
  void a_refund_in_several_amounts_that_name_no_line_takes_back_the_tax_to_the_cent() {
    OrderPosition position =
        position(
            """
            order 1001 2026-11-18T10:00:00Z 100.00 EUR
              goods 1 SHIRT 1 100.00 100.00 de:19=15.97
            shipment 55 2026-11-19T09:00:00Z
              units 1 1
            refund 501 2026-11-20T09:00:00Z 33.33 paypal
            refund 502 2026-11-21T09:00:00Z 33.33 paypal
            refund 503 2026-11-22T09:00:00Z 33.34 paypal
            """);
    assertThat(sum(position, FactKind.REFUNDED, Measure.TAX)).isEqualTo(eur("15.97"));
    assertThat(sum(position, FactKind.REFUNDED, Measure.RETURNS_NET)).isEqualTo(eur("84.03"));
  }

  @Test
  void a_price_lowered_before_shipping_is_not_recognised_when_shipped() {
    OrderPosition position =
        position(
            ORDER
                + """
                refund 501 2026-11-18T12:00:00Z 9.50 paypal
                  part 1 0 kept 9.50
                shipment 55 2026-11-19T09:00:00Z
                  units 1 2
                """);
    assertThat(measures(position, "501")).contains("unshippedGross 9.50 EUR");
    assertThat(measures(position, "55")).contains("gross 55.00 EUR", "tax 8.78 EUR");
  }

  @Test
  void refunded_units_are_shipped_ones_as_far_as_there_are_any() {
    OrderPosition position =
        position(
            ORDER
                + """
                shipment 55 2026-11-19T09:00:00Z
                  units 1 1
                refund 501 2026-11-20T12:00:00Z 59.50 paypal
                  part 1 2 returned 59.50 9.50
                """);
    assertThat(measures(position, "501"))
        .contains(
            "returnsNet 25.00 EUR",
            "tax 4.75 EUR",
            "shippedGross 29.75 EUR",
            "unshippedGross 29.75 EUR");
  }

  @Test
  void units_cancelled_at_another_price_than_theirs_are_a_problem() {
    OrderPosition position =
        position(
            ORDER
                + """
                refund 501 2026-11-18T12:00:00Z 20.00 paypal
                  part 1 1 cancelled 20.00
                """);
    assertThat(codes(position)).containsExactly("cancelled-at-other-price");
  }

  @Test
  void money_that_is_held_for_nothing_that_stands_is_a_problem_until_it_is_paid_back() {
    String calledOff =
        """
        order 1001 2026-11-18T10:00:00Z 119.00 EUR
          goods 1 SHIRT 2 59.50 119.00 de:19=19.00
        capture 77 2026-11-18T10:00:05Z 119.00 shopify_payments
        cancelled 1001 2026-11-19T09:00:00Z
        """;
    OrderPosition kept =
        position(
            calledOff
                + """
                refund 501 2026-11-19T09:00:00Z 109.00 shopify_payments
                  part 1 2 cancelled 119.00 19.00
                """);
    assertThat(codes(position(calledOff))).containsExactly("paid-above-order");
    assertThat(codes(kept)).containsExactly("paid-above-order");
    assertThat(kept.problems().get(0).message()).startsWith("10.00 EUR of what was paid");
    assertThat(
            codes(
                position(calledOff + "refund 501 2026-11-19T09:00:00Z 119.00 shopify_payments\n")))
        .isEmpty();
  }

  @Test
  void an_order_of_no_value_is_shipped_without_an_effect_on_money() {
    OrderPosition position =
        position(
            """
            order 1001 2026-11-18T10:00:00Z 0.00 EUR
              goods 1 SAMPLE 3 0.00 0.00 de:19=0.00
            shipment 55 2026-11-19T09:00:00Z
              units 1 3
            """);
    assertThat(position.problems()).isEmpty();
    assertThat(measures(position, "55")).isEmpty();
  }

  @Test
  void a_receipt_that_was_not_paid_as_rung_moves_nothing_and_is_a_problem() {
    OrderPosition position =
        position(
            """
            receipt 17 2026-11-20T09:00:00Z EUR
              goods 1 SHIRT 2 59.50 119.00 de:19=19.00
              tender cash 118.00
            """);
    assertThat(codes(position)).containsExactly("tenders-differ");
    assertThat(measures(position, "17")).isEmpty();
  }

  @Test
  void facts_of_two_orders_have_no_position() {
    List<Fact> facts = FactText.of(ORDER + ORDER.replace("1001", "1002")).facts;
    assertThatThrownBy(() -> OrderPosition.of(facts, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1001")
        .hasMessageContaining("1002");
  }

  @Test
  void each_of_several_taxes_of_a_line_is_on_all_of_its_net() {
    OrderPosition position =
        position(
            """
            order 1001 2026-11-18T10:00:00Z 108.50 USD
              goods 1 MUG 2 50.00 108.50 us-ny:4=4.00 us-ny:4.5=4.50
            shipment 55 2026-11-19T09:00:00Z
              units 1 2
            refund 501 2026-11-20T09:00:00Z 54.25 paypal
              part 1 1 returned 54.25 4.25
            refund 502 2026-11-21T09:00:00Z 10.85 paypal
            """);
    assertThat(bases(position, "55")).containsExactly("us-ny:4.5 100.00 USD", "us-ny:4 100.00 USD");
    assertThat(bases(position, "501")).containsExactly("us-ny:4.5 50.00 USD", "us-ny:4 50.00 USD");
    assertThat(bases(position, "502")).containsExactly("us-ny:4.5 10.00 USD", "us-ny:4 10.00 USD");
  }

  private static List<String> bases(OrderPosition position, String externalId) {
    return position.effects().stream()
        .filter(effect -> effect.fact().externalId().equals(externalId))
        .flatMap(effect -> effect.measures().stream())
        .filter(measure -> measure.name().equals(Measure.TAX_BASE))
        .map(measure -> measure.qualifiers().get("tax") + " " + measure.amount())
        .toList();
  }

  private static OrderPosition position(String facts) {
    return OrderPosition.of(FactText.of(facts).facts, true);
  }

  private static List<String> codes(OrderPosition position) {
    return position.problems().stream().map(Problem::code).toList();
  }

  private static List<String> measures(OrderPosition position, String externalId) {
    return position.effects().stream()
        .filter(effect -> effect.fact().externalId().equals(externalId))
        .filter(effect -> effect.kind() != FactKind.ORDER_PLACED)
        .flatMap(effect -> effect.measures().stream())
        .map(measure -> measure.name() + " " + measure.amount())
        .toList();
  }

  private static Money sum(OrderPosition position, FactKind kind, String measure) {
    return position.effects().stream()
        .filter(effect -> effect.kind() == kind)
        .flatMap(effect -> effect.measures().stream())
        .filter(m -> m.name().equals(measure))
        .map(Measure::amount)
        .reduce(Money.of(BigDecimal.ZERO, java.util.Currency.getInstance("EUR")), Money::plus);
  }

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }
}
