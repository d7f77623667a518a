package io.kontor.work.batch;

import io.kontor.ledger.BookEntry;
import io.kontor.odoo.EntryInOdoo;
import io.kontor.odoo.OdooEntries;
import io.kontor.odoo.document.OdooEntry;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The entries of an entity against Odoo's general ledger. Used once, by one thread. */
final class OdooEntryComparison implements Books.EntryComparison {

  private final OdooEntries odoo;
  private final Function<BookEntry, OdooEntry> inOdoosWords;
  private final String externalIdPrefix;
  private final Set<YearMonth> months;
  private final Set<String> known = new HashSet<>();
  private final List<String> differences = new ArrayList<>();

  /**
   * @param externalIdPrefix what the external ids of the entity's entries begin with
   */
  OdooEntryComparison(
      OdooEntries odoo,
      Function<BookEntry, OdooEntry> inOdoosWords,
      String externalIdPrefix,
      Set<YearMonth> months) {
    this.odoo = odoo;
    this.inOdoosWords = inOdoosWords;
    this.externalIdPrefix = externalIdPrefix;
    this.months = Set.copyOf(months);
  }

  @Override
  public void add(String batch, List<BookEntry> entries, boolean posted) {
    Map<String, OdooEntry> looked = new HashMap<>();
    for (BookEntry entry : entries) {
      OdooEntry inOdoo = inOdoosWords.apply(entry);
      known.add(inOdoo.externalId());
      if (posted && months.contains(YearMonth.from(entry.date()))) {
        looked.put(inOdoo.externalId(), inOdoo);
      }
    }
    odoo.differences(List.copyOf(looked.values()))
        .forEach(
            (id, what) ->
                differences.add(
                    "entry %s of batch %s %s".formatted(looked.get(id).reference(), batch, what)));
  }

  @Override
  public List<String> differences() {
    List<String> all = new ArrayList<>(differences);
    for (EntryInOdoo stranger : odoo.strangers(externalIdPrefix, known, months)) {
      all.add(
          "%s of %s (%s, %s) is none of the entries of this hub"
              .formatted(
                  stranger.name(), stranger.date(), stranger.total(), stranger.externalId()));
    }
    return all;
  }
}
