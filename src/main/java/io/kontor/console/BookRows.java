package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The books of the proof for people: sets of books that should hold the same of an account stand in
 * one row.
 */
public record BookRows(ArrayNode rows, List<String> columns) {

  private static final List<String> SHARED =
      List.of("entity", "period", "account", "name", "currency", "subledger");

  /** Of a proof as the API answers it; accounts of which nothing is said anywhere are left out. */
  public static BookRows of(JsonNode proof) {
    TreeSet<String> books = new TreeSet<>();
    Map<String, ObjectNode> rows = new LinkedHashMap<>();
    for (JsonNode one : proof.path("books")) {
      if (isNothing(one)) {
        continue;
      }
      String book = one.path("book").asText();
      books.add(book);
      StringBuilder key = new StringBuilder(one.path("inFlight").asText());
      SHARED.forEach(column -> key.append('|').append(one.path(column).asText()));
      ObjectNode row = rows.computeIfAbsent(key.toString(), any -> shared(one));
      row.put(book, one.path("held").asText());
      if (amount(row, "difference").signum() == 0) {
        row.put("difference", one.path("difference").asText());
      }
    }
    List<String> columns = new ArrayList<>(SHARED);
    columns.addAll(books);
    columns.addAll(List.of("inFlight", "difference"));
    return new BookRows(Views.array().addAll(rows.values()), List.copyOf(columns));
  }

  public String[] names() {
    return columns.toArray(String[]::new);
  }

  private static ObjectNode shared(JsonNode one) {
    ObjectNode row = Views.object();
    SHARED.forEach(column -> row.put(column, one.path(column).asText()));
    return row.put("inFlight", one.path("inFlight").asText());
  }

  private static boolean isNothing(JsonNode row) {
    return List.of("subledger", "held", "inFlight").stream()
        .allMatch(column -> amount(row, column).signum() == 0);
  }

  private static BigDecimal amount(JsonNode row, String column) {
    return new BigDecimal(row.path(column).asText("0"));
  }
}
