package io.kontor.odoo;

import io.kontor.failure.UnmappedFailure;
import io.kontor.odoo.document.Item;
import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Orders as the rows that {@code sale.order.load} takes, with everything they refer to resolved.
 *
 * <p>The company is in no column: it comes from the context, or a second load resets every tax. And
 * no computed cell is blank: every line says quantity, price, discount and tax.
 */
final class OrderRows {

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final List<String> HEADER =
      List.of(
          "id",
          "partner_id/id",
          "partner_shipping_id/id",
          "client_order_ref",
          "origin",
          "date_order",
          "warehouse_id/.id",
          "pricelist_id/.id");

  private final References references;
  private final long company;
  private final String taxField;
  private final Map<String, Long> skus;
  private final Map<String, Long> products;
  private final Map<String, Long> taxes;
  private final Products.Unsellable unsellable;

  private OrderRows(
      References references,
      long company,
      String taxField,
      Map<String, Long> skus,
      Map<String, Long> products,
      Map<String, Long> taxes,
      Products.Unsellable unsellable) {
    this.references = references;
    this.company = company;
    this.taxField = taxField;
    this.skus = skus;
    this.products = products;
    this.taxes = taxes;
    this.unsellable = unsellable;
  }

  /** Looks up, in a few calls for all orders, what their lines refer to. */
  static OrderRows of(
      References references, long company, String taxField, Collection<OdooOrder> orders) {
    Set<String> skus = new TreeSet<>();
    Set<String> products = new TreeSet<>();
    Set<String> taxes = new TreeSet<>();
    for (OdooOrder order : orders) {
      for (OdooLine line : order.lines()) {
        (line.item() instanceof Item.Sku ? skus : products).add(line.item().reference());
        taxes.addAll(line.taxes());
      }
    }
    Map<String, Long> known = references.products().bySku(company, skus);
    skus.removeAll(known.keySet());
    return new OrderRows(
        references,
        company,
        taxField,
        known,
        references.products().byExternalId(products),
        references.taxes(taxes),
        references.products().unsellable(skus));
  }

  List<String> fields() {
    List<String> fields = new ArrayList<>(HEADER);
    fields.addAll(lineFields());
    return fields;
  }

  /** The columns of an edit: the header stays, Odoo forbids to change most of it. */
  List<String> editFields() {
    List<String> fields = new ArrayList<>(List.of("id"));
    fields.addAll(lineFields());
    return fields;
  }

  private List<String> lineFields() {
    return List.of(
        "order_line/id",
        "order_line/product_id/.id",
        "order_line/name",
        "order_line/product_uom_qty",
        "order_line/price_unit",
        "order_line/discount",
        "order_line/" + taxField + "/.id");
  }

  /**
   * The whole order.
   *
   * @param address the external id of the one that it goes to
   * @throws UnmappedFailure where the warehouse or the currency is not known to Odoo
   */
  BatchLoad.Document document(OdooOrder order, String address) {
    List<String> header =
        List.of(
            order.externalId(),
            order.customer().externalId(),
            address,
            order.reference(),
            order.origin(),
            dateTime(order.date()),
            Long.toString(references.warehouse(company, order.warehouse())),
            Long.toString(references.pricelist(company, order.currency().getCurrencyCode())));
    List<String> blank = header.stream().map(cell -> "").toList();
    List<List<String>> rows = new ArrayList<>();
    for (OdooLine line : order.lines()) {
      rows.add(row(rows.isEmpty() ? header : blank, cells(line)));
    }
    return new BatchLoad.Document(order.externalId(), rows);
  }

  /** A change of some lines of an order. */
  static BatchLoad.Document edit(String order, List<List<String>> lines) {
    List<List<String>> rows = new ArrayList<>();
    for (List<String> line : lines) {
      rows.add(row(List.of(rows.isEmpty() ? order : ""), line));
    }
    return new BatchLoad.Document(order, rows);
  }

  List<String> cells(OdooLine line) {
    return cells(
        line.externalId(),
        product(line.item()).orElseThrow(),
        line.description(),
        line.quantity(),
        line.unitPrice().value(),
        taxes(line));
  }

  /** The line stays, with quantity 0: how a line leaves an order that is confirmed. */
  static List<String> emptied(LineInOdoo line) {
    return cells(
        line.externalId(),
        line.product(),
        line.name(),
        BigDecimal.ZERO,
        line.unitPrice(),
        line.taxes());
  }

