package io.kontor.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.sandbox.day.SampleDay;
import io.kontor.sandbox.day.SampleDocument;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** As much of a sample day as a hub that is killed all the time can do in a minute or two. */
final class PartOfADay {

  static final SampleDay WHOLE = SampleDay.generate(1, LocalDate.of(2026, 2, 20));

  /** Of the ordinary documents every so many'th is taken; the special ones are all taken. */
  private static final int EVERY_ORDER = 4;

  private static final int EVERY_RECEIPT = 5;

  private static final ObjectMapper JSON = new ObjectMapper();

  private PartOfADay() {}

  static List<SampleDocument> documents() {
    Set<Long> special = new HashSet<>();
    for (SampleDocument document : WHOLE.documents()) {
      if (!document.note().isEmpty()) {
        special.add(order(document));
      }
    }
    List<SampleDocument> taken = new ArrayList<>();
    int receipts = 0;
    for (SampleDocument document : WHOLE.documents()) {
      boolean take =
          switch (document.channel()) {
            case "shopify", "shopify-eu" ->
                special.contains(order(document)) || order(document) % EVERY_ORDER == 0;
            case "stores-de" -> !document.note().isEmpty() || receipts++ % EVERY_RECEIPT == 0;
            default -> true;
          };
      if (take) {
        taken.add(document);
      }
    }
    return taken;
  }

  /** The statement, which is one document and many lines. */
  static boolean isStatement(SampleDocument document) {
    return document.document().equals("settlement");
  }

  private static long order(SampleDocument document) {
    if (!document.channel().startsWith("shopify")) {
      return -1;
    }
    try {
      JsonNode json = JSON.readTree(document.body());
      return json.path("order_id").asLong(json.path("id").asLong());
    } catch (IOException e) {
      return 0; // the broken one
    }
  }
}
