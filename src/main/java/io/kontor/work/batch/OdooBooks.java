package io.kontor.work.batch;

import io.kontor.failure.Failure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Entity;
import io.kontor.odoo.DeliveryOutcome;
import io.kontor.odoo.EntryInOdoo;
import io.kontor.odoo.OdooEntries;
import io.kontor.odoo.OdooLocks;
import io.kontor.odoo.document.ExternalIds;
import io.kontor.odoo.document.OdooCompany;
import io.kontor.odoo.document.OdooEntry;
import io.kontor.odoo.document.OdooEntryLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Odoo's general ledger. Every entry has an external id made of its own reference, so posting it
 * again finds it there.
 */
public final class OdooBooks implements Books {

  private static final String KIND = "je";

  /** So many entries are a minute's work at most; then the lease is renewed. */
  private static final int AT_ONCE = 200;

  private final Supplier<OdooEntries> odoo;

  /**
   * @param odoo connects when first asked
   */
  public OdooBooks(Supplier<OdooEntries> odoo) {
    this.odoo = odoo;
  }

  @Override
  public Entity.Target target() {
    return Entity.Target.ODOO;
  }

  @Override
  public String post(
      Entity entity, String batch, String hash, List<BookEntry> entries, Runnable stillAtIt) {
    List<OdooEntry> wanted = entries.stream().map(entry -> entry(entity, entry)).toList();
    refuseLocked(entity, batch, wanted);
    odoo.get().require(wanted);
    // A refusal is for a person, so it is what the whole batch says if there is one.
    Failure worst = null;
    int posted = 0;
    for (int from = 0; from < wanted.size(); from += AT_ONCE) {
      stillAtIt.run();
      for (DeliveryOutcome outcome :
          odoo.get().deliver(wanted.subList(from, Math.min(from + AT_ONCE, wanted.size())))) {
        if (outcome instanceof DeliveryOutcome.Delivered) {
          posted++;
        } else {
          Failure failure = failure(outcome);
          worst = worst == null || worst instanceof TransientFailure ? failure : worst;
        }
      }
      if (worst != null && !(worst instanceof RejectedFailure)) {
        throw worst;
      }
    }
    if (worst != null) {
      throw posted == 0 ? worst : inPart(worst, posted, wanted.size(), batch);
    }
    return posted + " moves";
  }

  /** Whoever looks into Odoo meanwhile finds a part of the batch. */
  private static RejectedFailure inPart(Failure worst, int posted, int all, String batch) {
    return new RejectedFailure(
        worst.code(),
        worst.reference(),
        "%s (%d of the %d moves of batch %s are posted: mend it and retry, then the rest follows)"
            .formatted(worst.getMessage(), posted, all, batch),
        worst);
  }

  /**
   * Odoo would give an entry of a closed period another date instead of refusing it. So nothing is
   * sent if there is one, but for those that are there already.
   */
  private void refuseLocked(Entity entity, String batch, List<OdooEntry> wanted) {
    OdooLocks locks = odoo.get().locks(company(entity), entity.odooJournal());
    Optional<LocalDate> through = locks.through();
    List<OdooEntry> locked =
        wanted.stream()
            .filter(e -> through.filter(last -> !e.date().isAfter(last)).isPresent())
            .toList();
    if (locked.isEmpty()) {
      return;
    }
    Set<String> there = odoo.get().posted(locked.stream().map(OdooEntry::externalId).toList());
    for (OdooEntry entry : locked) {
      if (!there.contains(entry.externalId())) {
        throw new RejectedFailure(
            PERIOD_LOCKED,
            batch,
            ("Odoo has locked the books of %s through %s (%s), and entry %s of batch %s is of %s:"
                    + " open the period in Odoo and retry. Late facts are booked on the first open"
                    + " day, with their own date in the text, by batches proposed from now on")
                .formatted(
                    entity.odooCompany(),
                    through.get(),
                    locks.reason(),
                    entry.reference(),
                    batch,
                    entry.date()));
      }
    }
  }

