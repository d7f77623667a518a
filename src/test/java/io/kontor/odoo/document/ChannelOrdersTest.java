package io.kontor.odoo.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.MappingsReader;
import io.kontor.money.Money;
import io.kontor.posting.FactText;
import io.kontor.sales.Fact;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderLines;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.Refunded;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelOrdersTest {

  private static final OrderPlaced WHOLE =
      (OrderPlaced)
          FactText.of(
                  """
                  order 1001 2026-11-18T10:00:00Z 119.00 EUR
                    goods 1 MUG-01 1 119.00 119.00 de:19=19.00
                  """)
              .facts
              .get(0);

  private static OdooOrder inOdoo(boolean taxIncludedByTheOrder, boolean taxIncludedByTheLines) {
    FactHead head = WHOLE.head();
    OrderPlaced bare =
        new OrderPlaced(
            head,
            WHOLE.reference(),
            WHOLE.currency(),
            taxIncludedByTheOrder,
            WHOLE.customer(),
            "",
            List.of(),
            WHOLE.total(),
            true);
    FactName name = new FactName("nordwind", "shopify", FactKind.ORDER_LINES, "1001");
    OrderLines lines =
        new OrderLines(
            new FactHead(name, head.order(), head.revision(), head.occurredAt()),
            taxIncludedByTheLines,
            WHOLE.lines());
    return orders().order(OrderPosition.of(List.of(bare, lines), true));
  }

  private static ChannelOrders orders() {
    Mappings mappings = MappingsReader.read(Path.of("mappings"));
    Channel channel = mappings.channels().get("shopify-eu");
    return new ChannelOrders(mappings.entityOf(channel), channel, mappings.catalog());
  }

  @Test
  void lines_that_are_sent_apart_say_themselves_whether_their_prices_contain_the_taxes() {
    assertThat(inOdoo(false, true).lines().get(0).taxes()).containsExactly("kontor.tax_de_19_incl");
    assertThat(inOdoo(true, false).lines().get(0).taxes()).containsExactly("kontor.tax_de_19_excl");
  }

  private static final String SENT =
      """
      order 1001 2026-11-18T10:00:00Z 119.00 EUR
        goods 1 MUG-01 1 119.00 119.00 de:19=19.00
      capture 77 2026-11-18T10:00:05Z 119.00 shopify_payments
      shipment 55 2026-11-19T09:00:00Z
        units 1 1
      """;

  /** What Odoo is told when a mug of 119.00 comes back. */
  private static String returned(String amount, String before) {
    return said(returned("MUG-01", amount, before));
  }

  private static OdooOrder returned(String sku, String amount, String before) {
    List<Fact> known = new ArrayList<>(FactText.of(before).facts);
    Refunded refund =
        new Refunded(
            head("509"),
            Money.of(amount, "EUR"),
            "shopify_payments",
            List.of(
                new Refunded.Part(
                    "1",
                    sku,
                    "",
                    BigDecimal.ONE,
                    Refunded.Goods.RETURNED,
                    Money.of("119.00", "EUR"),
                    Optional.of(Money.of("19.00", "EUR")))));
    known.add(refund);
    OrderPosition position = OrderPosition.of(known, true);
    assertThat(ChannelOrders.isOrder(position, refund)).isTrue();
    return orders().refund(position, refund);
  }

  private static FactHead head(String refund) {
    Instant at = Instant.parse("2026-11-20T09:00:00Z");
    FactName name = new FactName("nordwind", "shopify", FactKind.REFUNDED, refund);
    return new FactHead(name, WHOLE.head().order(), at, at);
  }

  private static String said(OdooOrder order) {
    StringBuilder said = new StringBuilder();
    for (OdooLine line : order.lines()) {
      said.append(
          "%s x %s, "
              .formatted(
                  line.quantity().toPlainString(),
                  line.unitPrice().value().setScale(2, RoundingMode.UNNECESSARY)));
    }
    return said.append(order.total()).toString();
  }

  @Test
  void what_comes_back_is_taken_back_at_its_price_and_a_fee_that_was_kept_is_a_line() {
    assertThat(returned("119.00", SENT)).isEqualTo("-1 x 119.00, -119.00 EUR");
    assertThat(returned("109.00", SENT)).isEqualTo("-1 x 119.00, -1 x -10.00, -109.00 EUR");
  }

  @Test
  void goods_come_back_to_the_stock_also_where_no_money_is_paid_back() {
    assertThat(returned("0.00", SENT)).isEqualTo("-1 x 119.00, -1 x -119.00, 0.00 EUR");
  }

  @Test
  void a_refund_that_names_no_sku_brings_back_what_its_line_was_of() {
    assertThat(returned("", "119.00", SENT).lines().get(0))
        .isEqualTo(returned("MUG-01", "119.00", SENT).lines().get(0));
  }

  @Test
  void what_comes_back_pays_for_what_is_sent_for_it() {
    assertThat(
            returned(
                "0.00",
                """
                order 1001 2026-11-18T10:00:00Z 238.00 EUR
                  goods 1 MUG-01 1 119.00 119.00 de:19=19.00
                  goods 2 MUG-02 1 119.00 119.00 de:19=19.00
                capture 77 2026-11-18T10:00:05Z 119.00 shopify_payments
                shipment 55 2026-11-19T09:00:00Z
                  units 1 1
                """))
        .isEqualTo("-1 x 119.00, -119.00 EUR");
  }

  @Test
  void money_for_what_was_taken_off_before_is_no_order_of_its_own() {
    List<Fact> known =
        FactText.of(
                """
                order 1001 2026-11-18T10:00:00Z 238.00 EUR
                  goods 1 MUG-01 1 119.00 119.00 de:19=19.00
                  goods 2 MUG-02 1 119.00 119.00 de:19=19.00
                capture 77 2026-11-18T10:00:05Z 238.00 shopify_payments
                refund 508 2026-11-18T12:00:00Z 0.00 -
                  part 2 1 cancelled 119.00 19.00
                shipment 55 2026-11-19T09:00:00Z
                  units 1 1
                refund 509 2026-11-20T09:00:00Z 119.00 shopify_payments
                """)
            .facts;
    OrderPosition position = OrderPosition.of(known, true);
    for (Fact fact : known) {
      if (fact instanceof Refunded refund) {
        assertThat(ChannelOrders.isOrder(position, refund)).isFalse();
      }
    }
  }
}
