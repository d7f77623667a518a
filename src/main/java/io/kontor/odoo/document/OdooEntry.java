package io.kontor.odoo.document;

import io.kontor.money.Money;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Objects;

/**
 * A journal entry as it is to be posted in Odoo; it cannot exist unbalanced.
 *
 * @param externalId such as {@code kontor.je_<entity>_<batch>_<entry>}
 * @param journal the code of a journal of the company
 * @param date the posting date
 */
public record OdooEntry(
    String externalId,
    OdooCompany company,
    String journal,
    LocalDate date,
    String reference,
    List<OdooEntryLine> lines)
    implements OdooDocument {

  public OdooEntry {
    ExternalIds.require(externalId);
    Objects.requireNonNull(company, "company");
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(reference, "reference");
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("entry %s has no lines".formatted(externalId));
    }
    if (lines.stream().map(OdooEntryLine::externalId).distinct().count() != lines.size()) {
      throw new IllegalArgumentException(
          "entry %s has two lines of one external id".formatted(externalId));
    }
    Money sum = sum(lines, currencyOf(lines), false);
    if (!sum.isZero()) {
      throw new IllegalArgumentException(
          "entry %s is out of balance by %s".formatted(externalId, sum));
    }
  }

  /** The company's currency, in which the entry balances. */
  public Currency currency() {
    return currencyOf(lines);
  }

  /** The sum of its debits in the company's currency. */
  public Money total() {
    return sum(lines, currency(), true);
  }

  private static Currency currencyOf(List<OdooEntryLine> lines) {
    return lines.get(0).functional().currency();
  }

  private static Money sum(List<OdooEntryLine> lines, Currency currency, boolean debitsOnly) {
    Money sum = Money.zero(currency);
    for (OdooEntryLine line : lines) {
      if (!debitsOnly || line.functional().isPositive()) {
        sum = sum.plus(line.functional());
      }
    }
    return sum;
  }
}
