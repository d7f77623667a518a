package io.kontor.odoo;

import io.kontor.failure.Failure;
import io.kontor.odoo.document.OdooCompany;
import io.kontor.odoo.document.OdooEntry;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Posts journal entries in Odoo, never twice, and adds up what is there.
 *
 * <p>Safe for several threads, if they deliver different entries.
 */
public final class OdooEntries {

  /** A load of a thousand lines takes Odoo four seconds: long entries travel in smaller company. */
  private static final int MOST_LINES = 400;

  /** Entries that are compared at once. */
  private static final int MOST_COMPARED = 100;

  private final OdooClient client;
  private final AdaptiveBatch batch;
  private final References references;

  public OdooEntries(OdooClient client, AdaptiveBatch batch) {
    this.client = client;
    this.batch = batch;
    this.references = new References(client, batch::now);
  }

  /**
   * Creates and posts the entries that are not there yet.
   *
   * @param entries any number; of two with one external id the later one counts
   * @return an outcome for each external id, in the order given; nothing is thrown
   */
  public List<DeliveryOutcome> deliver(List<OdooEntry> entries) {
    return Conversation.deliver(
        entries, this::chunk, company -> new EntryConversation(client, references, batch, company));
  }

  /**
   * Sees that Odoo has all that entries name, before the first of them is posted.
   *
   * @param entries of one company
   * @throws Failure that says what it lacks, or that it does not answer
   */
  public void require(List<OdooEntry> entries) {
    if (!entries.isEmpty()) {
      EntryNames names = EntryNames.of(client, references, entries.get(0).company(), entries);
      entries.forEach(names::require);
    }
  }

  private int chunk(List<OdooEntry> entries) {
    return fewLines(entries, Math.min(entries.size(), batch.size()));
  }

  /** How many of the first entries have not too many lines together; at least one. */
  private static int fewLines(List<OdooEntry> entries, int most) {
    int lines = 0;
    for (int size = 0; size < most; size++) {
      lines += entries.get(size).lines().size();
      if (lines > MOST_LINES) {
        return Math.max(1, size);
      }
    }
    return most;
  }

  /**
   * Which of these entries are posted in Odoo already, by their external ids.
   *
   * @throws Failure where Odoo does not answer
   */
  public Set<String> posted(Collection<String> externalIds) {
    Set<String> posted = new TreeSet<>();
    new EntryReader(client, references)
        .find(externalIds)
        .forEach(
            (id, entry) -> {
              if (entry.isPosted()) {
                posted.add(id);
              }
            });
    return posted;
  }

  /**
   * Up to which day a company has closed its books for a journal.
   *
   * @param journal its code
   * @throws Failure where Odoo does not answer, or has no such company or journal
   */
  public OdooLocks locks(OdooCompany company, String journal) {
    long id = references.company(company);
    return new LockReader(client).read(id, references.journal(id, journal));
  }

  /**
   * The general ledger's side of the parity proof: what Kontor's posted entries come to, by the
   * month of the posting date and by account.
   *
   * @param from the first posting date
   * @param to the last posting date
   * @param externalIdPrefix what the external ids of the entries begin with, such as {@code
   *     kontor.je_nordwind_}; other people's entries are never counted
   * @throws Failure where Odoo does not answer, or has no such company
   */
  public Map<YearMonth, Map<String, AccountSum>> sumsByMonth(
      OdooCompany company, LocalDate from, LocalDate to, String externalIdPrefix) {
    return new EntryReader(client, references)
        .sums(references.company(company), from, to, externalIdPrefix);
  }

  /**
   * What people did in Odoo to entries that were posted there: reset, changed, reversed, deleted.
   *
   * @param posted of one company
   * @return those that are not as they were posted, by external id, and what is otherwise, in words
   *     that fit behind the entry's name
   * @throws Failure where Odoo does not answer
   */
  public Map<String, String> differences(List<OdooEntry> posted) {
    Map<String, String> differences = new LinkedHashMap<>();
    for (int from = 0; from < posted.size(); ) {
      List<OdooEntry> rest = posted.subList(from, posted.size());
      int size = fewLines(rest, Math.min(rest.size(), MOST_COMPARED));
      long company = references.company(rest.get(0).company());
      differences.putAll(
          new EntryDifferences(client, new EntryReader(client, references), company)
              .of(rest.subList(0, size)));
      from += size;
    }
    return differences;
  }

  /**
   * Which of these entries there are in Odoo, in whatever state.
   *
   * @param alsoReversed of which external ids those count that somebody has reversed
   * @throws Failure where Odoo does not answer
   */
  public List<EntryInOdoo> existing(
      Collection<String> externalIds, Predicate<String> alsoReversed) {
    EntryReader reader = new EntryReader(client, references);
    Map<String, EntryInOdoo> found = reader.find(externalIds);
    Set<Long> reversed = reader.reversed(found.values().stream().map(EntryInOdoo::odooId).toList());
    return found.values().stream()
        .filter(
            entry -> !reversed.contains(entry.odooId()) || alsoReversed.test(entry.externalId()))
        .sorted(Comparator.comparing(EntryInOdoo::externalId))
        .toList();
  }

  /**
   * Posted entries whose external ids begin so, and which nobody has reversed.
   *
   * @param which of their external ids count
   * @throws Failure where Odoo does not answer
   */
  public List<EntryInOdoo> standing(String externalIdPrefix, Predicate<String> which) {
    EntryReader reader = new EntryReader(client, references);
    Map<String, Long> ids = reader.entriesOf(externalIdPrefix);
    ids.keySet().removeIf(which.negate());
    List<String> all = List.copyOf(ids.keySet());
    List<EntryInOdoo> standing = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST_COMPARED) {
      Map<String, Long> some = new LinkedHashMap<>();
      all.subList(from, Math.min(from + MOST_COMPARED, all.size()))
          .forEach(id -> some.put(id, ids.get(id)));
      Set<Long> reversed = reader.reversed(some.values());
      reader.read(some).values().stream()
          .filter(entry -> entry.isPosted() && !reversed.contains(entry.odooId()))
          .forEach(standing::add);
    }
    return standing;
  }

  /**
   * Posted entries whose external ids begin so and are none of those known.
   *
   * @param months of their posting dates
   * @throws Failure where Odoo does not answer
   */
  public List<EntryInOdoo> strangers(
      String externalIdPrefix, Set<String> known, Set<YearMonth> months) {
    EntryReader reader = new EntryReader(client, references);
    Map<String, Long> ids = reader.entriesOf(externalIdPrefix);
    ids.keySet().removeAll(known);
    List<String> unknown = List.copyOf(ids.keySet());
    List<EntryInOdoo> strangers = new ArrayList<>();
    for (int from = 0; from < unknown.size(); from += MOST_COMPARED) {
      Map<String, Long> some = new LinkedHashMap<>();
      unknown
          .subList(from, Math.min(from + MOST_COMPARED, unknown.size()))
          .forEach(id -> some.put(id, ids.get(id)));
      reader.read(some).values().stream()
          .filter(entry -> entry.isPosted() && months.contains(YearMonth.from(entry.date())))
          .forEach(strangers::add);
    }
    return strangers;
  }
}
