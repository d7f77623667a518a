package io.kontor.sales;

import io.kontor.money.Money;
import io.kontor.words.Words;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/**
 * A till closed a receipt: sales, returns and tenders in one.
 *
 * @param store the store's number
 * @param till the workstation's number
 * @param businessDay the store's own day
 * @param taxIncluded whether unit prices contain the taxes
 * @param lines what was sold; a negative quantity is a return (or an added void)
 * @param tenders how it was paid; change is a negative tender
 * @param voided the whole receipt was voided: it is kept, and has no effect
 */
public record ReceiptRung(
    FactHead head,
    String store,
    String till,
    LocalDate businessDay,
    Currency currency,
    boolean taxIncluded,
    List<Line> lines,
    List<Tender> tenders,
    boolean voided)
    implements Fact {

  public ReceiptRung {
    lines = List.copyOf(lines);
    tenders = List.copyOf(tenders);
  }

  /** What the lines add up to, tax included: positive when the customer pays. */
  public Money total() {
    return Money.sum(lines.stream().map(Line::gross).toList(), currency);
  }

  /** What the tenders add up to: the same as {@link #total()} but for cash rounding. */
  public Money tendered() {
    return Money.sum(tenders.stream().map(Tender::amount).toList(), currency);
  }

  /**
   * One line of a receipt.
   *
   * @param quantity negative for a return
   * @param gross after discounts, tax included; negative for a return
   */
  public record Line(
      String externalId,
      LineKind kind,
      String sku,
      String title,
      BigDecimal quantity,
      Money gross,
      List<Tax> taxes) {

    public Line {
      taxes = List.copyOf(taxes);
    }

    public Money tax() {
      return Money.sum(taxes.stream().map(Tax::amount).toList(), gross.currency());
    }

    public Money net() {
      return gross.minus(tax());
    }
  }

  /** A means of payment and how much of it: negative when it went to the customer. */
  public record Tender(TenderKind kind, Money amount) {}

  /** The means of payment that have an account of their own. */
  public enum TenderKind {
    CASH,
    CARD,
    GIFT_CARD,
    OTHER,
    /** The part of a total that coins cannot pay; not a tender, but balances like one. */
    CASH_ROUNDING;

    public String word() {
      return Words.of(this);
    }

    /**
     * Finds the word of a canonical document.
     *
     * @throws IllegalArgumentException if there is no such word
     */
    public static TenderKind of(String word) {
      for (TenderKind kind : values()) {
        if (kind.word().equals(word)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("unknown kind of tender '" + word + "'");
    }
  }
}
