package io.kontor.work.proof;

import io.kontor.ledger.Account;
import io.kontor.ledger.Balances;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.statement.FeeTax;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.money.Money;
import io.kontor.posting.Roles;
import io.kontor.posting.SettledSum;
import io.kontor.store.Settlement;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.settlement.SettledSums;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tax that facts and settlements owe, against the ledger. */
final class TaxProof {

  private static final String TAX = Roles.VAT + ":";

  private final Store store;
  private final Mappings mappings;

  TaxProof(Store store, Mappings mappings) {
    this.store = store;
    this.mappings = mappings;
  }

  List<TieOut.Tax> rows(Tx tx, Entity entity, FactTotals facts, Balances ledger) {
    List<TieOut.Tax> rows = new ArrayList<>();
    Map<String, SettledTaxTotals.Owed> owed = new TreeMap<>();
    facts
        .taxes()
        .forEach(
            (key, amount) ->
                owed.put(
                    key, new SettledTaxTotals.Owed(facts.base(key, amount.currency()), amount)));
    for (Settlement settlement : store.settlements().list(tx, entity.id())) {
      Currency currency = settlement.total().currency();
      settledTaxes(tx, settlement)
          .forEach(
              (tax, sum) ->
                  owed.merge(
                      "%s %s %s".formatted(entity.id(), tax, currency),
                      sum,
                      SettledTaxTotals.Owed::plus));
    }
    // Tax in the ledger that nobody owes is a difference too.
    for (Posting posting : ledger.postings()) {
      Account account = posting.account();
      if (account.path().startsWith(TAX) && account.path().indexOf(':', TAX.length()) > 0) {
        Money none = Money.zero(posting.amount().currency());
        owed.putIfAbsent(
            "%s %s %s"
                .formatted(entity.id(), account.path().substring(TAX.length()), none.currency()),
            new SettledTaxTotals.Owed(none, none));
      }
    }
    owed.forEach(
        (key, sum) -> {
          String[] parts = key.split(" ", 3);
          if (parts[0].equals(entity.id())) {
            Money booked = ledger.of(new Account(TAX + parts[1]), sum.tax().currency()).negated();
            rows.add(
                new TieOut.Tax(
                    entity.id(),
                    parts[1],
                    sum.base(),
                    atRate(sum.base(), parts[1]),
                    sum.tax(),
                    booked));
          }
        });
    return rows;
  }

  /**
   * The rate stands after the country, as in {@code fr:20:oss}; an account may say something else.
   */
  private static Money atRate(Money base, String tax) {
    String rate = tax.split(":", -1)[1];
    return rate.matches("[0-9]+(\\.[0-9]+)?")
        ? Money.rounded(
            base.amount().multiply(new BigDecimal(rate)).movePointLeft(2), base.currency())
        : Money.zero(base.currency());
  }

  /** What a settlement owes, by the tax as accounts name it. */
  private Map<String, SettledTaxTotals.Owed> settledTaxes(Tx tx, Settlement settlement) {
    Map<String, SettledTaxTotals.Owed> owed = new TreeMap<>();
    Channel channel = mappings.channels().get(settlement.channel());
    Optional<SettlementCodes> codes =
        Optional.ofNullable(channel).flatMap(Channel::settlementCodes);
    if (codes.isEmpty()) {
      return owed;
    }
    boolean ofSales = !channel.settling().taxes().isEmpty();
    boolean ofFees = codes.get().rows().stream().anyMatch(TaxProof::isReverseCharge);
    if (ofSales || ofFees) {
      List<SettledSum> sums =
          SettledSums.of(
              channel,
              settlement.total().currency(),
              store.settlementLines().codeSums(tx, settlement),
              store.settlementLines().standingSums(tx, settlement));
      if (ofSales) {
        SettledTaxTotals taxes = new SettledTaxTotals();
        taxes.add(channel, codes.get(), sums);
        taxes.owed().forEach((tax, sum) -> owed.put(tax.toString(), sum));
      }
      sums.forEach(sum -> addReverseCharge(codes.get(), sum, owed));
    }
    return owed;
  }

  private static boolean isReverseCharge(SettlementCode code) {
    return code.nature() == SettlementCode.Nature.FEE
        && code.tax().kind() == FeeTax.Kind.REVERSE_CHARGE;
  }

  /**
   * The tax on a fee that we owe in the channel's place: a fee is taken, so its sum is negative.
   */
  private static void addReverseCharge(
      SettlementCodes codes, SettledSum sum, Map<String, SettledTaxTotals.Owed> owed) {
    codes
        .find(sum.code(), sum.marketplace())
        .filter(TaxProof::isReverseCharge)
        .ifPresent(
            code -> {
              Money base = sum.sum().negated();
              String tax = "reverse-charge:" + code.tax().rate().toPlainString();
              owed.merge(
                  tax,
                  new SettledTaxTotals.Owed(base, atRate(base, tax)),
                  SettledTaxTotals.Owed::plus);
            });
  }
}
