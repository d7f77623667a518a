package io.kontor.odoo.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.MappingsReader;
import io.kontor.money.Money;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.LineKind;
import io.kontor.sales.OrderKey;
import io.kontor.sales.ReceiptRung;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class TillOrdersTest {

  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  private static ReceiptRung receipt(String id, int units, String gross) {
    return new ReceiptRung(
        new FactHead(
            new FactName("nordwind", "stores-de", FactKind.RECEIPT_RUNG, id),
            new OrderKey("nordwind", "stores-de", id),
            AT,
            AT),
        "0009",
        "1",
        LocalDate.of(2026, 11, 20),
        Currency.getInstance("EUR"),
        true,
        List.of(
            new ReceiptRung.Line(
                "1",
                LineKind.GOODS,
                "MUG-01",
                "Mug",
                new BigDecimal(units),
                Money.of(gross, "EUR"),
                List.of())),
        List.of(new ReceiptRung.Tender(ReceiptRung.TenderKind.CASH, Money.of(gross, "EUR"))),
        false);
  }

  @Test
  void goods_that_came_back_for_a_cent_less_are_a_charge_of_a_cent() {
    Mappings mappings = MappingsReader.read(Path.of("mappings"));
    Channel channel = mappings.channels().get("stores-de");
    OdooOrder order =
        new TillOrders(mappings.entityOf(channel), channel, mappings.catalog())
            .order(
                "0009/2026-11-20T00:00",
                List.of(receipt("1", 3, "10.00"), receipt("2", -3, "-9.99")))
            .orElseThrow();

    assertThat(order.total()).isEqualTo(Money.of("0.01", "EUR"));
    assertThat(order.lines()).hasSize(1);
    assertThat(order.lines().get(0).item())
        .isEqualTo(Item.product(mappings.catalog().product("charge")));
  }
}
