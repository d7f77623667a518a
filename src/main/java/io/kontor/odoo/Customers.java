package io.kontor.odoo;

import io.kontor.failure.Failure;
import io.kontor.odoo.document.OdooCustomer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Sees to it that the customers of a batch of orders exist. */
final class Customers {

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
          "state_id/.id");

  private final OdooClient client;
  private final References references;
  private final Map<String, Object> context;

  Customers(OdooClient client, References references, Map<String, Object> context) {
    this.client = client;
    this.references = references;
    this.context = context;
  }

  /**
   * Creates the missing ones; the others are left as they are.
   *
   * @return why some of them are not there, by external id
   */
  Map<String, Failure> require(Collection<OdooCustomer> customers) {
    Map<String, OdooCustomer> missing = new LinkedHashMap<>();
    customers.forEach(customer -> missing.put(customer.externalId(), customer));
    missing.keySet().removeAll(references.records().ids(missing.keySet(), "res.partner").keySet());
    if (missing.isEmpty()) {
      return Map.of();
    }
    Map<String, Long> places = references.places().ids(places(missing.values()));
    List<BatchLoad.Document> documents = new ArrayList<>();
    missing.values().forEach(customer -> documents.add(document(customer, places)));
    return new HashMap<>(
        BatchLoad.load(client, "res.partner", FIELDS, documents, context).failures());
  }

  private static Set<String> places(Collection<OdooCustomer> customers) {
    Set<String> places = new TreeSet<>();
    for (OdooCustomer customer : customers) {
      if (!customer.country().isEmpty()) {
        places.add(customer.country());
        if (!customer.state().isEmpty()) {
          places.add(customer.country() + "/" + customer.state());
        }
      }
    }
    return places;
  }

  private static BatchLoad.Document document(OdooCustomer customer, Map<String, Long> places) {
    List<String> row =
        List.of(
            customer.externalId(),
            customer.name(),
            customer.email(),
            customer.phone(),
            customer.street(),
            customer.street2(),
            customer.city(),
            customer.zip(),
            id(places.get(customer.country())),
            id(places.get(customer.country() + "/" + customer.state())));
    return new BatchLoad.Document(customer.externalId(), List.of(row));
  }

  private static String id(Long place) {
    return place == null ? "" : place.toString();
  }
}
