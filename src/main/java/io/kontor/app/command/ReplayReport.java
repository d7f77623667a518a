package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.app.HubClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a replay came to: its pages added up. Not thread-safe. */
final class ReplayReport {

  private static final List<String> COUNTS =
      List.of(
          "documents",
          "refused",
          "statements",
          "orders",
          "unchanged",
          "changed",
          "added",
          "missing",
          "moved",
          "entries",
          "brought");

  /** An account and a currency. */
  private record Key(String account, String currency) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byAccount = account.compareTo(other.account);
      return byAccount != 0 ? byAccount : currency.compareTo(other.currency);
    }
  }

  private final boolean applied;
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<Key, BigDecimal> journal = new TreeMap<>();
  private long purged;

  private ReplayReport(boolean applied) {
    this.applied = applied;
  }

  /** Is told how much is done of how much. */
  @FunctionalInterface
  interface Progress {
    void show(long done, long all);
  }

  /**
   * Replays page by page to the end.
   *
   * @param wanted which documents: those that fit all that is given, by the API's names
   * @param apply whether what changes is recorded
   */
  static ReplayReport of(
      HubClient client, Map<String, String> wanted, boolean apply, Progress progress)
      throws IOException, InterruptedException {
    ReplayReport report = new ReplayReport(apply);
    String next = "";
    long all = 0;
    do {
      ObjectNode body = HubClient.body().put("apply", apply).put("after", next);
      wanted.forEach(body::put);
      JsonNode page = client.post("replay", body);
      all += page.path("allDocuments").asLong() + page.path("allOrders").asLong();
      report.add(page);
      progress.show(report.count("documents") + report.count("orders"), all);
      next = page.path("next").asText("end");
    } while (!next.equals("end"));
    return report;
  }

  private void add(JsonNode page) {
    COUNTS.forEach(name -> counts.merge(name, page.path(name).asLong(), Long::sum));
    purged += page.path("purged").asLong();
    for (JsonNode posting : page.path("journal")) {
      journal.merge(
          new Key(posting.path("account").asText(), posting.path("currency").asText()),
          new BigDecimal(posting.path("amount").asText()),
          BigDecimal::add);
    }
  }

  long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  JsonNode json() {
    ObjectNode view = HubClient.body().put("applied", applied);
    COUNTS.forEach(name -> view.put(name, count(name)));
    view.put("purged", purged);
    view.set("journal", rows());
    return view;
  }

  private ArrayNode rows() {
    ArrayNode rows = HubClient.body().arrayNode();
    journal.forEach(
        (key, sum) -> {
          if (sum.signum() != 0) {
            rows.addObject()
                .put("account", key.account())
                .put("amount", sum.toPlainString())
                .put("currency", key.currency());
          }
        });
    return rows;
  }

  void print(PrintWriter out) {
    out.printf(
        "%-10s %d documents and the facts of %d orders%n",
        "Read", count("documents"), count("orders"));
    line(out, "refused", "cannot be translated: they wait on the desk");
    line(out, "statements", "are statements: with --apply their settlements are matched again");
    if (purged > 0) {
      out.printf("%-10s %d documents were removed when their retention ended%n", "Gone", purged);
    }
    out.printf(
        "%-10s %d unchanged, %d changed, %d new%n",
        "Facts", count("unchanged"), count("changed"), count("added"));
    line(out, "missing", "facts are not made by today's mappings any more: they stay");
    line(out, "moved", "facts would belong to another order: they stay where they are");
    out.printf("%-10s %d%n", "Entries", count("entries"));
    ArrayNode rows = rows();
    if (!rows.isEmpty()) {
      TextTable.print(out, rows, "account", "amount", "currency");
    }
    if (count("brought") > 0) {
      out.printf(
          "%-10s %d orders, refunds or tills stand otherwise there: brought anew%n",
          "Odoo", count("brought"));
    }
    boolean changes = count("changed") + count("added") + count("entries") + count("brought") > 0;
    if (!applied) {
      out.println(
          changes
              ? "Nothing was changed; --apply records and posts this."
              : "Nothing was changed, and nothing would be.");
    } else {
      out.println(changes ? "Recorded and posted." : "There was nothing to change.");
    }
    out.flush();
  }

  private void line(PrintWriter out, String count, String text) {
    if (count(count) > 0) {
      out.printf("%-10s %d %s%n", "", count(count), text);
    }
  }
}
