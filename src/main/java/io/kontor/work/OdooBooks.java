package io.kontor.work;

import io.kontor.failure.Failure;
import io.kontor.failure.TransientFailure;
import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Entity;
import io.kontor.odoo.DeliveryOutcome;
import io.kontor.odoo.ExternalIds;
import io.kontor.odoo.OdooCompany;
import io.kontor.odoo.OdooEntries;
import io.kontor.odoo.OdooEntry;
import io.kontor.odoo.OdooEntryLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Odoo's general ledger. Every entry has an external id made of its own reference, so posting it
 * again finds it there.
 */
public final class OdooBooks implements Books {

  private static final String KIND = "je";

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
  public String post(Entity entity, String batch, String hash, List<BookEntry> entries) {
    List<OdooEntry> wanted = entries.stream().map(entry -> entry(entity, entry)).toList();
    List<DeliveryOutcome> outcomes = odoo.get().deliver(wanted);
    // A refusal is for a person, so it is what the whole batch says if there is one.
    Failure worst = null;
    int posted = 0;
    for (DeliveryOutcome outcome : outcomes) {
      if (outcome instanceof DeliveryOutcome.Delivered) {
        posted++;
      } else {
        Failure failure = failure(outcome);
        worst = worst == null || worst instanceof TransientFailure ? failure : worst;
      }
    }
    if (worst != null) {
      throw worst;
    }
    return posted + " moves";
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
  public Map<String, BigDecimal> balances(Entity entity, LocalDate upTo) {
    Map<String, BigDecimal> balances = new TreeMap<>();
    odoo.get()
        .sumsByAccount(company(entity), LocalDate.EPOCH, upTo, ExternalIds.of(KIND, entity.id()))
        .forEach((account, sum) -> balances.put(account, sum.balance().amount()));
    return balances;
  }

  private OdooCompany company(Entity entity) {
    return new OdooCompany(entity.odooCompany(), entity.odooZeroTax());
  }

  private OdooEntry entry(Entity entity, BookEntry entry) {
    String id = ExternalIds.of(KIND, entity.id(), entry.reference());
    List<OdooEntryLine> lines = new ArrayList<>();
    for (BookEntry.Line line : entry.lines()) {
      lines.add(
          new OdooEntryLine(
              ExternalIds.of("jel", entity.id(), entry.reference(), line.account().path()),
              line.code(),
              entry.narration(),
              line.amount(),
              line.functional()));
    }
    return new OdooEntry(
        id, company(entity), entity.odooJournal(), entry.date(), entry.reference(), lines);
  }
}
