package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fees are agreed by the unit, and wide settlements count units in a row without an amount. */
class FeesByTheUnitTest {

  private static final String WIDE =
      """
      settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tmarketplace-name\tposted-date\tsku\tquantity-purchased\tprice-type\tprice-amount\titem-related-fee-type\titem-related-fee-amount
      7712\t2026-11-01T00:00:00+00:00\t2026-11-15T00:00:00+00:00\t2026-11-17T00:00:00+00:00\t57.60\tEUR
      7712\t\t\t\t\t\tOrder\t304-1\tAmazon.de\t2026-11-05T10:00:00+00:00\tMUG-01\t3
      7712\t\t\t\t\t\tOrder\t304-1\tAmazon.de\t2026-11-05T10:00:00+00:00\tMUG-01\t\tPrincipal\t60.00
      7712\t\t\t\t\t\tOrder\t304-1\tAmazon.de\t2026-11-05T10:00:00+00:00\tMUG-01\t\tTax\t11.40
      7712\t\t\t\t\t\tOrder\t304-1\tAmazon.de\t2026-11-05T10:00:00+00:00\tMUG-01\t\t\t\tCommission\t-4.50
      7712\t\t\t\t\t\tOrder\t304-1\tAmazon.de\t2026-11-05T10:00:00+00:00\tMUG-01\t\t\t\tFBAPerUnitFulfillmentFee\t-9.30
      """;

  @TempDir private Path folder;

  @Test
  void fees_that_are_right_by_the_unit_differ_in_no_layout() throws Exception {
    Path mappings = QuietHub.mappings(folder.resolve("mappings"));
    Files.writeString(
        mappings.resolve("channels/amazon-eu/rate-card.csv"),
        """
        fee,sku,from,to,percent,perUnit,minimum
        fee.commission,*,2026-01-01,,5,,1.50
        fee.fulfilment,*,2026-01-01,,,3.10,
        """);
    Path before = Files.writeString(folder.resolve("before.txt"), WIDE);
    String count = WIDE.lines().skip(2).findFirst().orElseThrow() + "\n";
    Path after =
        Files.writeString(
            folder.resolve("after.txt"),
            (WIDE.replace(count, "") + count).replace("7712", "7713").replace("304-1", "304-2"));
    try (QuietHub hub =
        new QuietHub(folder.resolve("data"), mappings, Instant.parse("2026-11-18T08:00:00Z"))) {
      hub.importFile("amazon-eu", "settlement", before);
      hub.importFile("amazon-eu", "settlement", after);
      hub.reconcile();
      assertThat(hub.get("settlements", ""))
          .hasSize(2)
          .allSatisfy(one -> assertThat(one.path("state").asText()).isEqualTo("booked"));
      assertThat(hub.desk()).doesNotContain("fee-differs");
    }
  }
}
