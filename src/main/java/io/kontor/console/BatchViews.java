package io.kontor.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.ledger.BookEntry;
import io.kontor.money.Money;
import io.kontor.work.batch.BatchSheets;
import io.kontor.work.batch.Reversals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How the entries of batches are written as JSON, a debit and a credit each in its own column. */
final class BatchViews {

  /** Whoever looks at more has them as hledger. */
  static final int MOST_ENTRIES = 1_000;

  private BatchViews() {}

  /** A batch, the sums of its accounts in the currency of the books, and its entries. */
  static ObjectNode sheet(BatchSheets.Sheet sheet) {
    ObjectNode view = Views.batch(sheet.batch()).put("book", sheet.target().word());
    view.set(
        "posted",
        Views.list(
            sheet.posted(),
            posted ->
                Views.object()
                    .put("book", posted.target().toLowerCase(Locale.ROOT))
                    .put("reference", posted.reference())
                    .put("at", posted.at().toString())));
    view.set("accounts", accounts(sheet.entries()));
    view.put("entriesInBook", sheet.entries().size());
    view.set("lines", lines(sheet.entries().stream().limit(MOST_ENTRIES).toList()));
    return view;
  }

  static ObjectNode reversal(Reversals.Preview preview) {
    ObjectNode view =
        Views.object()
            .put("batch", preview.batch().id())
            .put("book", preview.target().word())
            .put("date", preview.date().toString());
    view.set("lines", lines(preview.entries()));
    return view;
  }

  private static ArrayNode accounts(List<BookEntry> entries) {
    Map<String, List<BookEntry.Line>> byAccount = new TreeMap<>();
    for (BookEntry entry : entries) {
      for (BookEntry.Line line : entry.lines()) {
        byAccount
            .computeIfAbsent(line.code() + " " + line.name(), account -> new ArrayList<>())
            .add(line);
      }
    }
    ArrayNode accounts = Views.array();
    List<Money> debits = new ArrayList<>();
    List<Money> credits = new ArrayList<>();
    for (List<BookEntry.Line> lines : byAccount.values()) {
      BookEntry.Line first = lines.get(0);
      List<Money> amounts = lines.stream().map(BookEntry.Line::functional).toList();
      Money debit = sum(amounts.stream().filter(Money::isPositive).toList(), first);
      Money credit = sum(amounts.stream().filter(Money::isNegative).toList(), first).negated();
      debits.add(debit);
      credits.add(credit);
      accounts.add(sums(first.code(), first.name(), debit, credit));
    }
    if (!debits.isEmpty()) {
      BookEntry.Line any = entries.get(0).lines().get(0);
      accounts.add(sums("", "together", sum(debits, any), sum(credits, any)).put("isSum", true));
    }
    return accounts;
  }

  private static Money sum(List<Money> amounts, BookEntry.Line like) {
    return Money.sum(amounts, like.functional().currency());
  }

  private static ObjectNode sums(String code, String name, Money debit, Money credit) {
    return Views.object()
        .put("code", code)
        .put("name", name)
        .put("debit", debit.plain())
        .put("credit", credit.plain())
        .put("currency", debit.currency().getCurrencyCode());
  }

  private static ArrayNode lines(List<BookEntry> entries) {
    ArrayNode lines = Views.array();
    for (BookEntry entry : entries) {
      for (BookEntry.Line line : entry.lines()) {
        lines.add(
            Views.object()
                .put("date", entry.date().toString())
                .put("reference", entry.reference())
                .put("code", line.code())
                .put("name", line.name())
                .put("debit", debit(line.amount()))
                .put("credit", debit(line.amount().negated()))
                .put("currency", entry.currency().getCurrencyCode())
                .put("narration", entry.narration()));
      }
    }
    return lines;
  }

  private static String debit(Money amount) {
    return amount.isPositive() ? amount.plain() : "";
  }
}
