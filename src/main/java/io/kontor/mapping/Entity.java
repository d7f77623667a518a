package io.kontor.mapping;

import io.kontor.money.Money;
import io.kontor.words.Words;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * A legal entity that keeps books: {@code mappings/accounts/<id>/entity.yaml}.
 *
 * @param zone business days and months are this zone's
 * @param currency the functional currency
 * @param odooCompany the name of its company in Odoo
 * @param odooJournal the code of the journal that takes Kontor's entries there
 * @param odooZeroTax the external id of its tax of zero per cent, for lines that owe none
 * @param books the sets of books that receive its posting batches
 * @param autoApprove up to which sum of debits the night approves a batch by itself that nobody has
 *     to look at; empty if it never does
 * @param chart which account code stands for which role
 * @param vatPoint when it owes VAT
 * @param rates what other currencies are worth
 */
public record Entity(
    String id,
    String name,
    ZoneId zone,
    Currency currency,
    String odooCompany,
    String odooJournal,
    String odooZeroTax,
    List<Book> books,
    Optional<Money> autoApprove,
    Chart chart,
    VatPoint vatPoint,
    Rates rates) {

  public Entity {
    books = List.copyOf(books);
  }

  /**
   * An entity that a person approves for, owes VAT with the shipment, and knows no other currency.
   */
  public Entity(
      String id,
      String name,
      ZoneId zone,
      Currency currency,
      String odooCompany,
      String odooJournal,
      String odooZeroTax,
      List<Book> books,
      Chart chart) {
    this(
        id,
        name,
        zone,
        currency,
        odooCompany,
        odooJournal,
        odooZeroTax,
        books,
        Optional.empty(),
        chart,
        VatPoint.SHIPMENT,
        Rates.NONE);
  }

  /** When VAT arises. */
  public enum VatPoint {
    /** With the shipment, whoever paid before. */
    SHIPMENT,
    /** With the shipment or the payment, whichever comes first. */
    EARLIEST
  }

  /** A set of books, and how fine the entries are that it wants. */
  public record Book(Target target, Granularity granularity) {}

  /** Where a posting batch can go. */
  public enum Target {
    ODOO,
    FILE;

    public String word() {
      return Words.of(this);
    }
  }

  /** How fine a set of books wants its entries. */
  public enum Granularity {
    /** Each journal entry as it stands. */
    ENTRY,
    /** One entry a day, with one line an account. */
    SUMMARY;

    public String word() {
      return Words.of(this);
    }
  }
}
