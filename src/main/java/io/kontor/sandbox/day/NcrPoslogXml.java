package io.kontor.sandbox.day;

import io.kontor.money.Money;
import io.kontor.sandbox.day.Receipt.Line;
import io.kontor.sandbox.day.Receipt.Move;
import io.kontor.sandbox.day.Receipt.Tender;
import io.kontor.sandbox.day.Receipt.TenderKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Writes receipts as NCR's ACS does: POSLog 2.1, many transactions to a file, sales among the
 * tills' sign-ons.
 *
 * <p>Lines add up to the total because all carry a sign: a void is a negative line that is added,
 * change is a negative tender, a reward is a negative line item of its own. The tax stands for the
 * whole receipt, on the lines that are flagged {@code Tax1}.
 */
final class NcrPoslogXml {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  private final XmlText xml = new XmlText();
  private NcrLineXml lines = new NcrLineXml(xml);

  private NcrPoslogXml() {}

  static byte[] write(List<Receipt> receipts) {
    NcrPoslogXml writer = new NcrPoslogXml();
    writer.xml.open(
        "POSLog",
        "xmlns:poslog",
        "http://www.nrf-arts.org/IXRetail/namespace/",
        "xmlns",
        "http://www.nrf-arts.org/IXRetail/namespace/",
        "xmlns:acs",
        "http://www.ncr.com/rsd/acs/tlog/markup/poslog/2.1",
        "xmlns:raw",
        "http://www.ncr.com/rsd/acs/tlog/markup/raw/base/6.1",
        "xmlns:xsi",
        "http://www.w3.org/2001/XMLSchema-instance");
    writer.signOn(receipts.get(0));
    receipts.forEach(writer::sale);
    writer.xml.newLine().close("POSLog");
    return writer.xml.bytes();
  }

  private void head(Receipt receipt, int number, LocalDateTime at) {
    xml.newLine()
        .open("Transaction")
        .leaf("RetailStoreID", receipt.store().number())
        .leaf("WorkstationID", Integer.toString(receipt.till()))
        .leaf("SequenceNumber", Integer.toString(number))
        .leaf("BusinessDayDate", at.toLocalDate().toString())
        .leaf("EndDateTime", TIME.format(at))
        .leaf("OperatorID", "9" + receipt.till(), "OperatorName", "FL " + receipt.till())
        .leaf("CurrencyCode", receipt.store().currency().getCurrencyCode());
  }

  /** A transaction that is no sale: readers have to step over it. */
  private void signOn(Receipt first) {
    LocalDateTime at = first.closedAt().minusMinutes(9);
    String number = Integer.toString(first.number() - 1);
    head(first, first.number() - 1, at);
    xml.open("ControlTransaction", "Version", "2.1")
        .leaf("ReasonCode", "Valid SignOn")
        .open("OperatorSignOn")
        .leaf("StartDateTimestamp", TIME.format(at))
        .leaf("EndDateTimestamp", TIME.format(at))
        .leaf("OpenBusinessDayDate", at.toLocalDate().toString())
        .leaf("CloseBusinessDayDate", at.toLocalDate().toString())
        .leaf("OpenTransactionSequenceNumber", number)
        .leaf("CloseTransactionSequenceNumber", number)
        .close("OperatorSignOn")
        .close("ControlTransaction")
        .close("Transaction");
  }

  private void sale(Receipt receipt) {
    lines = new NcrLineXml(xml);
    head(receipt, receipt.number(), receipt.closedAt());
    xml.open("RetailTransaction", "Version", "2.1");
    xml.leaf("ReceiptDateTime", TIME.format(receipt.closedAt()));
    xml.leaf("TransactionCount", Integer.toString(count(receipt)));
    tax(receipt);
    receipt.lines().forEach(lines::item);
    receipt.tenders().forEach(tender -> tender(tender, receipt));
    receipt.lines().stream().filter(line -> line.reward().isNegative()).forEach(lines::reward);
    totals(receipt);
    xml.close("RetailTransaction").close("Transaction");
  }

