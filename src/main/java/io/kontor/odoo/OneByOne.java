package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.failure.Failure;
import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The bare loop that benchmarks hold Kontor's conversation against: each order by itself, searched
 * for by the channel's reference and then created, as a small integration does it. It does nothing
 * else: customers must be there, totals are not read back, and a repetition is safe only as long as
 * nobody else writes. Safe for several threads.
 */
public final class OneByOne {

  private final OdooClient client;
  private final References references;
  private final Map<String, Map<String, Object>> values = new HashMap<>();
  private final Map<String, Long> companies = new HashMap<>();

  public OneByOne(OdooClient client) {
    this.client = client;
    this.references = new References(client);
  }

  /** Looks up what the orders refer to, so that the loop itself need not. */
  public void prepare(Collection<OdooOrder> orders) {
    for (OdooOrder order : orders) {
      long company = references.company(order.company());
      companies.put(order.externalId(), company);
      values.put(order.externalId(), values(order, company));
    }
  }

  private Map<String, Object> values(OdooOrder order, long company) {
    OrderRows rows = OrderRows.of(references, company, client.taxField(), List.of(order));
    rows.requireKnown(order.lines(), Map.of());
    String customer = order.customer().externalId();
    List<Object> lines = new ArrayList<>();
    for (OdooLine line : order.lines()) {
      lines.add(
          List.of(
              0,
              0,
              Map.of(
                  "product_id",
                  rows.product(line.item()).orElseThrow(),
                  "name",
                  line.description(),
                  "product_uom_qty",
                  line.quantity(),
                  "price_unit",
                  line.unitPrice().value(),
                  client.taxField(),
                  List.of(List.of(6, 0, rows.taxes(line).stream().sorted().toList())))));
    }
    return Map.of(
        "partner_id",
        references.records().ids(List.of(customer), "res.partner").get(customer),
        "client_order_ref",
        order.reference(),
        "origin",
        order.origin(),
        "date_order",
        OrderRows.dateTime(order.date()),
        "warehouse_id",
        references.warehouse(company, order.warehouse()),
        "pricelist_id",
        references.pricelist(company, order.currency().getCurrencyCode()),
        "order_line",
        lines);
  }

  /**
   * Sends one order that was prepared.
   *
   * @throws Failure if Odoo does not take it
   */
  public void send(OdooOrder order) {
    Map<String, Object> context =
        Map.of("allowed_company_ids", List.of(companies.get(order.externalId())));
    List<JsonNode> found =
        client.searchRead(
            "sale.order",
            List.of(List.of("client_order_ref", "=", order.reference())),
            List.of("id", "state"),
            context);
    List<Long> ids =
        found.isEmpty()
            ? Json.longs(
                client.call(
                    OdooCall.onModel(
                            "sale.order",
                            "create",
                            Map.of("vals_list", List.of(values.get(order.externalId()))))
                        .with(context)))
            : found.stream().map(record -> record.path("id").asLong()).collect(Collectors.toList());
    if (order.wanted() == OdooOrder.State.CONFIRMED) {
      client.act("sale.order", "action_confirm", ids, context);
    }
  }
}
