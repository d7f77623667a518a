package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.odoo.DeliveryOutcome.Delivered;
import io.kontor.odoo.DeliveryOutcome.Refused;
import io.kontor.odoo.document.OdooEntry;
import io.kontor.odoo.document.OdooOrder;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the subjects of the contract share: the Odoo on trial, and the words to speak of it. */
interface OdooContract {

  OdooTrial odoo();

  default OdooFixture fixture() {
    return odoo().fixture;
  }

  default RecordingPort port() {
    return odoo().port;
  }

  default OdooClient client() {
    return odoo().client;
  }

  default OdooOrders orders() {
    return odoo().orders();
  }

  default OdooEntries entries() {
    return odoo().entries();
  }

  default DeliveryOutcome outcome(OdooOrder order) {
    return orders().deliver(List.of(order)).get(0);
  }

  default DeliveryOutcome outcome(OdooEntry entry) {
    return entries().deliver(List.of(entry)).get(0);
  }

  default Delivered delivered(OdooOrder order) {
    return delivered(outcome(order));
  }

  default Delivered delivered(OdooEntry entry) {
    return delivered(outcome(entry));
  }

  /** That it was delivered; where it was refused, the test fails with Odoo's own words. */
  private static Delivered delivered(DeliveryOutcome outcome) {
    if (outcome instanceof Refused refused) {
      throw refused.failure();
    }
    assertThat(outcome).isInstanceOf(Delivered.class);
    return (Delivered) outcome;
  }

  default Refused refused(OdooOrder order) {
    return refused(outcome(order));
  }

  default Refused refused(OdooEntry entry) {
    return refused(outcome(entry));
  }

  private static Refused refused(DeliveryOutcome outcome) {
    assertThat(outcome).isInstanceOf(Refused.class);
    return (Refused) outcome;
  }

  default OrderInOdoo located(OdooOrder order) {
    return orders().find(List.of(order.externalId())).get(order.externalId());
  }

  default EntryInOdoo located(OdooEntry entry) {
    return new EntryReader(client(), new References(client()))
        .find(List.of(entry.externalId()))
        .get(entry.externalId());
  }

  /** What the entries whose external ids begin so come to in Odoo, whatever their month. */
  default Map<String, AccountSum> sumsByAccount(LocalDate from, LocalDate to, String prefix) {
    Map<String, AccountSum> sums = new TreeMap<>();
    entries()
        .sumsByMonth(OdooFixture.DE, from, to, prefix)
        .values()
        .forEach(month -> month.forEach((code, sum) -> sums.merge(code, sum, AccountSum::plus)));
    return sums;
  }

  default List<JsonNode> linesOf(OdooOrder order) {
    return client()
        .searchRead(
            "sale.order.line",
            List.of(List.of("order_id", "=", located(order).odooId())),
            List.of("product_id", "product_uom_qty"),
            Contexts.QUIET);
  }

  default long idOf(String sku) {
    long company = new References(client()).company(OdooFixture.DE);
    return new References(client()).products().bySku(company, Set.of(sku)).get(sku);
  }

  default long create(String model, Map<String, Object> values) {
    return create(model, values, Map.of());
  }

  default long create(String model, Map<String, Object> values, Map<String, Object> context) {
    return client()
        .call(OdooCall.onModel(model, "create", Map.of("vals_list", List.of(values))).with(context))
        .path(0)
        .asLong();
  }

  default void write(String model, long id, Map<String, Object> values) {
    client().call(new OdooCall(model, "write", List.of(id), Map.of("vals", values), Map.of()));
  }

  /** As the warehouse does. */
  default void ship(long order, int quantity) {
    for (JsonNode move :
        client()
            .searchRead(
                "stock.move",
                List.of(List.of("sale_line_id.order_id", "=", order)),
                List.of("picking_id"),
                Contexts.QUIET)) {
      write(
          "stock.move",
          move.path("id").asLong(),
          client().major() >= 17
              ? Map.of("quantity", quantity, "picked", true)
              : Map.of("quantity_done", quantity));
      client()
          .act(
              "stock.picking",
              "button_validate",
              List.of(move.path("picking_id").path(0).asLong()),
              Map.of("skip_backorder", true));
    }
  }

  /** As the person does who cancels in Odoo. */
  default void cancelByHand(long order) {
    client()
        .act("sale.order", "action_cancel", List.of(order), Map.of("disable_cancel_warning", true));
  }
}
