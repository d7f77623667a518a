package io.kontor.odoo;

import io.kontor.odoo.document.ExternalIds;
import io.kontor.odoo.document.OdooCompany;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Objects;

/**
 * What a database is to have before orders and entries can go there: for demonstrations and tests,
 * and for a first set-up that a person asked for. Deliveries never create any of it.
 *
 * @param services products that stand for shipping, discounts, rounding, refunds
 * @param goods products with stock
 */
public record OdooPlan(List<Company> companies, List<Service> services, List<Goods> goods) {

  public OdooPlan {
    companies = List.copyOf(companies);
    services = List.copyOf(services);
    goods = List.copyOf(goods);
  }

  /**
   * A company, created where its external id is missing, with a warehouse, a journal, taxes and
   * accounts of its own. No chart template is installed: what is named here is all it gets.
   *
   * @param company by external id, if it may have to be created
   * @param country ISO 3166 alpha-2, of the taxes too
   */
  public record Company(
      OdooCompany company,
      String name,
      Currency currency,
      String country,
      Coded warehouse,
      Coded journal,
      List<Tax> taxes,
      List<Account> accounts) {

    public Company {
      Objects.requireNonNull(company, "company");
      Objects.requireNonNull(currency, "currency");
      taxes = List.copyOf(taxes);
      accounts = List.copyOf(accounts);
    }
  }

  /** A warehouse or a journal: found by its code within the company. */
  public record Coded(String code, String name) {}

  /**
   * A tax on sales.
   *
   * @param rate per cent, such as 19 or 6.25
   * @param included whether prices contain it
   */
  public record Tax(String externalId, String name, BigDecimal rate, boolean included) {

    public Tax {
      ExternalIds.require(externalId);
    }
  }

  /**
   * An account, found by its code within the company.
   *
   * @param type Odoo's word, such as {@code asset_current}, {@code income}, {@code
   *     liability_current}, {@code expense}
   */
  public record Account(String code, String name, String type) {}

  /** A product without stock. */
  public record Service(String externalId, String name) {

    public Service {
      ExternalIds.require(externalId);
    }
  }

  /** A product with stock, found by its SKU. */
  public record Goods(String sku, String name, BigDecimal listPrice) {}

  /** The products that orders of any channel may need. */
  public static List<Service> standardServices() {
    return List.of(
        new Service(Rounding.PRODUCT, "Rounding"),
        new Service("kontor.shipping", "Shipping"),
        new Service("kontor.discount", "Discount"),
        new Service("kontor.refund", "Refund"));
  }
}
