package io.kontor.sandbox.day;

import io.kontor.money.Money;
import io.kontor.sandbox.day.Receipt.Line;
import io.kontor.sandbox.day.Receipt.Move;
import io.kontor.sandbox.day.Receipt.Tender;
import io.kontor.sandbox.day.Receipt.TenderKind;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Writes a receipt as ROQQIO's tills do: POSLog 6.0, one transaction to a file, amounts with three
 * decimals.
 *
 * <p>A return has a negative quantity and a positive amount, and its tender is a positive {@code
 * Refund}; change is a line item of its own; a void leaves nothing but a gap in the numbering. The
 * net total is the sum of the lines' rounded nets while the tax is rounded once from the total, so
 * the two can miss the gross by a cent. No line states its tax or rate.
 */
final class RoqqioPoslogXml {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final XmlText xml = new XmlText();
  private final Receipt receipt;
  private final List<Integer> gaps;
  private int lineNumber;

  private RoqqioPoslogXml(Receipt receipt) {
    this.receipt = receipt;
    this.gaps =
        receipt.lines().stream().anyMatch(l -> l.move() == Move.VOIDED) ? List.of(2, 3) : List.of();
  }

  static byte[] write(Receipt receipt) {
    RoqqioPoslogXml writer = new RoqqioPoslogXml(receipt);
    writer.document();
    return writer.xml.bytes();
  }

  /** The tax as the receipt states it: rounded once, from the total. */
  static Money statedTax(Receipt receipt) {
    int vat = receipt.lines().get(0).product().vat();
    return vat == 0
        ? receipt.zero()
        : TaxPart.within(receipt.total(), "MwSt", BigDecimal.valueOf(vat, 2)).amount();
  }

  private static Money statedNet(Receipt receipt) {
    Money net = receipt.zero();
    for (Line line : receipt.lines()) {
      net =
          net.plus(line.amount())
              .minus(TaxPart.total(TaxPart.vat(line.amount(), line.product().vat()), net));
    }
    return net;
  }

  private void document() {
    Receipt.Store store = receipt.store();
    String number = Integer.toString(receipt.number());
    String local = TIME.format(receipt.closedAt());
    xml.open(
            "POSLog",
            "xsi:schemaLocation",
            "http://www.nrf-arts.org/IXRetail/namespace/ ../POSLogV6.0.0.xsd",
            "xmlns",
            "http://www.nrf-arts.org/IXRetail/namespace/",
            "xmlns:fu",
            "http://www.futura4retail.com/pos/namespace/",
            "xmlns:xsi",
            "http://www.w3.org/2001/XMLSchema-instance",
            "MajorVersion",
            "6",
            "MinorVersion",
            "0",
            "FixVersion",
            "0")
        .newLine()
        .open("Transaction")
        .open("BusinessUnit")
        .leaf("UnitID", store.number(), "Name", store.name())
        .close("BusinessUnit")
        .leaf("WorkstationID", Integer.toString(receipt.till()), "TypeCode", "POS")
        .leaf("SequenceNumber", number)
        .leaf("POSLogDateTime", local)
        .leaf("OperatorID", "7", "OperatorName", "Kasse 7", "OperatorType", "Cashier")
        .leaf("ReceiptDateTime", local)
        .leaf("ReceiptNumber", number)
        .newLine()
        .open("RetailTransaction");
    receipt.lines().stream()
        .filter(l -> l.move() != Move.VOIDED && !isTakenBack(l))
        .forEach(this::item);
    receipt.tenders().forEach(this::tender);
    totals();
    xml.newLine()
        .close("RetailTransaction")
        .leaf("BusinessDayDate", receipt.closedAt().toLocalDate().toString())
        .leaf("BeginDateTime", utc(receipt.closedAt().minusSeconds(48)))
        .leaf("EndDateTime", utc(receipt.closedAt()))
        .leaf("fu:Hashcode", "LNK/S2/V6:" + (receipt.number() - 1) + "/[sample]")
        .close("Transaction")
        .newLine()
        .close("POSLog");
  }

  /** Whether a void of this receipt took the line out: neither of the two is printed. */
  private boolean isTakenBack(Line line) {
    return receipt.lines().stream()
        .anyMatch(
            other ->
                other.move() == Move.VOIDED
                    && other.product().equals(line.product())
                    && other.quantity().negate().compareTo(line.quantity()) == 0);
  }

