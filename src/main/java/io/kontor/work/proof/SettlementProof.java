package io.kontor.work.proof;

import io.kontor.failure.Failure;
import io.kontor.ledger.Account;
import io.kontor.ledger.DailyBalances;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.money.Money;
import io.kontor.posting.Roles;
import io.kontor.posting.SettledSum;
import io.kontor.posting.SettlementPosting;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementImports;
import io.kontor.store.SettlementLines;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.settlement.RecordedSettlements;
import io.kontor.work.settlement.SettledSums;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statements against their lines, and against the ledger account by account. */
final class SettlementProof {

  private final Store store;
  private final RecordedSettlements recorded;
  private final Mappings mappings;

  SettlementProof(Store store, Mappings mappings) {
    this.store = store;
    this.recorded = new RecordedSettlements(store);
    this.mappings = mappings;
  }

  /**
   * The statements of an entity.
   *
   * @param breaks takes what the ledger has of them otherwise than they were matched
   */
  List<TieOut.Settlement> rows(Tx tx, Entity entity, List<String> breaks) {
    List<TieOut.Settlement> rows = new ArrayList<>();
    for (Settlement settlement : store.settlements().list(tx, entity.id())) {
      Map<YearMonth, DailyBalances> posted = recorded.posted(tx, settlement.orderKey());
      rows.add(row(tx, entity, settlement, posted));
      if (!posted.isEmpty()) {
        prove(tx, entity, settlement, posted, breaks);
      }
    }
    return rows;
  }

  private TieOut.Settlement row(
      Tx tx, Entity entity, Settlement settlement, Map<YearMonth, DailyBalances> posted) {
    Currency currency = settlement.total().currency();
    SettlementImports.Totals lines = store.imports().totals(tx, settlement.importId());
    String role = settlement.total().isNegative() ? Roles.DEBT : Roles.PAYOUT;
    Account payout =
        new Account(
            role + ":" + settlement.channel() + (role.equals(Roles.PAYOUT) ? ":" + currency : ""));
    Optional<Money> entry =
        posted.values().stream()
            .map(balances -> balances.sum().of(payout, currency))
            .reduce(Money::plus)
            .map(booked -> booked.plus(carried(tx, settlement, role)));
    return new TieOut.Settlement(
        entity.id(),
        settlement.channel(),
        settlement.settlementId(),
        LocalDate.ofInstant(settlement.from(), entity.zone()),
        LocalDate.ofInstant(settlement.to(), entity.zone()),
        lines.lines(),
        settlement.total(),
        Money.of(lines.amount(), currency),
        entry);
  }

  /** What lines bring in or carry out that stands on the account of the total: debts, payouts. */
  private Money carried(Tx tx, Settlement settlement, String role) {
    Optional<SettlementCodes> codes = channel(settlement).flatMap(Channel::settlementCodes);
    Money carried = Money.zero(settlement.total().currency());
    for (SettlementLines.CodeSum sum : store.settlementLines().codeSums(tx, settlement)) {
      if (codes
          .flatMap(table -> table.find(sum.code(), sum.marketplace()))
          .filter(code -> code.role().equals(role))
          .isPresent()) {
        carried = carried.plus(Money.of(sum.amount(), carried.currency()));
      }
    }
    return carried;
  }

  /**
   * Books it once more, as it was matched: that makes no entry. The payout alone would not show
   * what somebody put on a fee and on the bank.
   */
  private void prove(
      Tx tx,
      Entity entity,
      Settlement settlement,
      Map<YearMonth, DailyBalances> posted,
      List<String> breaks) {
    Optional<SettlementCodes> codes = channel(settlement).flatMap(Channel::settlementCodes);
    if (codes.isEmpty()) {
      breaks.add(
          "settlement %s is of a channel without a statement document"
              .formatted(settlement.orderKey()));
      return;
    }
    for (DailyBalances ofMonth : posted.values()) {
      Optional<Money> imbalance = Posting.imbalance(ofMonth.sum().postings());
      if (imbalance.isPresent()) {
        breaks.add(
            "what the ledger has of settlement %s does not balance: %s too much"
                .formatted(settlement.orderKey(), imbalance.get()));
        return;
      }
    }
    Channel channel = channel(settlement).orElseThrow();
    try {
      SettlementPosting posting =
          new SettlementPosting(channel, entity, codes.get(), mappings.version());
      for (JournalEntry missing :
          posting
              .entries(
                  recorded.received(tx, settlement.orderKey()),
                  sums(tx, channel, settlement),
                  posted,
                  day -> store.journalSums().balances(tx, entity.id(), day))
              .entries()) {
        breaks.add("the ledger lacks: " + missing.toString().replaceAll("\\s+", " "));
      }
    } catch (Failure e) {
      breaks.add("settlement %s: %s".formatted(settlement.orderKey(), e.getMessage()));
    }
  }

  private List<SettledSum> sums(Tx tx, Channel channel, Settlement settlement) {
    return SettledSums.of(
        channel,
        settlement.total().currency(),
        store.settlementLines().codeSums(tx, settlement),
        store.settlementLines().standingSums(tx, settlement));
  }

  private Optional<Channel> channel(Settlement settlement) {
    return Optional.ofNullable(mappings.channels().get(settlement.channel()));
  }
}
