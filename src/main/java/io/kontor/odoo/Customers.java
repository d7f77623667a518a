package io.kontor.odoo;

import io.kontor.failure.Failure;
import io.kontor.odoo.document.OdooCustomer;
import io.kontor.odoo.document.OdooOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sees to it that the customers of a batch of orders exist, and the addresses that their orders go
 * to: a customer's own, or where an order goes elsewhere, a delivery address of his.
 */
final class Customers {

  private static final String MODEL = "res.partner";

  private static final List<String> FIELDS =
      List.of(
          "id",
          "name",
          "email",
          "phone",
          "street",
          "street2",
          "city",
          "zip",
          "country_id/.id",
          "state_id/.id",
          "parent_id/id",
          "type");

  private final OdooClient client;
  private final References references;
  private final Map<String, Object> context;

  Customers(OdooClient client, References references, Map<String, Object> context) {
    this.client = client;
    this.references = references;
    this.context = context;
  }

  /**
   * Where orders go.
   *
   * @param addresses the external id of the address, by that of the order
   * @param failures why a customer or an address is not there, by the external id of the order
   */
  record Found(Map<String, String> addresses, Map<String, Failure> failures) {}

  /** Creates what is missing; the others are left as they are. */
  Found require(Collection<OdooOrder> orders) {
    Map<String, OdooCustomer> customers = new LinkedHashMap<>();
    orders.forEach(order -> customers.putIfAbsent(order.customer().externalId(), order.customer()));
    Map<String, Long> there = references.records().ids(customers.keySet(), MODEL);
    Map<String, OdooCustomer> missing = new LinkedHashMap<>(customers);
    missing.keySet().removeAll(there.keySet());
    Map<String, Long> places = references.countries().ids(places(orders));
    Map<String, Failure> failures = new HashMap<>(create(missing, "", places));
    Map<String, Address> own = new HashMap<>();
    missing.forEach((id, customer) -> own.put(id, Address.of(customer, places)));
    own.putAll(addresses(there, orders));
    Map<String, String> addresses = new HashMap<>();
    Map<String, OdooCustomer> elsewhere = new LinkedHashMap<>();
    for (OdooOrder order : orders) {
      OdooCustomer customer = order.customer();
      Address held = own.get(customer.externalId());
      boolean goesThere =
          held == null || !customer.hasAddress() || held.takes(Address.of(customer, places));
      addresses.put(order.externalId(), goesThere ? customer.externalId() : customer.addressId());
      if (!goesThere) {
        elsewhere.put(customer.addressId(), customer);
      }
    }
    elsewhere.keySet().removeAll(references.records().ids(elsewhere.keySet(), MODEL).keySet());
    failures.putAll(create(elsewhere, "delivery", places));
    return new Found(addresses, byOrder(orders, addresses, failures));
  }

  private static Map<String, Failure> byOrder(
      Collection<OdooOrder> orders, Map<String, String> addresses, Map<String, Failure> failures) {
    Map<String, Failure> byOrder = new HashMap<>();
    for (OdooOrder order : orders) {
      Failure ofCustomer = failures.get(order.customer().externalId());
      Failure failure =
          ofCustomer == null ? failures.get(addresses.get(order.externalId())) : ofCustomer;
      if (failure != null) {
        byOrder.put(order.externalId(), failure);
      }
    }
    return byOrder;
  }

  /** What the customers have for an address that are there already and get something sent. */
  private Map<String, Address> addresses(Map<String, Long> there, Collection<OdooOrder> orders) {
    Map<String, Long> sentTo = new HashMap<>();
    for (OdooOrder order : orders) {
      Long id = there.get(order.customer().externalId());
      if (id != null && order.customer().hasAddress()) {
        sentTo.put(order.customer().externalId(), id);
      }
    }
    return sentTo.isEmpty()
        ? Map.of()
        : references
            .records()
            .read(MODEL, sentTo, Address.FIELDS, (id, record) -> new Address(record));
  }

  private Map<String, Failure> create(
      Map<String, OdooCustomer> partners, String type, Map<String, Long> places) {
    if (partners.isEmpty()) {
      return Map.of();
    }
    List<BatchLoad.Document> documents = new ArrayList<>();
    partners.forEach((id, customer) -> documents.add(document(id, customer, type, places)));
    return BatchLoad.load(client, MODEL, FIELDS, documents, context).failures();
  }

  private static Set<String> places(Collection<OdooOrder> orders) {
    Set<String> places = new TreeSet<>();
    for (OdooOrder order : orders) {
      OdooCustomer customer = order.customer();
      if (!customer.country().isEmpty()) {
        places.add(customer.country());
        if (!customer.state().isEmpty()) {
          places.add(customer.country() + "/" + customer.state());
        }
      }
    }
    return places;
  }

  /** A partner's row: of a delivery address if there is a type, of the customer himself if not. */
  private static BatchLoad.Document document(
      String id, OdooCustomer customer, String type, Map<String, Long> places) {
    List<String> row =
        List.of(
            id,
            customer.name(),
            customer.email(),
            customer.phone(),
            customer.street(),
            customer.street2(),
            customer.city(),
            customer.zip(),
            id(places.get(customer.country())),
            id(places.get(customer.country() + "/" + customer.state())),
            type.isEmpty() ? "" : customer.externalId(),
            type.isEmpty() ? "contact" : type);
    return new BatchLoad.Document(id, List.of(row));
  }

  private static String id(Long place) {
    return place == null ? "" : place.toString();
  }
}
