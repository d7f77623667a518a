package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.money.Money;
import io.kontor.odoo.document.OdooEntry;
import io.kontor.odoo.document.OdooEntryLine;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What people did in Odoo to entries that were posted there. Used once, by one thread. */
final class EntryDifferences {

  /** So many accounts of an entry are named; whoever looks at it there sees the others. */
  private static final int MOST_ACCOUNTS = 3;

  private final OdooClient client;
  private final EntryReader reader;
  private final long company;

  /**
   * @param company whose entries they are
   */
  EntryDifferences(OdooClient client, EntryReader reader, long company) {
    this.client = client;
    this.reader = reader;
    this.company = company;
  }

  /** Those that are not as they were posted, by external id, and what is otherwise. */
  Map<String, String> of(List<OdooEntry> posted) {
    Map<String, EntryInOdoo> there =
        reader.find(posted.stream().map(OdooEntry::externalId).toList());
    List<Long> ids = there.values().stream().map(EntryInOdoo::odooId).toList();
    Map<Long, Map<String, BigDecimal>> sums = sums(ids);
    Map<Long, String> reversals = reversals(ids);
    Map<String, String> differences = new LinkedHashMap<>();
    for (OdooEntry entry : posted) {
      EntryInOdoo held = there.get(entry.externalId());
      if (held == null) {
        differences.put(
            entry.externalId(), "is not there any more: redeliver with its batch brings it back");
      } else {
        difference(entry, held, sums.get(held.odooId()))
            .or(() -> Optional.ofNullable(reversals.get(held.odooId())))
            .ifPresent(what -> differences.put(entry.externalId(), named(held) + what));
      }
    }
    return differences;
  }

  private static String named(EntryInOdoo held) {
    return held.name().isEmpty() ? "" : "(%s) ".formatted(held.name());
  }

  private static Optional<String> difference(
      OdooEntry posted, EntryInOdoo held, Map<String, BigDecimal> sums) {
    if (held.isDraft()) {
      return Optional.of("was set back to a draft there");
    }
    if (!held.isPosted()) {
      return Optional.of("is cancelled there");
    }
    if (!held.date().equals(posted.date())) {
      return Optional.of("is of %s there, and of %s here".formatted(held.date(), posted.date()));
    }
    return accounts(posted.currency(), sums, sums(posted));
  }

  private static Optional<String> accounts(
      Currency currency, Map<String, BigDecimal> held, Map<String, BigDecimal> wanted) {
    Set<String> codes = new TreeSet<>(held.keySet());
    codes.addAll(wanted.keySet());
    List<String> otherwise =
        codes.stream()
            .map(
                code -> {
                  Money there = money(held, code, currency);
                  Money here = money(wanted, code, currency);
                  return there.equals(here)
                      ? ""
                      : "%s on account %s there, and %s here".formatted(there, code, here);
                })
            .filter(what -> !what.isEmpty())
            .limit(MOST_ACCOUNTS)
            .toList();
    return otherwise.isEmpty()
        ? Optional.empty()
        : Optional.of("has " + String.join("; ", otherwise));
  }

  private static Money money(Map<String, BigDecimal> sums, String code, Currency currency) {
    return Money.rounded(sums.getOrDefault(code, BigDecimal.ZERO), currency);
  }

  private static Map<String, BigDecimal> sums(OdooEntry posted) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (OdooEntryLine line : posted.lines()) {
      sums.merge(line.account(), line.functional().amount(), BigDecimal::add);
    }
    return sums;
  }

  /** What each entry holds in the currency of the books, by the code of the account. */
  private Map<Long, Map<String, BigDecimal>> sums(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<Long, Map<EntryContent.Key, EntryContent.Sums>> contents = reader.contents(ids);
    Map<Long, String> codes =
        reader.codes(
            company,
            contents.values().stream()
                .flatMap(content -> content.keySet().stream())
                .map(EntryContent.Key::account)
                .collect(Collectors.toSet()));
    Map<Long, Map<String, BigDecimal>> sums = new HashMap<>();
    contents.forEach(
        (entry, content) -> {
          Map<String, BigDecimal> ofEntry = new TreeMap<>();
          content.forEach(
              (key, sum) ->
                  ofEntry.merge(
                      codes.getOrDefault(key.account(), "none"),
                      sum.functional(),
                      BigDecimal::add));
          sums.put(entry, ofEntry);
        });
    return sums;
  }

  /** Which of these entries somebody took back, and by what. */
  private Map<Long, String> reversals(Collection<Long> ids) {
    Map<Long, String> reversals = new HashMap<>();
    if (!ids.isEmpty()) {
      List<JsonNode> found =
          client.searchRead(
              "account.move",
              List.of(List.of("reversed_entry_id", "in", ids), List.of("state", "=", "posted")),
              List.of("name", "reversed_entry_id"),
              Contexts.QUIET);
      for (JsonNode reversal : found) {
        reversals.put(
            Json.reference(reversal.path("reversed_entry_id")).orElseThrow(),
            "is reversed there by " + reversal.path("name").asText());
      }
    }
    return reversals;
  }
}
