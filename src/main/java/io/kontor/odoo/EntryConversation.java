package io.kontor.odoo;

import io.kontor.failure.Failure;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.failure.UnmappedFailure;
import io.kontor.money.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One batch of journal entries of one company. Used once, by one thread. */
final class EntryConversation {

  private static final int MOST_TURNS = 3;

  private static final List<String> FIELDS =
      List.of(
          "id",
          "ref",
          "date",
          "journal_id/.id",
          "move_type",
          "line_ids/id",
          "line_ids/account_id/.id",
          "line_ids/name",
          "line_ids/currency_id/.id",
          "line_ids/amount_currency",
          "line_ids/debit",
          "line_ids/credit");

  private static final List<String> NO_HEADER = List.of("", "", "", "", "");

  private final OdooClient client;
  private final References references;
  private final AdaptiveBatch batch;
  private final OdooCompany company;
  private final EntryReader reader;

  private final Map<String, OdooEntry> open = new LinkedHashMap<>();
  private final Map<String, DeliveryOutcome> outcomes = new LinkedHashMap<>();
  private final List<OdooEntry> contended = new ArrayList<>();
  private final Set<String> changed = new HashSet<>();
  private final Map<String, EntryInOdoo> inOdoo = new HashMap<>();
  private boolean lastTurn;
  private Failure broken;
  private long companyId;
  private Map<String, Object> context = Map.of();
  private Map<String, Long> accounts = Map.of();

  EntryConversation(
      OdooClient client, References references, AdaptiveBatch batch, OdooCompany company) {
    this.client = client;
    this.references = references;
    this.batch = batch;
    this.company = company;
    this.reader = new EntryReader(client, references);
  }

  /** Delivers the entries; an outcome for each. */
  Map<String, DeliveryOutcome> hold(List<OdooEntry> entries) {
    List<OdooEntry> remaining = entries;
    for (int turn = 1; !remaining.isEmpty(); turn++) {
      lastTurn = turn == MOST_TURNS;
      open.clear();
      inOdoo.clear();
      contended.clear();
      remaining.forEach(entry -> open.put(entry.externalId(), entry));
      try {
        speak();
      } catch (Failure e) {
        List.copyOf(open.keySet()).forEach(externalId -> close(externalId, e));
      }
      remaining = List.copyOf(contended);
    }
    return outcomes;
  }

  Optional<Failure> brokenOff() {
    return Optional.ofNullable(broken);
  }

  private void speak() {
    companyId = references.company(company);
    context = References.context(companyId);
    Currency currency = reader.currency(companyId);
    accounts =
        references.accounts(
            companyId,
            open.values().stream()
                .flatMap(entry -> entry.lines().stream())
                .map(OdooEntryLine::account)
                .collect(Collectors.toSet()));
    for (OdooEntry entry : List.copyOf(open.values())) {
      closing(entry.externalId(), () -> requireKnown(entry, currency));
    }
    if (open.isEmpty()) {
      return;
    }
    inOdoo.putAll(reader.find(open.keySet()));
    load();
    compare();
    post();
    open.values().forEach(this::report);
  }

  private void requireKnown(OdooEntry entry, Currency currency) {
    if (!entry.currency().equals(currency)) {
      throw rejected(
          "currency-differs",
          entry,
          "balances in %s, but the company's currency is %s".formatted(entry.currency(), currency));
    }
    Set<String> unknown = new TreeSet<>();
    entry.lines().stream()
        .map(OdooEntryLine::account)
        .filter(code -> !accounts.containsKey(code))
        .forEach(unknown::add);
    if (!unknown.isEmpty()) {
      throw new UnmappedFailure(
          "unknown-account",
          unknown.iterator().next(),
          "Odoo has no account with the code "
              + unknown.stream().map("'%s'"::formatted).collect(Collectors.joining(", ")));
    }
  }

  private void load() {
    List<BatchLoad.Document> documents = new ArrayList<>();
    for (OdooEntry entry : List.copyOf(open.values())) {
      if (!inOdoo.containsKey(entry.externalId())) {
        closing(entry.externalId(), () -> documents.add(document(entry)));
      }
    }
    long startedAt = batch.now();
    BatchLoad.Outcome outcome = BatchLoad.load(client, "account.move", FIELDS, documents, context);
    outcome.failures().forEach(this::close);
    changed.addAll(outcome.ids().keySet());
    if (outcome.foundPoison()) {
      batch.poisoned();
      references.forgetItems();
    } else if (outcome.failures().isEmpty() && !documents.isEmpty()) {
      batch.sent(documents.size(), startedAt);
    }
    if (!outcome.ids().isEmpty()) {
      inOdoo.putAll(reader.read(outcome.ids()));
    }
  }

  private BatchLoad.Document document(OdooEntry entry) {
    List<String> header =
        List.of(
            entry.externalId(),
            entry.reference(),
            entry.date().toString(),
            Long.toString(references.journal(companyId, entry.journal())),
            "entry");
    List<List<String>> rows = new ArrayList<>();
    for (OdooEntryLine line : entry.lines()) {
      Money functional = line.functional();
      Money none = Money.zero(functional.currency());
      List<String> row = new ArrayList<>(rows.isEmpty() ? header : NO_HEADER);
      row.add(line.externalId());
      row.add(accounts.get(line.account()).toString());
      row.add(line.name());
      row.add(Long.toString(references.currency(line.amount().currency().getCurrencyCode())));
      row.add(line.amount().plain());
      row.add(functional.max(none).plain());
      row.add(functional.negated().max(none).plain());
      rows.add(row);
    }
    return new BatchLoad.Document(entry.externalId(), rows);
  }

