package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.odoo.document.ExternalIds;
import io.kontor.odoo.document.Item;
import io.kontor.odoo.document.OdooCustomer;
import io.kontor.odoo.document.OdooOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who bought, and where the goods go. */
interface CustomersContract extends OdooContract {

  @Test
  default void goods_go_to_the_address_of_each_order_whoever_bought_before() {
    OdooOrder first = order("501", at("12 Orchard Lane", "Louisville", "40202", "KY"));
    OdooOrder elsewhere = order("502", at("1 Office Park", "Portland", "97201", "OR"));
    OdooOrder home = order("503", at("12 ORCHARD LANE ", "Louisville", "40202", "KY"));
    OdooOrder digital = order("504", at("", "", "", ""));
    OdooOrder elsewhereAgain = order("505", at("1 Office Park", "Portland", "97201", "OR"));
    delivered(first);
    List.of(elsewhere, home).forEach(this::delivered);
    orders().deliver(List.of(digital, elsewhereAgain));

    long customer = partner(first, "partner_id");
    assertThat(partner(first, "partner_shipping_id")).isEqualTo(customer);
    assertThat(record(customer).path("country_id").path(1).asText()).isEqualTo("United States");
    assertThat(record(customer).path("state_id").path(1).asText()).startsWith("Kentucky");
    assertThat(partner(home, "partner_shipping_id")).isEqualTo(customer);
    assertThat(partner(digital, "partner_shipping_id")).isEqualTo(customer);

    long address = partner(elsewhere, "partner_shipping_id");
    assertThat(partner(elsewhere, "partner_id")).isEqualTo(customer);
    assertThat(record(address).path("street").asText()).isEqualTo("1 Office Park");
    assertThat(record(address).path("state_id").path(1).asText()).startsWith("Oregon");
    assertThat(record(address).path("type").asText()).isEqualTo("delivery");
    assertThat(record(address).path("parent_id").path(0).asLong()).isEqualTo(customer);
    assertThat(partner(elsewhereAgain, "partner_shipping_id")).as("made once").isEqualTo(address);
  }

  @Test
  default void of_two_orders_of_a_new_customer_each_goes_to_its_own_address() {
    OdooOrder one = order("511", at("Bea", "1 First Street", "Austin", "73301", "TX"));
    OdooOrder other = order("512", at("Bea", "2 Second Street", "Austin", "73301", "TX"));
    orders().deliver(List.of(one, other));

    assertThat(partner(one, "partner_id")).isEqualTo(partner(other, "partner_id"));
    assertThat(record(partner(one, "partner_shipping_id")).path("street").asText())
        .isEqualTo("1 First Street");
    assertThat(record(partner(other, "partner_shipping_id")).path("street").asText())
        .isEqualTo("2 Second Street");
  }

  @Test
  default void what_people_corrected_about_a_customer_stays() {
    OdooOrder first = order("521", at("Cid", "1 Frist Street", "Austin", "73301", "TX"));
    delivered(first);
    long customer = partner(first, "partner_id");
    write("res.partner", customer, Map.of("street", "1 First Street"));

    OdooOrder next = order("522", at("Cid", "1 First Street", "Austin", "73301", "TX"));
    delivered(next);

    assertThat(record(customer).path("street").asText()).isEqualTo("1 First Street");
    assertThat(partner(first, "partner_shipping_id")).isEqualTo(customer);
    assertThat(partner(next, "partner_shipping_id")).isEqualTo(customer);
  }

  @Test
  default void goods_of_a_customer_who_is_archived_go_to_the_address_of_the_order() {
    OdooOrder first = order("531", at("Dee", "1 Old Street", "Austin", "73301", "TX"));
    delivered(first);
    long customer = partner(first, "partner_id");
    write("res.partner", customer, Map.of("active", false));

    OdooOrder next = order("532", at("Dee", "2 New Street", "Austin", "73301", "TX"));
    delivered(next);

    assertThat(partner(next, "partner_id")).isEqualTo(customer);
    assertThat(record(partner(next, "partner_shipping_id")).path("street").asText())
        .isEqualTo("2 New Street");
  }

  private OdooOrder order(String number, OdooCustomer customer) {
    return fixture()
        .german(number)
        .by(customer)
        .line("1", Item.sku(fixture().tee), "1", "10")
        .total("10.00");
  }

  private OdooCustomer at(String street, String city, String zip, String state) {
    return at("Ann", street, city, zip, state);
  }

  private OdooCustomer at(String buyer, String street, String city, String zip, String state) {
    return new OdooCustomer(
        ExternalIds.of("cust", "test", "shop", buyer, fixture().suffix),
        buyer + " Example",
        "",
        "",
        street,
        "",
        city,
        zip,
        state,
        "US");
  }

  private long partner(OdooOrder order, String field) {
    return client()
        .searchRead(
            "sale.order",
            List.of(List.of("id", "=", located(order).odooId())),
            List.of(field),
            Contexts.QUIET)
        .get(0)
        .path(field)
        .path(0)
        .asLong();
  }

  private JsonNode record(long partner) {
    return client()
        .searchRead(
            "res.partner",
            List.of(List.of("id", "=", partner)),
            List.of("street", "country_id", "state_id", "parent_id", "type"),
            Contexts.QUIET)
        .get(0);
  }
}
