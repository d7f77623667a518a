package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.odoo.document.OdooCustomer;
import java.util.List;
import java.util.Map;

/** Whom goods are sent to, and where; places by their ids in Odoo, 0 where it has none. */
record Address(String name, String street, String city, String zip, long country, long state) {

  static final List<String> FIELDS =
      List.of("name", "street", "city", "zip", "country_id", "state_id");

  Address(JsonNode record) {
    this(
        Json.string(record.path("name")),
        Json.string(record.path("street")),
        Json.string(record.path("city")),
        Json.string(record.path("zip")),
        Json.reference(record.path("country_id")).orElse(0L),
        Json.reference(record.path("state_id")).orElse(0L));
  }

  static Address of(OdooCustomer customer, Map<String, Long> places) {
    return new Address(
        customer.name(),
        customer.street(),
        customer.city(),
        customer.zip(),
        places.getOrDefault(customer.country(), 0L),
        places.getOrDefault(customer.country() + "/" + customer.state(), 0L));
  }

  /** Whether what goes to the other arrives here. A place that is not said is no other place. */
  boolean takes(Address other) {
    return same(name, other.name)
        && same(street, other.street)
        && same(city, other.city)
        && same(zip, other.zip)
        && (country == 0 || other.country == 0 || country == other.country)
        && (state == 0 || other.state == 0 || state == other.state);
  }

  private static boolean same(String one, String other) {
    return one.strip().equalsIgnoreCase(other.strip());
  }
}
