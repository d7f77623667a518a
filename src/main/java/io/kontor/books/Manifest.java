package io.kontor.books;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.document.Sha256;
import io.kontor.ledger.Account;
import io.kontor.ledger.Balances;
import io.kontor.ledger.BookEntry;
import io.kontor.ledger.Posting;
import io.kontor.money.Money;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file book says of itself: enough to prove that it is whole and what it posted, without
 * reading the journal.
 *
 * @param hash what the approval was bound to
 * @param entries how many entries there are
 * @param balances what they come to by account of the subledger
 * @param files name → SHA-256
 */
public record Manifest(
    String batch, String hash, long entries, List<Posting> balances, Map<String, String> files) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public Manifest {
    balances = List.copyOf(balances);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  static Manifest of(
      String batch, String hash, List<BookEntry> entries, Map<String, String> contents) {
    Balances balances = new Balances();
    for (BookEntry entry : entries) {
      entry.lines().forEach(line -> balances.add(line.posting()));
    }
    Map<String, String> files = new TreeMap<>();
    contents.forEach((name, content) -> files.put(name, Sha256.of(content)));
    return new Manifest(batch, hash, entries.size(), balances.postings(), files);
  }

  /**
   * Reads a manifest back.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Manifest parse(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      Balances balances = new Balances();
      for (JsonNode balance : root.required("balances")) {
        Money amount =
            Money.of(balance.required("amount").asText(), balance.required("currency").asText());
        Money functional =
            balance.has("functional")
                ? Money.of(
                    balance.required("functional").asText(),
                    balance.required("functionalCurrency").asText())
                : amount;
        balances.add(
            new Posting(new Account(balance.required("account").asText()), amount, functional));
      }
      Map<String, String> files = new TreeMap<>();
      root.required("files")
          .properties()
          .forEach(f -> files.put(f.getKey(), f.getValue().asText()));
      return new Manifest(
          root.required("batch").asText(),
          root.required("hash").asText(),
          root.required("entries").asLong(),
          balances.postings(),
          files);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a manifest: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a manifest, it lacks a field", e);
    }
  }

  /** Whether a file is the one that this manifest lists. */
  public boolean vouchesFor(String name, String content) {
    return Sha256.of(content).equals(files.get(name));
  }

  public String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("batch", batch).put("hash", hash).put("entries", entries);
    root.putArray("balances");
    for (Posting balance : balances) {
      ObjectNode row =
          root.withArray("/balances")
              .addObject()
              .put("account", balance.account().path())
              .put("amount", balance.amount().plain())
              .put("currency", balance.amount().currency().getCurrencyCode());
      if (balance.isForeign()) {
        row.put("functional", balance.functional().plain())
            .put("functionalCurrency", balance.functional().currency().getCurrencyCode());
      }
    }
    ObjectNode list = root.putObject("files");
    files.forEach(list::put);
    return root.toPrettyString() + "\n";
  }
}
