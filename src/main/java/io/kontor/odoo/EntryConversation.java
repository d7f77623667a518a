package io.kontor.odoo;

import io.kontor.failure.RejectedFailure;
import io.kontor.money.Money;
import io.kontor.odoo.document.OdooCompany;
import io.kontor.odoo.document.OdooEntry;
import io.kontor.odoo.document.OdooEntryLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One batch of journal entries of one company. Used once, by one thread. */
final class EntryConversation extends Conversation<OdooEntry> {

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
          "line_ids/credit",
          // Always blank: left out, a line would get the taxes that its account suggests, as
          // revenue of the German charts does, and Odoo would add what they come to.
          "line_ids/tax_ids/.id");

  private static final String NO_TAX = "";
  private static final List<String> NO_HEADER = List.of("", "", "", "", "");

  private final OdooClient client;
  private final References references;
  private final AdaptiveBatch batch;
  private final OdooCompany company;
  private final EntryReader reader;

  private final Set<String> changed = new HashSet<>();
  private final Map<String, EntryInOdoo> inOdoo = new HashMap<>();
  private Map<String, Object> context = Map.of();
  private EntryNames names;

  EntryConversation(
      OdooClient client, References references, AdaptiveBatch batch, OdooCompany company) {
    this.client = client;
    this.references = references;
    this.batch = batch;
    this.company = company;
    this.reader = new EntryReader(client, references);
  }

  @Override
  void speak() {
    inOdoo.clear();
    names = EntryNames.of(client, references, company, open());
    context = Contexts.ofCompany(names.company());
    for (OdooEntry entry : open()) {
      closing(entry, () -> names.require(entry));
    }
    if (open().isEmpty()) {
      return;
    }
    inOdoo.putAll(reader.find(open().stream().map(OdooEntry::externalId).toList()));
    load();
    compare();
    post();
    open().forEach(this::report);
  }

  private void load() {
    List<BatchLoad.Document> documents = new ArrayList<>();
    for (OdooEntry entry : open()) {
      if (!inOdoo.containsKey(entry.externalId())) {
        closing(entry, () -> documents.add(document(entry)));
      }
    }
    long startedAt = batch.now();
    BatchLoad.Outcome outcome =
        BatchLoad.load(client, "account.move", FIELDS, documents, context)
            .lookedUpAgain(refused -> reader.find(refused).keySet());
    outcome.failures().forEach(this::close);
    changed.addAll(outcome.ids().keySet());
    if (outcome.foundPoison()) {
      batch.poisoned();
      references.forget();
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
            Long.toString(references.journal(names.company(), entry.journal())),
            "entry");
    List<List<String>> rows = new ArrayList<>();
    for (OdooEntryLine line : entry.lines()) {
      Money functional = line.functional();
      Money none = Money.zero(functional.currency());
      List<String> row = new ArrayList<>(rows.isEmpty() ? header : NO_HEADER);
      row.add(line.externalId());
      row.add(Long.toString(names.account(line.account())));
      row.add(line.name());
      row.add(Long.toString(references.currency(line.amount().currency().getCurrencyCode())));
      row.add(line.amount().plain());
      row.add(functional.max(none).plain());
      row.add(functional.negated().max(none).plain());
      row.add(NO_TAX);
      rows.add(row);
    }
    return new BatchLoad.Document(entry.externalId(), rows);
  }

  /** An entry is posted, or called posted, only if Odoo's lines come to what ours come to. */
  private void compare() {
    Map<Long, Map<EntryContent.Key, EntryContent.Sums>> contents =
        reader.contents(open().stream().map(this::id).toList());
    for (OdooEntry entry : open()) {
      EntryInOdoo there = inOdoo(entry);
      if (!there.isPosted() && !there.isDraft()) {
        close(entry, rejected("cancelled-in-odoo", entry, "is cancelled in Odoo"));
      } else if (!there.date().equals(entry.date())) {
        close(entry, dateDiffers(entry));
      } else if (!contents.get(there.odooId()).equals(content(entry))) {
        close(
            entry,
            rejected(
                "entry-differs",
                entry,
                "has debits of %s here and %s in Odoo, on other accounts or in other lines: %s"
                    .formatted(
                        entry.total(),
                        there.total(),
                        there.isDraft()
                            ? "delete the draft there, and retry: it is written anew"
                            : "put it right there, and retry")));
      }
    }
  }

  private Map<EntryContent.Key, EntryContent.Sums> content(OdooEntry entry) {
    EntryContent content = new EntryContent();
    for (OdooEntryLine line : entry.lines()) {
      content.add(
          names.account(line.account()),
          line.amount().currency().getCurrencyCode(),
          line.functional().amount(),
          line.amount().amount());
    }
    return content.sums();
  }

  private void post() {
    List<OdooEntry> drafts = select(entry -> inOdoo(entry).isDraft());
    together(
        drafts,
        some -> {
          client.act("account.move", "action_post", some.stream().map(this::id).toList(), context);
          some.forEach(entry -> changed.add(entry.externalId()));
        },
        refused -> {
          reread(List.of(refused));
          return inOdoo(refused).isPosted();
        });
    reread(drafts.stream().filter(this::isOpen).toList());
  }

  private EntryInOdoo inOdoo(OdooEntry entry) {
    return inOdoo.get(entry.externalId());
  }

  private Long id(OdooEntry entry) {
    return inOdoo(entry).odooId();
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
    EntryInOdoo there = inOdoo(entry);
    if (!there.isPosted()) {
      close(entry, rejected("not-posted", entry, "is %s in Odoo".formatted(there.state())));
    } else if (!there.date().equals(entry.date())) {
      // A lock date may move an entry into the next open period.
      close(entry, dateDiffers(entry));
    } else {
      done(
          new DeliveryOutcome.Delivered(
              entry.externalId(),
              there.odooId(),
              there.name(),
              entry.total(),
              changed.contains(entry.externalId())));
    }
  }

  private RejectedFailure dateDiffers(OdooEntry entry) {
    return rejected(
        "date-differs",
        entry,
        "of %s stands in Odoo on %s".formatted(entry.date(), inOdoo(entry).date()));
  }

  private RejectedFailure rejected(String code, OdooEntry entry, String what) {
    String name = Optional.ofNullable(inOdoo(entry)).map(EntryInOdoo::name).orElse("");
    return new RejectedFailure(
        code, entry.externalId(), "entry %s (%s) %s".formatted(entry.reference(), name, what));
  }
}
