package io.kontor.work.settlement;

import io.kontor.ledger.DailyBalances;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.sales.SettlementReceived;
import io.kontor.store.Facts;
import io.kontor.store.JournalSums;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.StoredFacts;
import java.time.YearMonth;
import java.util.List;
import java.util.SortedMap;

/** What facts and journal have of settlements. */
public final class RecordedSettlements {

  private final Facts facts;
  private final JournalSums sums;

  public RecordedSettlements(Store store) {
    this.facts = store.facts();
    this.sums = store.journalSums();
  }

  /** The fact that a settlement was received. */
  static FactName fact(OrderKey settlement) {
    return new FactName(
        settlement.entity(),
        settlement.channel(),
        FactKind.SETTLEMENT_RECEIVED,
        settlement.order());
  }

  /** The settlement as it was received last. */
  public SettlementReceived received(Tx tx, OrderKey settlement) {
    FactName name = fact(settlement);
    return (SettlementReceived) StoredFacts.read(facts.current(tx, List.of(name)).get(name));
  }

  /** What is posted of it, by the month of the posting date. */
  public SortedMap<YearMonth, DailyBalances> posted(Tx tx, OrderKey settlement) {
    DailyBalances posted = new DailyBalances();
    for (DailyBalances ofFact : sums.postedByFact(tx, List.of(settlement)).values()) {
      ofFact
          .days()
          .forEach(
              (day, balances) -> balances.postings().forEach(posting -> posted.add(day, posting)));
    }
    return posted.months();
  }
}
