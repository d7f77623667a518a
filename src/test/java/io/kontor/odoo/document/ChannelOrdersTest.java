package io.kontor.odoo.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.MappingsReader;
import io.kontor.posting.FactText;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderLines;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.OrderPosition;
import java.nio.file.Path;
import java.util.List;
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
    Mappings mappings = MappingsReader.read(Path.of("mappings"));
    Channel channel = mappings.channels().get("shopify-eu");
    return new ChannelOrders(mappings.entityOf(channel), channel, mappings.catalog())
        .order(OrderPosition.of(List.of(bare, lines)));
  }

  @Test
  void lines_that_are_sent_apart_say_themselves_whether_their_prices_contain_the_taxes() {
    assertThat(inOdoo(false, true).lines().get(0).taxes()).containsExactly("kontor.tax_de_19_incl");
    assertThat(inOdoo(true, false).lines().get(0).taxes()).containsExactly("kontor.tax_de_19_excl");
  }
}
