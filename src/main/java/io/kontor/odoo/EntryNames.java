package io.kontor.odoo;

import io.kontor.failure.RejectedFailure;
import io.kontor.failure.UnmappedFailure;
import io.kontor.odoo.document.OdooCompany;
import io.kontor.odoo.document.OdooEntry;
import io.kontor.odoo.document.OdooEntryLine;
import java.util.Collection;
import java.util.Currency;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What entries of one company name in Odoo: its accounts, journals and currencies. Immutable. */
final class EntryNames {

  private final References references;
  private final long company;
  private final Currency currency;
  private final Map<String, Long> accounts;

  private EntryNames(
      References references, long company, Currency currency, Map<String, Long> accounts) {
    this.references = references;
    this.company = company;
    this.currency = currency;
    this.accounts = accounts;
  }

  /**
   * Looks up what entries name, all accounts at once.
   *
   * @throws io.kontor.failure.Failure where Odoo does not answer, or has no such company
   */
  static EntryNames of(
      OdooClient client,
      References references,
      OdooCompany company,
      Collection<OdooEntry> entries) {
    long id = references.company(company);
    return new EntryNames(
        references,
        id,
        new EntryReader(client, references).currency(id),
        references
            .accounts()
            .ids(
                id,
                entries.stream()
                    .flatMap(entry -> entry.lines().stream())
                    .map(OdooEntryLine::account)
                    .collect(Collectors.toSet())));
  }

  long company() {
    return company;
  }

  /** An account that Odoo has. */
  long account(String code) {
    return accounts.get(code);
  }

  /**
   * Sees that Odoo has all that an entry names.
   *
   * @throws UnmappedFailure {@code unknown-account}, {@code archived-account}, {@code
   *     unknown-journal} or {@code inactive-currency}
   * @throws RejectedFailure {@code currency-differs}
   */
  void require(OdooEntry entry) {
    if (!entry.currency().equals(currency)) {
      throw new RejectedFailure(
          "currency-differs",
          entry.externalId(),
          "entry %s balances in %s, but the company's currency is %s"
              .formatted(entry.reference(), entry.currency(), currency));
    }
    references.journal(company, entry.journal());
    Set<String> unknown = new TreeSet<>();
    for (OdooEntryLine line : entry.lines()) {
      references.currency(line.amount().currency().getCurrencyCode());
      if (!accounts.containsKey(line.account())) {
        unknown.add(line.account());
      }
    }
    if (!unknown.isEmpty()) {
      throw unknown(unknown);
    }
  }

  private UnmappedFailure unknown(Set<String> codes) {
    Set<String> archived = references.accounts().archived(company, codes);
    return archived.isEmpty()
        ? new UnmappedFailure(
            "unknown-account",
            codes.iterator().next(),
            "Odoo has no account with the code " + quoted(codes))
        : new UnmappedFailure(
            "archived-account",
            archived.iterator().next(),
            "archived or deprecated in Odoo, so that nothing is posted on it: account "
                + quoted(archived));
  }

  private static String quoted(Set<String> codes) {
    return codes.stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
  }
}
