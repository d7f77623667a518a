package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The words of the proof, for the terminal and for the page alike. */
public final class TieOutSummary {

  /** How the expected balance of clearing comes about. */
  public static final String EXPECTED =
      "charged − refunded − written off + fees + tax kept + reserve + other + suspense − payouts + owed = expected";

  /** What the columns of the books are. */
  public static final String BOOKS =
      "subledger, as far as its batches are posted, against what each book holds; in flight is sealed and not posted yet";

  private TieOutSummary() {}

  /** What waits for people although everything agrees; empty where nothing does. */
  public static List<String> open(JsonNode proof) {
    List<String> open = new ArrayList<>();
    for (JsonNode row : proof.path("clearing")) {
      if (row.path("suspenseLines").asLong() > 0) {
        open.add(
            "in suspense, of %s: %s %s, %d lines since %s"
                .formatted(
                    row.path("channel").asText(),
                    row.path("suspense").asText(),
                    row.path("currency").asText(),
                    row.path("suspenseLines").asLong(),
                    row.path("suspenseSince").asText()));
      }
    }
    for (JsonNode row : proof.path("documents")) {
      if (row.path("onDesk").asLong() > 0) {
        open.add(
            "at the work desk, of %s: %d open"
                .formatted(row.path("channel").asText(), row.path("onDesk").asLong()));
      }
    }
    return open;
  }
}
