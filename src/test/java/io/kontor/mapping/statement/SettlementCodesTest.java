package io.kontor.mapping.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.mapping.Channel;
import io.kontor.mapping.MappingsReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettlementCodesTest {

  @Test
  void the_narrowest_row_counts_wherever_it_stands() {
    SettlementCodes codes =
        SettlementCodes.of(
            List.of(
                row("*/*/*", "", "fee.other"),
                row("*/*/Commission", "", "fee.commission"),
                row("*/ItemFees/FBA*", "", "fee.fulfilment"),
                row("*/ItemFees/FBAInbound*", "", "fee.inbound"),
                row("Refund/ItemFees/*", "", "fee.of-refunds"),
                row("Refund/ItemFees/Commission", "", "fee.commission-back")));
    assertThat(role(codes, "A/B/C")).isEqualTo("fee.other");
    assertThat(role(codes, "Order/ItemFees/Commission")).isEqualTo("fee.commission");
    assertThat(role(codes, "Refund/Other/Commission")).isEqualTo("fee.commission");
    assertThat(role(codes, "Refund/ItemFees/Commission")).isEqualTo("fee.commission-back");
    assertThat(role(codes, "Refund/ItemFees/Levy")).isEqualTo("fee.of-refunds");
    assertThat(role(codes, "Refund/ItemFees/FBAPerUnit")).isEqualTo("fee.fulfilment");
    assertThat(role(codes, "Order/ItemFees/FBAInboundFee")).isEqualTo("fee.inbound");
    assertThat(codes.find("A/B", "")).isEmpty();
    assertThat(codes.find("A/B/C/D", "")).isEmpty();
  }

  @Test
  void what_somebody_wrote_freely_is_not_taken_for_a_word_of_another_row() {
    SettlementCodes codes =
        SettlementCodes.of(
            List.of(
                row("*/*/Subscription*", "", "fee.subscription"),
                row("*/*/Commission", "", "fee.commission"),
                row("*/*/TDS*", "", "tax.withheld"),
                row("CouponFee/CouponFee/**", "", "fee.advertising")));
    Stream.of("Subscription boxes", "Commission", "TDS meters", "10 % off", "")
        .forEach(
            title ->
                assertThat(role(codes, "CouponFee/CouponFee/" + title))
                    .as(title)
                    .isEqualTo("fee.advertising"));
    assertThat(role(codes, "Order/ItemFees/Commission")).isEqualTo("fee.commission");
  }

  @Test
  void titles_of_products_that_were_graded_at_amazon_say_nothing() {
    SettlementCodes codes = amazon();
    Stream.of(
            "Grade and Resell Fees/Grade and Resell Charge/Mug",
            "Grade and Resell Fees/Grade and Resell Charge/Vine trellis for the garden",
            "Grade and Resell Fees/Grade and Resell Charge/Subscription box",
            "Grade and Resell Fees/ItemFees/Coupon wallet",
            "AmazonFees/Grade and Resell Charge/Base fee",
            "other-transaction/other-transaction/Grade and Resell Charge")
        .forEach(code -> assertThat(role(codes, code)).as(code).isEqualTo("fee.removal"));
    Stream.of("AmazonFees", "Grade and Resell Fees")
        .forEach(
            type ->
                assertThat(role(codes, type + "/Grade and Resell Charge/Tax on fee"))
                    .isEqualTo("tax-on-fees"));
  }

  @Test
  void titles_of_coupons_at_amazon_are_advertising() {
    SettlementCodes codes = amazon();
    Stream.of(
            "CouponRedemptionFee/CouponRedemptionFee/Subscription box week",
            "CouponRedemptionFee/CouponRedemptionFee/TDS meter 10% off",
            "CouponRedemptionFee/Other-Fees/Save 5 EUR",
            "AmazonFees/Coupon Participation Fee/Base fee")
        .forEach(code -> assertThat(role(codes, code)).as(code).isEqualTo("fee.advertising"));
    assertThat(role(codes, "AmazonFees/Coupon Participation Fee/Tax on fee"))
        .isEqualTo("tax-on-fees");
  }

  @Test
  void indian_taxes_on_fees_at_amazon_are_no_fees() {
    for (String code :
        List.of(
            "other-transaction/other-transaction/MFNPostagePurchaseCompleteIGST",
            "other-transaction//Amazon Easy Ship Weight Handling Fee Reversal IGST",
            "other-transaction/other-transaction/FBAInboundTransportationFee IGST",
            "FBAFees/FBA Inventory Storage Fee/Tax on fee CGST",
            "Order/ItemFees/FBA Pick & Pack Fee SGST",
            "Refund/ItemFees/Refund commission UTGST")) {
      assertThat(role(amazon(), code)).as(code).isEqualTo("tax-on-fees");
    }
  }

  @Test
  void a_row_for_a_marketplace_goes_before_one_for_all() {
    SettlementCodes codes =
        SettlementCodes.of(
            List.of(
                row("Order/ItemFees/Handling", "", "fee.fulfilment"),
                row("*/*/Handling", "Non-Amazon*", "fee.mcf")));
    assertThat(codes.find("Order/ItemFees/Handling", "Non-Amazon US").orElseThrow().role())
        .isEqualTo("fee.mcf");
    assertThat(codes.find("Order/ItemFees/Handling", "Amazon.com").orElseThrow().role())
        .isEqualTo("fee.fulfilment");
    assertThat(role(codes, "Order/ItemFees/Handling")).isEqualTo("fee.fulfilment");
  }

  @Test
  void words_are_one_in_whatever_way_they_are_written() {
    SettlementCodes codes =
        SettlementCodes.of(List.of(row("other-transaction/*/Micro Deposit", "", "x")));
    Stream.of("Micro Deposit", "MicroDeposit", "MICRO_DEPOSIT", " micro-deposit ")
        .forEach(word -> assertThat(role(codes, "Other-Transaction/y/" + word)).isEqualTo("x"));
    assertThat(codes.find("other-transaction/y/Micro Deposits", "")).isEmpty();
    assertThatThrownBy(
            () -> SettlementCodes.of(List.of(row("a/B C", "", "x"), row("A/b-c", "", "y"))))
        .hasMessage("codes 'a/B C' and 'A/b-c' are one");
    assertThatThrownBy(() -> SettlementCodes.of(List.of(row("a", "B", "x"), row("a", "B", "x"))))
        .hasMessage("code 'a' of 'B' stands twice");
  }

  @Test
  void a_channel_says_what_codes_mean_here_and_how_fees_are_taxed() {
    SettlementCodes vendors =
        SettlementCodes.of(
            List.of(
                row("*/*/Commission", "", "fee.commission"),
                row("*/*/Storage", "", "fee.storage"),
                row("*/*/Tax", "", "tax-on-fees")));
    SettlementCodes codes =
        vendors.overriddenBy(
            List.of(row("*/*/Sto*", "", "fee.other")),
            List.of(
                new SettlementCode(
                    "*/*/*", "", SettlementCode.Nature.FEE, "", FeeTax.of("included 19")),
                new SettlementCode(
                    "*/*/*", "amazon.fr", SettlementCode.Nature.FEE, "", FeeTax.NONE)));
    assertThat(role(codes, "a/b/Storage")).isEqualTo("fee.other");
    assertThat(codes.find("a/b/Commission", "").orElseThrow().tax())
        .isEqualTo(new FeeTax(FeeTax.Kind.INCLUDED, new BigDecimal("19")));
    assertThat(codes.find("a/b/Commission", "Amazon.fr").orElseThrow().tax())
        .isEqualTo(FeeTax.NONE);
    assertThat(codes.find("a/b/Tax", "").orElseThrow().tax()).isEqualTo(FeeTax.NONE);
    assertThat(vendors.find("a/b/Commission", "").orElseThrow().tax()).isEqualTo(FeeTax.NONE);
  }

  @Test
  void a_tax_is_none_included_separate_or_reverse_charge() {
    assertThat(FeeTax.of("")).isEqualTo(FeeTax.of("none")).isEqualTo(FeeTax.NONE);
    assertThat(FeeTax.of("separate").kind()).isEqualTo(FeeTax.Kind.SEPARATE);
    assertThat(FeeTax.of("reverse-charge 21.5"))
        .hasToString("reverse-charge 21.5")
        .extracting(FeeTax::rate)
        .isEqualTo(new BigDecimal("21.5"));
    Stream.of("included", "separate 19", "none 1", "included 0", "included x", "vat 19", "a b c")
        .forEach(
            text ->
                assertThatThrownBy(() -> FeeTax.of(text))
                    .isInstanceOf(IllegalArgumentException.class));
  }

  private static SettlementCode row(String pattern, String marketplace, String role) {
    return new SettlementCode(pattern, marketplace, SettlementCode.Nature.FEE, role, FeeTax.NONE);
  }

  private static SettlementCodes amazon() {
    return ((Channel.Document.Statement)
            MappingsReader.read(Path.of("mappings"))
                .channel("amazon-eu")
                .orElseThrow()
                .documents()
                .get("settlement"))
        .codes();
  }

  private static String role(SettlementCodes codes, String code) {
    return codes.find(code, "").orElseThrow().role();
  }
}
