package io.kontor.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Documents to spoil: a good order, a long settlement, and what packs them. */
final class SpoiltDocuments {

  /** To be packed some times over. */
  static final String MEGABYTE = "x".repeat(1 << 20);

  private static final String HEADER =
      String.join(
          "\t",
          "settlement-id",
          "settlement-start-date",
          "settlement-end-date",
          "deposit-date",
          "total-amount",
          "currency",
          "transaction-type",
          "order-id",
          "amount-type",
          "amount-description",
          "amount",
          "posted-date-time",
          "sku",
          "quantity-purchased",
          "marketplace-name");
  private static final String LINES =
      "1\t2026-11-01T00:00:00+00:00\t2026-11-14T00:00:00+00:00\t2026-11-16\t0.00\tUSD\n"
          + new Random(7)
              .ints(20_000)
              .mapToObj(
                  order ->
                      "1\t\t\t\t\t\tOrder\t"
                          + order
                          + "\tItemPrice\tPrincipal\t1.00\t2026-11-02\tS\t1\tAmazon.com")
              .collect(Collectors.joining("\n"));

  /** A settlement of Amazon's with twenty thousand lines. */
  static final String SETTLEMENT = HEADER + "\n" + LINES;

  private SpoiltDocuments() {}

  /** An order as the sample shop would send it, of one line. */
  static byte[] order(int number, String price, String currency, String time) {
    return text(
        """
        { "id": %1$d, "name": "#%1$d", "created_at": "%4$s", "updated_at": "%4$s",
          "currency": "%3$s", "taxes_included": true, "financial_status": "paid",
          "total_price": "%2$s", "payment_gateway_names": ["shopify_payments"],
          "shipping_address": { "name": "Ada Example", "city": "Ghent", "zip": "1", "country_code": "US", "province_code": "OR" },
          "line_items": [ { "id": 1, "sku": "BAD-INPUT-1", "name": "Thing", "quantity": 1, "price": "%2$s" } ] }
        """
            .formatted(number, price, currency, time));
  }

  static String sha256(byte[] body) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A text, packed as often as said; never all of it in memory. */
  static byte[] gzip(String text, int times) throws IOException {
    return gzip("", text, times);
  }

  static byte[] gzip(String head, String text, int times) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] bytes = text(text);
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(text(head));
      for (int i = 0; i < times; i++) {
        out.write(bytes);
      }
    }
    return packed.toByteArray();
  }
}
