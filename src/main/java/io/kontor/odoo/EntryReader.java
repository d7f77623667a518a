package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.failure.UnmappedFailure;
import io.kontor.money.Currencies;
import io.kontor.money.Money;
import io.kontor.odoo.document.ExternalIds;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads journal entries, their lines and sums back from Odoo. */
final class EntryReader {

  /** Ids in one domain, and external ids in one answer: enough for a page, no burden on Odoo. */
  private static final int PAGE = 2000;

  private static final String BY_MONTH = "date:month";
  private static final int DAY_LENGTH = 10;

  private final OdooClient client;
  private final References references;

  EntryReader(OdooClient client, References references) {
    this.client = client;
    this.references = references;
  }

  /** The entries that exist, by external id. */
  Map<String, EntryInOdoo> find(Collection<String> externalIds) {
    Map<String, Long> ids = references.records().ids(externalIds, "account.move");
    return ids.isEmpty() ? Map.of() : read(ids);
  }

  /** Entries by external id, whose database ids are known; one deleted meanwhile is not there. */
  Map<String, EntryInOdoo> read(Map<String, Long> ids) {
    // amount_total is in the currency of the lines; the signed one is in the company's.
    List<String> fields =
        List.of("name", "state", "date", "amount_total_signed", "company_currency_id");
    return references.records().read("account.move", ids, fields, EntryReader::entry);
  }

  private static EntryInOdoo entry(String externalId, JsonNode record) {
    String name = Json.string(record.path("name"));
    return new EntryInOdoo(
        externalId,
        record.path("id").asLong(),
        // A draft has no number: false in 19, a slash before.
        name.equals("/") ? "" : name,
        record.path("state").asText(),
        LocalDate.parse(record.path("date").asText()),
        Money.rounded(
            Json.decimal(record.path("amount_total_signed")),
            Currencies.of(Json.referenceName(record.path("company_currency_id")))));
  }

  /** What entries hold, by entry: sums by account and currency, in both currencies. */
  Map<Long, Map<EntryContent.Key, EntryContent.Sums>> contents(Collection<Long> entries) {
    Map<Long, EntryContent> contents = new HashMap<>();
    entries.forEach(entry -> contents.put(entry, new EntryContent()));
    client
        .searchRead(
            "account.move.line",
            List.of(List.of("move_id", "in", entries)),
            List.of("move_id", "account_id", "currency_id", "balance", "amount_currency"),
            Contexts.QUIET)
        .forEach(
            line ->
                contents
                    .get(Json.reference(line.path("move_id")).orElseThrow())
                    .add(
                        Json.reference(line.path("account_id")).orElse(0L),
                        Json.referenceName(line.path("currency_id")),
                        Json.decimal(line.path("balance")),
                        Json.decimal(line.path("amount_currency"))));
    Map<Long, Map<EntryContent.Key, EntryContent.Sums>> sums = new HashMap<>();
    contents.forEach((entry, content) -> sums.put(entry, content.sums()));
    return sums;
  }

  Currency currency(long company) {
    return client
        .searchRead(
            "res.company",
            List.of(List.of("id", "=", company)),
            List.of("currency_id"),
            Contexts.QUIET)
        .stream()
        .map(record -> Currencies.of(Json.referenceName(record.path("currency_id"))))
        .findFirst()
        .orElseThrow(
            () ->
                new UnmappedFailure(
                    "unknown-company", Long.toString(company), "Odoo has no such company"));
  }

  private record AccountMonth(long account, YearMonth month) {}

  /**
   * Sums of posted lines by month and account code, over entries whose external ids begin so, and
   * over what people made in Odoo to take such an entry back.
   */
  Map<YearMonth, Map<String, AccountSum>> sums(
      long company, LocalDate from, LocalDate to, String externalIdPrefix) {
    Currency currency = currency(company);
    Map<AccountMonth, AccountSum> sums = new HashMap<>();
    List<Long> entries = withReversals(entriesOf(externalIdPrefix).values());
    for (int start = 0; start < entries.size(); start += PAGE) {
      List<Object> domain =
          List.of(
              List.of("parent_state", "=", "posted"),
              List.of("company_id", "=", company),
              List.of("date", ">=", from.toString()),
              List.of("date", "<=", to.toString()),
              List.of(
                  "move_id", "in", entries.subList(start, Math.min(entries.size(), start + PAGE))));
      for (JsonNode group : grouped(domain, Contexts.ofCompany(company))) {
        AccountMonth key =
            new AccountMonth(Json.reference(group.path("account_id")).orElseThrow(), month(group));
        sums.merge(key, sum(group, currency), AccountSum::plus);
      }
    }
    Map<Long, String> codes =
        codes(
            company, sums.keySet().stream().map(AccountMonth::account).collect(Collectors.toSet()));
    Map<YearMonth, Map<String, AccountSum>> byMonth = new TreeMap<>();
    sums.forEach(
        (key, sum) -> {
          String code = codes.get(key.account());
          byMonth
              .computeIfAbsent(key.month(), month -> new TreeMap<>())
              .merge(
                  code,
                  new AccountSum(code, sum.debit(), sum.credit(), sum.lines()),
                  AccountSum::plus);
        });
    return byMonth;
  }

