package io.kontor.sandbox.day;

import static io.kontor.sandbox.day.Days.below;
import static io.kontor.sandbox.day.Days.number;
import static io.kontor.sandbox.day.Days.sum;
import static io.kontor.sandbox.day.Days.text;
import static io.kontor.sandbox.day.Days.total;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class ReceiptDocumentsTest {

  static Stream<SampleDay> days() {
    return Days.several();
  }

  @ParameterizedTest
  @MethodSource("days")
  void an_american_receipt_balances(SampleDay day) {
    List<Element> sales = transactions(day, "stores-us");
    assertThat(sales).hasSize(150);
    BigDecimal all = BigDecimal.ZERO;
    for (Element sale : sales) {
      List<Element> lines = new ArrayList<>(below(sale, "Sale"));
      lines.addAll(below(sale, "Return"));
      BigDecimal goods = sum(lines.stream().map(line -> number(line, "ExtendedAmount")));
      BigDecimal rewards =
          sum(
              below(sale, "LoyaltyReward").stream()
                  .map(r -> number(r, "acs:ExtendedRewardAmount")));
      BigDecimal tax = sum(below(sale, "Tax").stream().map(t -> number(t, "Amount")));
      BigDecimal grand = total(sale, "TransactionGrandAmount");
      assertThat(goods.add(rewards).add(tax)).isEqualByComparingTo(grand);
      assertThat(total(sale, "TransactionTaxAmount")).isEqualByComparingTo(tax);
      assertThat(total(sale, "acs:GrossPositive").add(total(sale, "acs:GrossNegative")))
          .isEqualByComparingTo(grand);
      assertThat(sum(below(sale, "Tender").stream().map(t -> number(t, "Amount"))))
          .isEqualByComparingTo(grand);
      assertThat(text(below(sale, "RetailTransaction").get(0), "TransactionCount"))
          .isEqualTo(Integer.toString(below(sale, "LineItem").size()));
      all = all.add(grand);
    }
    assertThat(all).isEqualByComparingTo(totals(day, "stores-us").sales().amount());
  }

  @ParameterizedTest
  @MethodSource("days")
  void a_german_receipt_balances(SampleDay day) {
    List<Element> sales = transactions(day, "stores-de");
    assertThat(sales).hasSize(150);
    BigDecimal taxes = BigDecimal.ZERO;
    BigDecimal paid = BigDecimal.ZERO;
    for (Element sale : sales) {
      BigDecimal goods =
          sum(
              below(sale, "Sale").stream()
                  .map(
                      line ->
                          number(line, "ExtendedAmount")
                              .multiply(BigDecimal.valueOf(number(line, "Quantity").signum()))));
      BigDecimal grand = total(sale, "TransactionGrandAmount");
      BigDecimal tax = total(sale, "TransactionTaxAmount");
      assertThat(goods).isEqualByComparingTo(grand);
      assertThat(total(sale, "TransactionGrossAmount")).isEqualByComparingTo(grand);
      assertThat(total(sale, "TransactionNetAmount").add(tax).subtract(grand).abs())
          .isLessThanOrEqualTo(new BigDecimal("0.03"));
      BigDecimal tendered = tendered(sale);
      BigDecimal rounding = sum(below(sale, "Tender").stream().map(t -> number(t, "Rounding")));
      assertThat(tendered).isEqualByComparingTo(grand.add(rounding));
      taxes = taxes.add(tax);
      paid = paid.add(tendered);
    }
    assertThat(taxes).isEqualByComparingTo(totals(day, "stores-de").tax().amount());
    assertThat(paid).isEqualByComparingTo(totals(day, "stores-de").tendered().amount());
  }

  /** Positive amounts throughout: a refund and change take away. */
  private static BigDecimal tendered(Element sale) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Element tender : below(sale, "Tender")) {
      BigDecimal amount = number(tender, "Amount");
      sum =
          tender.getAttribute("TypeCode").equals("Refund") ? sum.subtract(amount) : sum.add(amount);
    }
    for (Element change : below(sale, "TenderChange")) {
      if (change.hasAttribute("TenderType")) {
        sum = sum.subtract(number(change, "Amount"));
      }
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("days")
  void tills_show_their_oddities(SampleDay day) {
    List<Element> us = transactions(day, "stores-us");
    assertThat(us.stream().flatMap(t -> below(t, "LineItem").stream()))
        .anyMatch(line -> line.getAttribute("VoidFlag").equals("true"));
    assertThat(us).anyMatch(t -> !below(t, "Return").isEmpty());
    assertThat(us).anyMatch(t -> !below(t, "TenderChange").isEmpty());
    assertThat(us).anyMatch(t -> has(t, "TenderType", "GiftCard"));
    List<Element> germany = transactions(day, "stores-de");
    assertThat(germany).anyMatch(t -> has(t, "TypeCode", "Refund"));
    assertThat(germany).anyMatch(t -> has(t, "TenderType", "GiftCard"));
    assertThat(germany)
        .anyMatch(t -> below(t, "fu:LineType").get(0).getTextContent().equals("VOUCHER_SALE"));
    assertThat(germany)
        .filteredOn(
            t -> below(t, "Tender").stream().anyMatch(r -> number(r, "Rounding").signum() != 0))
        .hasSize(2);
  }

  private static boolean has(Element transaction, String attribute, String value) {
    return below(transaction, "Tender").stream()
        .anyMatch(tender -> tender.getAttribute(attribute).equals(value));
  }

  private static List<Element> transactions(SampleDay day, String channel) {
    return Days.documents(day, channel, "poslog").stream()
        .flatMap(document -> below(Days.xml(document), "Transaction").stream())
        .filter(transaction -> !below(transaction, "RetailTransaction").isEmpty())
        .toList();
  }

  private static ControlTotals totals(SampleDay day, String channel) {
    return day.totals().stream().filter(t -> t.channel().equals(channel)).findFirst().orElseThrow();
  }
}