  private void item(Line line) {
    Product product = line.product();
    boolean returned = line.move() == Move.RETURNED;
    xml.newLine()
        .open("LineItem")
        .open("Sale")
        .leaf("ItemID", product.gtin(), "Name", product.name())
        .leaf("RegularSalesUnitPrice", three(line.price()), "Currency", currency())
        .leaf("ActualSalesUnitPrice", three(line.price()), "Currency", currency())
        .leaf("ExtendedAmount", three(line.amount().abs()), "Currency", currency())
        .leaf("ExtendedDiscountAmount", "0", "Currency", "XXX")
        .leaf("Quantity", line.quantity().setScale(4).toPlainString(), "UnitOfMeasureCode", "EA");
    if (returned) {
      receipt.returnOf().ifPresent(this::link);
    }
    xml.leaf("Rounding", "0.000", "Currency", currency())
        .leaf("fu:SalesMode", returned ? "RETOUR" : "MODE_NORMAL")
        .leaf("fu:LineType", product.isGiftCard() ? "VOUCHER_SALE" : "ITEM_SALE")
        .leaf("fu:Dimension1", "-")
        .leaf("fu:Dimension2", "-")
        .leaf("fu:Dimension3", "011")
        .leaf(
            "fu:ProductGroup",
            (product.vat() == 7 ? "7" : "8") + "09" + (int) product.group().charAt(0))
        .close("Sale");
    number();
  }

  private void link(int original) {
    String number = Integer.toString(original);
    xml.open("TransactionLink")
        .leaf("TransactionID", number)
        .leaf("BusinessUnit", receipt.store().number(), "Name", receipt.store().name())
        .leaf("WorkstationID", Integer.toString(receipt.till()), "TypeCode", "POS")
        .open("BusinessDayDate")
        .leaf("Date", receipt.closedAt().toLocalDate().toString())
        .close("BusinessDayDate")
        .leaf("SequenceNumber", number)
        .leaf("LineItemSequenceNumber", "1")
        .close("TransactionLink");
  }

  private void tender(Tender tender) {
    PaymentType type = PaymentType.of(tender.kind());
    xml.newLine().open("LineItem");
    if (tender.change()) {
      xml.open("TenderChange", "TypeCode", "Refund")
          .open("TenderChange", "TenderType", "Cash")
          .leaf("Amount", three(tender.amount().abs()), "Currency", currency())
          .close("TenderChange")
          .leaf("Rounding", three(tender.rounding()))
          .close("TenderChange");
    } else {
      xml.open(
              "Tender",
              "TenderType",
              type.standard(),
              "TypeCode",
              tender.amount().isNegative() ? "Refund" : "Sale")
          .leaf("Amount", three(tender.amount().abs()), "Currency", currency())
          .leaf("Rounding", three(tender.rounding()))
          .leaf("fu:PaymentTypeExternalId", type.number())
          .leaf("fu:PaymentTypeDescription", type.words())
          .close("Tender");
    }
    number();
  }

  private void totals() {
    total("TransactionGrandAmount", receipt.total());
    total("TransactionNetAmount", statedNet(receipt));
    total("TransactionTaxAmount", statedTax(receipt));
    total("TransactionGrossAmount", receipt.total());
  }

  private void total(String type, Money amount) {
    xml.newLine().leaf("Total", three(amount), "TotalType", type, "CurrencyCode", currency());
  }

  private void number() {
    lineNumber++;
    while (gaps.contains(lineNumber)) {
      lineNumber++;
    }
    xml.leaf("SequenceNumber", Integer.toString(lineNumber)).close("LineItem");
  }

  private String currency() {
    return receipt.store().currency().getCurrencyCode();
  }

  private static String three(Money amount) {
    return amount.amount().setScale(3).toPlainString();
  }

  private static String utc(LocalDateTime local) {
    return TIME.format(local.atZone(BERLIN).withZoneSameInstant(ZoneOffset.UTC)) + "Z";
  }

  /** How the tills name a means of payment: the standard's word, their own number and theirs. */
  private record PaymentType(String standard, String number, String words) {

    static PaymentType of(TenderKind kind) {
      return switch (kind) {
        case CASH -> new PaymentType("Cash", "1", "Bar");
        case CREDIT -> new PaymentType("CreditDebit", "2", "Kreditkarte");
        case DEBIT -> new PaymentType("CreditDebit", "3", "EC-Karte");
        case GIFT_CARD -> new PaymentType("GiftCard", "4", "Gutschein");
      };
    }
  }
}
