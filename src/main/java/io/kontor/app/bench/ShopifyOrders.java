package io.kontor.app.bench;

import io.kontor.document.RawDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Distinct orders as Shopify's webhooks write them, of 4 KB: two lines with tax, shipping, one
 * payment, sent in one parcel. Each makes three facts.
 */
final class ShopifyOrders {

  static final String CHANNEL = "shopify";
  static final String DOCUMENT = "orders";

  /** Order placed, payment captured, shipped. */
  static final int FACTS = 3;

  private static final long FIRST = 6_000_000_000_000L;
  private static final int IDS = 6;

  private final String[] pieces;

  ShopifyOrders() {
    try (InputStream in = ShopifyOrders.class.getResourceAsStream("shopify-order.json")) {
      // A number between two % is the place of an id; so every second piece is one.
      pieces = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().split("%", -1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The id of an order, which is also that of the event; ids of a higher number sort later. */
  static String id(long number) {
    return String.valueOf(FIRST + number * IDS);
  }

  byte[] body(long number) {
    StringBuilder text = new StringBuilder(4096);
    for (String piece : pieces) {
      boolean place = piece.length() == 1 && Character.isDigit(piece.charAt(0));
      text.append(place ? Long.toString(FIRST + number * IDS + piece.charAt(0) - '0') : piece);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  RawDocument document(long number) {
    return new RawDocument(
        CHANNEL, DOCUMENT, id(number), Instant.now(), "application/json", body(number));
  }

  /** Documents of consecutive numbers. */
  List<RawDocument> documents(long first, int count) {
    List<RawDocument> documents = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      documents.add(document(first + i));
    }
    return documents;
  }
}