  /** 19 gives the first day with the label; before, it stands in the range. */
  private static YearMonth month(JsonNode group) {
    JsonNode formatted = group.path(BY_MONTH);
    String day =
        formatted.isArray()
            ? formatted.path(0).asText()
            : group.path("__range").path(BY_MONTH).path("from").asText();
    return YearMonth.from(LocalDate.parse(day.substring(0, DAY_LENGTH)));
  }

  /** The database ids of entries whose external ids begin so, by external id. */
  Map<String, Long> entriesOf(String prefix) {
    // The underscore stands for any character in LIKE.
    String pattern = ExternalIds.nameOf(prefix).replace("_", "\\_") + "%";
    String module = ExternalIds.moduleOf(prefix);
    Map<String, Long> ids = new LinkedHashMap<>();
    long last = 0;
    while (true) {
      List<JsonNode> page =
          client.searchPage(
              "ir.model.data",
              List.of(
                  List.of("module", "=", module),
                  List.of("model", "=", "account.move"),
                  List.of("name", "=like", pattern),
                  List.of("id", ">", last)),
              List.of("name", "res_id"),
              PAGE);
      page.forEach(
          record ->
              ids.put(module + "." + record.path("name").asText(), record.path("res_id").asLong()));
      if (page.size() < PAGE) {
        return ids;
      }
      last = page.get(page.size() - 1).path("id").asLong();
    }
  }

  /** Those of some entries that a posted one reverses. */
  Set<Long> reversed(Collection<Long> entries) {
    Set<Long> reversed = new HashSet<>();
    client
        .searchRead(
            "account.move",
            List.of(List.of("reversed_entry_id", "in", entries), List.of("state", "=", "posted")),
            List.of("reversed_entry_id"),
            Contexts.QUIET)
        .forEach(move -> Json.reference(move.path("reversed_entry_id")).ifPresent(reversed::add));
    return reversed;
  }

  /** With the reversals of these entries, the reversals of the reversals, and so on. */
  private List<Long> withReversals(Collection<Long> entries) {
    Set<Long> known = new LinkedHashSet<>(entries);
    List<Long> all = new ArrayList<>(known);
    int looked = 0;
    // What a page finds is looked at itself when its turn comes.
    while (looked < all.size()) {
      List<Long> page = List.copyOf(all.subList(looked, Math.min(all.size(), looked + PAGE)));
      looked += page.size();
      client
          .searchRead(
              "account.move",
              List.of(List.of("reversed_entry_id", "in", page)),
              List.of("id"),
              Contexts.QUIET)
          .forEach(
              reversal -> {
                long id = reversal.path("id").asLong();
                if (known.add(id)) {
                  all.add(id);
                }
              });
    }
    return all;
  }

  /** By account and month: {@code formatted_read_group} in 19, {@code read_group} before. */
  private JsonNode grouped(List<?> domain, Map<String, Object> context) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("domain", domain);
    boolean formatted = client.major() >= 19;
    arguments.put("groupby", List.of("account_id", BY_MONTH));
    if (formatted) {
      arguments.put("aggregates", List.of("debit:sum", "credit:sum", "__count"));
    } else {
      arguments.put("fields", List.of("debit:sum", "credit:sum"));
      arguments.put("lazy", false);
    }
    return client.call(
        OdooCall.onModel(
                "account.move.line", formatted ? "formatted_read_group" : "read_group", arguments)
            .with(context));
  }

  private static AccountSum sum(JsonNode group, Currency currency) {
    boolean formatted = group.has("debit:sum");
    BigDecimal debit = Json.decimal(group.path(formatted ? "debit:sum" : "debit"));
    BigDecimal credit = Json.decimal(group.path(formatted ? "credit:sum" : "credit"));
    return new AccountSum(
        "",
        Money.rounded(debit, currency),
        Money.rounded(credit, currency),
        group.path("__count").asLong());
  }

  /** An account that was archived since keeps its code, and what is posted on it. */
  Map<Long, String> codes(long company, Collection<Long> accounts) {
    Map<Long, String> codes = new HashMap<>();
    if (!accounts.isEmpty()) {
      client
          .searchRead(
              "account.account",
              List.of(List.of("id", "in", accounts)),
              List.of("code"),
              Contexts.archivedToo(Contexts.ofCompany(company)))
          .forEach(
              account -> codes.put(account.path("id").asLong(), account.path("code").asText()));
    }
    return codes;
  }
}
