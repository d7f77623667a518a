package io.kontor.sales;

import io.kontor.money.Money;
import io.kontor.money.Rounding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a till's receipt does: lines on one side, tenders on the other. */
final class ReceiptReckoning {

  private ReceiptReckoning() {}

  /**
   * Measures the receipt. One whose lines and tenders differ by more than rounding moves nothing
   * and is a problem: what is missing is not for us to guess.
   */
  static void measure(ReceiptRung receipt, Measures measures, List<Problem> problems) {
    if (receipt.voided()) {
      return;
    }
    Money residue = receipt.tendered().minus(receipt.total());
    if (!Rounding.explains(residue, receipt.lines().size())) {
      problems.add(
          new Problem(
              "tenders-differ",
              receipt.name().toString(),
              "the lines come to %s, the tenders to %s"
                  .formatted(receipt.total(), receipt.tendered())));
      return;
    }
    Map<String, String> store = Map.of("store", receipt.store());
    for (ReceiptRung.Line line : receipt.lines()) {
      Set<TaxKey> taxes = line.taxes().stream().map(Tax::key).collect(Collectors.toSet());
      measures.add(name(line.kind()), qualifiers(receipt, taxes), line.net());
      if (line.kind() != LineKind.GIFT_CARD) {
        measures.addBases(taxes, line.net());
      }
      line.taxes().forEach(tax -> measures.addTax(tax.key(), tax.amount()));
    }
    for (ReceiptRung.Tender tender : receipt.tenders()) {
      measures.add(
          name(tender.kind()),
          Map.of("store", receipt.store(), "tender", tender.kind().word()),
          tender.amount());
    }
    measures.add(Measure.ROUNDING, store, residue);
  }

  private static Map<String, String> qualifiers(ReceiptRung receipt, Set<TaxKey> taxes) {
    return taxes.size() == 1
        ? Map.of("store", receipt.store(), "tax", taxes.iterator().next().toString())
        : Map.of("store", receipt.store());
  }

  private static String name(LineKind kind) {
    return switch (kind) {
      case GOODS -> Measure.NET;
      case SHIPPING -> Measure.SHIPPING_NET;
      case GIFT_CARD -> Measure.GIFT_CARD;
      case CHARGE -> Measure.CHARGE_NET;
    };
  }

  private static String name(ReceiptRung.TenderKind tender) {
    return switch (tender) {
      case CASH -> Measure.CASH;
      case CARD -> Measure.CARD;
      case GIFT_CARD -> Measure.GIFT_CARD_TENDER;
      case OTHER -> Measure.OTHER_TENDER;
      case CASH_ROUNDING -> Measure.CASH_ROUNDING;
    };
  }
}