  static List<String> cells(
      String externalId,
      long product,
      String name,
      BigDecimal quantity,
      BigDecimal unitPrice,
      Set<Long> taxes) {
    return List.of(
        externalId,
        Long.toString(product),
        name,
        quantity.toPlainString(),
        unitPrice.toPlainString(),
        "0",
        taxes.stream().sorted().map(String::valueOf).collect(Collectors.joining(",")));
  }

  static String dateTime(Instant instant) {
    return DATE_TIME.format(instant);
  }

  /** A point in time as Odoo writes it: UTC, to the second. */
  static Instant instant(String text) {
    return LocalDateTime.parse(text, DATE_TIME).toInstant(ZoneOffset.UTC);
  }

  /** The product of an item, also if it is archived; empty where Odoo has none. */
  Optional<Long> product(Item item) {
    String name = item.reference();
    return item instanceof Item.Sku
        ? Optional.ofNullable(skus.getOrDefault(name, unsellable.archived().get(name)))
        : Optional.ofNullable(products.get(name));
  }

  /** The taxes of a line, as far as Odoo knows them. */
  Set<Long> taxes(OdooLine line) {
    return line.taxes().stream()
        .map(taxes::get)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** Whether a line in Odoo says what a line of ours says. */
  boolean isSaid(OdooLine line, LineInOdoo there) {
    return taxes.keySet().containsAll(line.taxes())
        && product(line.item())
            .filter(product -> there.says(product, line, taxes(line)))
            .isPresent();
  }

  /**
   * Says which words of lines Odoo does not know.
   *
   * @param lines that are to be written
   * @param there those of them that Odoo has, by external id: their products may be archived since
   * @throws UnmappedFailure naming all of one kind
   */
  void requireKnown(Collection<OdooLine> lines, Map<String, LineInOdoo> there) {
    Set<String> unknown = new TreeSet<>();
    Set<String> archived = new TreeSet<>();
    Set<String> elsewhere = new TreeSet<>();
    Set<String> ambiguous = new TreeSet<>();
    Set<String> combos = new TreeSet<>();
    Set<String> noProduct = new TreeSet<>();
    Set<String> noTax = new TreeSet<>();
    for (OdooLine line : lines) {
      String name = line.item().reference();
      if (line.item() instanceof Item.Sku) {
        Long id = skus.get(name);
        if (id == null) {
          Long old = unsellable.archived().get(name);
          LineInOdoo sold = there.get(line.externalId());
          if (old == null) {
            (unsellable.elsewhere().containsKey(name) ? elsewhere : unknown).add(name);
          } else if (sold == null
              || sold.product() != old
              || !references.products().loadsArchived()) {
            archived.add(name);
          }
        } else if (id == Products.AMBIGUOUS) {
          ambiguous.add(name);
        } else if (id == Products.COMBO) {
          combos.add(name);
        }
      } else if (!products.containsKey(name)) {
        noProduct.add(name);
      }
      line.taxes().stream().filter(tax -> !taxes.containsKey(tax)).forEach(noTax::add);
    }
    refuse("unknown-sku", unknown, "Odoo has no product with the SKU %s");
    refuse(
        "archived-sku",
        archived,
        "the product with the SKU %s is archived in Odoo: unarchive it, or give its SKU to another");
    refuse(
        "sku-of-other-company",
        elsewhere,
        "the product with the SKU %s is one of another company in Odoo: "
            + String.join(", ", new TreeSet<>(unsellable.elsewhere().values())));
    refuse(
        "combo-sku",
        combos,
        "the product with the SKU %s is a combo, of which Odoo delivers nothing: sell what is in it"
            + " by its own SKUs");
    refuse("ambiguous-sku", ambiguous, "Odoo has several products with the SKU %s");
    refuse("unknown-product", noProduct, "Odoo has no product with the external id %s");
    refuse("unknown-tax", noTax, "Odoo has no tax with the external id %s");
  }

  private static void refuse(String code, Set<String> names, String message) {
    if (!names.isEmpty()) {
      String list = names.stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
      throw new UnmappedFailure(code, names.iterator().next(), message.formatted(list));
    }
  }

  private static List<String> row(List<String> header, List<String> line) {
    List<String> row = new ArrayList<>(header);
    row.addAll(line);
    return row;
  }
}