  /** An entry is posted, or called posted, only if Odoo's lines come to what ours come to. */
  private void compare() {
    Map<Long, Map<EntryContent.Key, EntryContent.Sums>> contents =
        reader.contents(
            open.keySet().stream().map(externalId -> inOdoo.get(externalId).odooId()).toList());
    for (OdooEntry entry : List.copyOf(open.values())) {
      EntryInOdoo there = inOdoo.get(entry.externalId());
      if (!there.isPosted() && !there.isDraft()) {
        close(entry.externalId(), rejected("cancelled-in-odoo", entry, "is cancelled in Odoo"));
      } else if (!there.date().equals(entry.date())) {
        close(entry.externalId(), dateDiffers(entry));
      } else if (!contents.get(there.odooId()).equals(content(entry))) {
        close(
            entry.externalId(),
            rejected(
                "entry-differs",
                entry,
                "has debits of %s here and %s in Odoo, on other accounts or in other lines"
                    .formatted(entry.total(), there.total())));
      }
    }
  }

  private Map<EntryContent.Key, EntryContent.Sums> content(OdooEntry entry) {
    EntryContent content = new EntryContent();
    for (OdooEntryLine line : entry.lines()) {
      content.add(
          accounts.get(line.account()),
          line.amount().currency().getCurrencyCode(),
          line.functional().amount(),
          line.amount().amount());
    }
    return content.sums();
  }

  private void post() {
    List<OdooEntry> drafts =
        open.values().stream().filter(e -> inOdoo.get(e.externalId()).isDraft()).toList();
    if (drafts.isEmpty()) {
      return;
    }
    post(drafts);
    reread(drafts.stream().filter(e -> open.containsKey(e.externalId())).toList());
  }

  /** Posts all at once, or each for itself where Odoo refuses some. */
  private void post(List<OdooEntry> drafts) {
    try {
      client.act(
          "account.move",
          "action_post",
          drafts.stream().map(entry -> inOdoo.get(entry.externalId()).odooId()).toList(),
          context);
      drafts.forEach(entry -> changed.add(entry.externalId()));
    } catch (RejectedFailure e) {
      if (drafts.size() > 1) {
        drafts.forEach(entry -> post(List.of(entry)));
        return;
      }
      OdooEntry entry = drafts.get(0);
      reread(drafts);
      if (!inOdoo.get(entry.externalId()).isPosted()) {
        close(entry.externalId(), e);
      }
    } catch (Failure e) {
      drafts.forEach(entry -> close(entry.externalId(), e));
    }
  }

  private void reread(Collection<OdooEntry> entries) {
    if (!entries.isEmpty()) {
      inOdoo.putAll(
          reader.read(
              entries.stream()
                  .map(OdooEntry::externalId)
                  .collect(Collectors.toMap(id -> id, id -> inOdoo.get(id).odooId()))));
    }
  }

  private void report(OdooEntry entry) {
    EntryInOdoo there = inOdoo.get(entry.externalId());
    if (!there.isPosted()) {
      outcome(entry, rejected("not-posted", entry, "is %s in Odoo".formatted(there.state())));
    } else if (!there.date().equals(entry.date())) {
      // A lock date may move an entry into the next open period.
      outcome(entry, dateDiffers(entry));
    } else {
      outcomes.put(
          entry.externalId(),
          new DeliveryOutcome.Delivered(
              entry.externalId(),
              there.odooId(),
              there.name(),
              entry.total(),
              changed.contains(entry.externalId())));
    }
  }

  private void closing(String externalId, Runnable step) {
    try {
      step.run();
    } catch (Failure e) {
      close(externalId, e);
    }
  }

  private void close(String externalId, Failure failure) {
    OdooEntry entry = open.remove(externalId);
    if (entry == null) {
      return;
    }
    if (failure.code().equals(BatchLoad.CONTENDED) && !lastTurn) {
      contended.add(entry);
      return;
    }
    if (failure instanceof TransientFailure || failure instanceof InDoubtFailure) {
      broken = failure;
    }
    outcome(entry, failure);
  }

  private void outcome(OdooEntry entry, Failure failure) {
    outcomes.put(entry.externalId(), DeliveryOutcome.failed(entry.externalId(), failure));
  }

  private RejectedFailure dateDiffers(OdooEntry entry) {
    return rejected(
        "date-differs",
        entry,
        "of %s stands in Odoo on %s"
            .formatted(entry.date(), inOdoo.get(entry.externalId()).date()));
  }

  private RejectedFailure rejected(String code, OdooEntry entry, String what) {
    String name =
        Optional.ofNullable(inOdoo.get(entry.externalId())).map(EntryInOdoo::name).orElse("");
    return new RejectedFailure(
        code, entry.externalId(), "entry %s (%s) %s".formatted(entry.reference(), name, what));
  }
}