  private static int count(Receipt receipt) {
    long rewards = receipt.lines().stream().filter(l -> l.reward().isNegative()).count();
    int taxes = receipt.taxable().isZero() ? 0 : 1;
    return receipt.lines().size() + receipt.tenders().size() + taxes + (int) rewards;
  }

  private void tax(Receipt receipt) {
    Money taxable = receipt.taxable();
    if (taxable.isZero()) {
      return;
    }
    BigDecimal percent =
        receipt
            .addedTax()
            .amount()
            .movePointRight(2)
            .divide(taxable.amount(), 3, RoundingMode.HALF_UP);
    lines.open("acs:Auto");
    xml.open("Tax", "acs:TaxID", "1", "acs:TaxDescription", "TaxID1")
        .leaf("TaxableAmount", taxable.plain())
        .leaf("Amount", receipt.addedTax().plain())
        .comment("The following is a rough calculated value for validation purposes only.")
        .leaf("Percent", percent.toPlainString())
        .leaf("Reason", "Charged")
        .close("Tax")
        .close("LineItem");
  }

  private void tender(Tender tender, Receipt receipt) {
    boolean card = tender.kind() == TenderKind.CREDIT || tender.kind() == TenderKind.DEBIT;
    lines.open(card ? "MSR" : "Keyed");
    String id = id(tender.kind());
    boolean back = tender.amount().isNegative() && !tender.change();
    xml.open(
            "Tender",
            "TenderType",
            card ? "CreditDebit" : tender.kind() == TenderKind.CASH ? "Cash" : "GiftCard",
            "TypeCode",
            back ? "Refund" : "Sale",
            "acs:TenderDescription",
            "TenderType" + id)
        .leaf("TenderID", id)
        .leaf("Amount", tender.amount().plain());
    if (tender.change()) {
      xml.open("TenderChange").leaf("Amount", tender.amount().plain()).close("TenderChange");
    }
    if (card) {
      authorization(tender, receipt);
    }
    xml.leaf("acs:OperatorSequence", Integer.toString(tender.change() ? 0 : lines.nextStep()));
    xml.close("Tender").close("LineItem");
  }

  private void authorization(Tender tender, Receipt receipt) {
    xml.open("Authorization", "HostAuthorized", "true", "ElectronicSignature", "false")
        .leaf("RequestedAmount", tender.amount().plain())
        .leaf("AuthorizationCode", "%06d".formatted(receipt.number() * 37 % 1_000_000))
        .leaf("ReferenceNumber", Integer.toString(340_000 + receipt.number()))
        .leaf("AuthorizationDateTime", TIME.format(receipt.closedAt()))
        .close("Authorization");
    boolean debit = tender.kind() == TenderKind.DEBIT;
    xml.leaf("CreditDebit", "", "CardType", debit ? "Debit" : "Credit");
  }

  private void totals(Receipt receipt) {
    Money negative = receipt.zero();
    for (Line line : receipt.lines()) {
      negative = negative.plus(line.amount().min(receipt.zero())).plus(line.reward());
    }
    total("TransactionGrandAmount", receipt.total());
    total("acs:GrossPositive", receipt.total().minus(negative));
    total("acs:GrossNegative", negative);
    total("TransactionTaxAmount", receipt.addedTax());
    total("acs:DiscountTotal", receipt.zero());
    long items = receipt.lines().stream().filter(l -> l.move() != Move.VOIDED).count();
    xml.leaf("acs:ItemCount", Long.toString(items));
    xml.open("acs:PerformanceMetrics")
        .leaf("acs:RingTime", Long.toString(4 * items))
        .leaf("acs:IdleTime", "12")
        .leaf("acs:TenderTime", "31")
        .close("acs:PerformanceMetrics");
  }

  private void total(String type, Money amount) {
    xml.leaf("Total", amount.plain(), "TotalType", type);
  }

  private static String id(TenderKind kind) {
    return switch (kind) {
      case CASH -> "1";
      case CREDIT -> "10";
      case DEBIT -> "12";
      case GIFT_CARD -> "21";
    };
  }
}