  @Override
  public Optional<LocalDate> lockedThrough(Entity entity) {
    return odoo.get().locks(company(entity), entity.odooJournal()).through();
  }

  private static Failure failure(DeliveryOutcome outcome) {
    if (outcome instanceof DeliveryOutcome.Refused refused) {
      return refused.failure();
    }
    if (outcome instanceof DeliveryOutcome.Later later) {
      return later.failure();
    }
    return ((DeliveryOutcome.InDoubt) outcome).failure();
  }

  @Override
  public Map<YearMonth, Map<String, BigDecimal>> balances(
      Entity entity, LocalDate upTo, Consumer<String> leftOut) {
    Map<YearMonth, Map<String, BigDecimal>> balances = new TreeMap<>();
    odoo.get()
        .sumsByMonth(company(entity), LocalDate.EPOCH, upTo, prefix(entity))
        .forEach(
            (month, sums) ->
                sums.forEach(
                    (account, sum) ->
                        balances
                            .computeIfAbsent(month, m -> new TreeMap<>())
                            .put(account, sum.balance().amount())));
    return balances;
  }

  @Override
  public EntryComparison compare(Entity entity, Set<YearMonth> months) {
    return new OdooEntryComparison(
        odoo.get(), entry -> entry(entity, entry), prefix(entity), months);
  }

  @Override
  public List<String> unknown(Entity entity, String channel, Set<String> known) {
    String prefix = ExternalIds.of(KIND, entity.id(), entity.id() + "/" + channel + "/");
    Set<String> ids =
        known.stream()
            .map(batch -> ExternalIds.of(KIND, entity.id(), batch + "/"))
            .collect(Collectors.toSet());
    return odoo.get().standing(prefix, id -> ids.stream().noneMatch(id::startsWith)).stream()
        .map(OdooBooks::named)
        .toList();
  }

  @Override
  public List<String> held(Entity entity, String batch, List<BookEntry> entries) {
    // Summaries are named after their batch; entries have their own number in every batch.
    Predicate<String> namedForGood =
        id -> !id.startsWith(ExternalIds.of(KIND, entity.id(), batch + "/"));
    List<String> ids =
        entries.stream()
            .map(entry -> ExternalIds.of(KIND, entity.id(), entry.reference()))
            .toList();
    return odoo.get().existing(ids, namedForGood).stream().map(OdooBooks::named).toList();
  }

  private static String named(EntryInOdoo entry) {
    return "%s of %s (%s)"
        .formatted(
            entry.name().isEmpty() ? entry.state() : entry.name(),
            entry.date(),
            entry.externalId());
  }

  /** What the external ids of an entity's entries begin with; no other entity's begin so. */
  private static String prefix(Entity entity) {
    return ExternalIds.of(KIND, entity.id()) + "_";
  }

  private OdooCompany company(Entity entity) {
    return new OdooCompany(entity.odooCompany(), entity.odooZeroTax());
  }

  private OdooEntry entry(Entity entity, BookEntry entry) {
    String id = ExternalIds.of(KIND, entity.id(), entry.reference());
    List<OdooEntryLine> lines = new ArrayList<>();
    Map<String, Integer> ofAccount = new HashMap<>();
    for (BookEntry.Line line : entry.lines()) {
      // Several lines of one account are numbered from the second on.
      String path = line.account().path();
      int nth = ofAccount.merge(path, 1, Integer::sum);
      lines.add(
          new OdooEntryLine(
              ExternalIds.of(
                  "jel", entity.id(), entry.reference(), nth == 1 ? path : path + "#" + nth),
              line.code(),
              entry.narration(),
              line.amount(),
              line.functional()));
    }
    return new OdooEntry(
        id, company(entity), entity.odooJournal(), entry.date(), entry.reference(), lines);
  }
}
