package io.kontor.odoo;

import io.kontor.odoo.document.ExternalIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows of orders and entries as {@code load} takes them, for the American company: a column a
 * field, and records by their ids in the database where Kontor sends those.
 */
final class WireRows {

  private final OdooClient client;
  private final OdooFixture fixture;
  private final References references;
  private final long company;
  private final String tee;
  private final String pricelist;
  private final String warehouse;
  final String tax;
  final String zeroTax;

  /** For a database that is set up to the fixture's plan. */
  WireRows(OdooClient client, OdooFixture fixture) {
    this.client = client;
    this.fixture = fixture;
    this.references = new References(client);
    this.company = references.company(OdooFixture.US);
    this.tee =
        references.products().bySku(company, Set.of(fixture.tee)).get(fixture.tee).toString();
    this.tax = taxId(OdooFixture.US_15);
    this.zeroTax = taxId(OdooFixture.US.zeroTax());
    this.pricelist = Long.toString(references.pricelist(company, "USD"));
    this.warehouse = Long.toString(references.warehouse(company, "WH"));
  }

  private String taxId(String externalId) {
    return references.taxes(Set.of(externalId)).get(externalId).toString();
  }

  long company() {
    return company;
  }

  List<String> fields() {
    return List.of(
        "id",
        "partner_id/id",
        "client_order_ref",
        "origin",
        "date_order",
        "warehouse_id/.id",
        "pricelist_id/.id",
        "order_line/id",
        "order_line/product_id/.id",
        "order_line/name",
        "order_line/product_uom_qty",
        "order_line/price_unit",
        "order_line/discount",
        "order_line/" + client.taxField() + "/.id");
  }

  List<String> line(String key, String quantity, String price, String tax) {
    return List.of(key, tee, "Tee", quantity, price, "0", tax);
  }

  @SafeVarargs
  final List<List<String>> order(String number, List<String>... lines) {
    List<List<String>> rows = new ArrayList<>();
    for (List<String> line : lines) {
      List<String> row = new ArrayList<>();
      row.addAll(
          rows.isEmpty()
              ? List.of(
                  orderId(number),
                  customer(),
                  "REF-" + number,
                  "shop",
                  "2026-11-20 10:00:00",
                  warehouse,
                  pricelist)
              : List.of("", "", "", "", "", "", ""));
      row.add(lineId(number, line.get(0)));
      row.addAll(line.subList(1, line.size()));
      rows.add(row);
    }
    return rows;
  }

  /** How a person locks an order: until 16 it is thereby done. */
  static String lock(OdooClient client) {
    return client.major() >= 17 ? "action_lock" : "action_done";
  }

  static List<String> entryFields() {
    return List.of(
        "id",
        "ref",
        "date",
        "journal_id/.id",
        "move_type",
        "line_ids/id",
        "line_ids/account_id/.id",
        "line_ids/name",
        "line_ids/debit",
        "line_ids/credit");
  }

  List<List<String>> entry(String number, String debit, String credit) {
    Map<String, Long> accounts = references.accounts().ids(company, Set.of("179001", "479001"));
    return List.of(
        List.of(
            fixture.entryId("w" + number),
            "Wire " + number,
            "2026-11-21",
            Long.toString(references.journal(company, "KONT")),
            "entry",
            ExternalIds.of("jel", "wire", number, "d", fixture.suffix),
            accounts.get("179001").toString(),
            "debit",
            debit,
            "0"),
        List.of(
            "",
            "",
            "",
            "",
            "",
            ExternalIds.of("jel", "wire", number, "c", fixture.suffix),
            accounts.get("479001").toString(),
            "credit",
            "0",
            credit));
  }

  String customer() {
    return ExternalIds.of("cust", "wire", fixture.suffix);
  }

  String orderId(String number) {
    return ExternalIds.of("so", "wire", number, fixture.suffix);
  }

  String lineId(String number, String key) {
    return ExternalIds.of("sol", "wire", number, key, fixture.suffix);
  }
}
