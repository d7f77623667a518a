package io.kontor.sales;

import io.kontor.money.Money;
import io.kontor.money.Rounding;
import java.util.List;
import java.util.Map;

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
      measures.add(name(line.kind()), qualifiers(receipt, line), line.net());
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

  private static Map<String, String> qualifiers(ReceiptRung receipt, ReceiptRung.Line line) {
    List<String> keys = line.taxes().stream().map(t -> t.key().toString()).distinct().toList();
    return keys.size() == 1
        ? Map.of("store", receipt.store(), "tax", keys.get(0))
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
