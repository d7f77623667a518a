package io.kontor.store;

import io.kontor.document.RawDocument;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Consequence;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Not a test: how fast a batch is recorded, beside a bare batch insert of the same rows, on both
 * databases. Arguments: facts a round (20000), rounds (3), threads (1).
 */
final class StoreBenchmark {

  private static final int BATCH = 100;
  private static final String JSON = "{\"lines\":\"" + "0123456789".repeat(200) + "\"}";

  private StoreBenchmark() {}

  /** One batch of documents, in every form that is recorded. */
  private record Batch(
      List<Archive.NewDocument> documents,
      List<StoredFact> facts,
      List<Journal.NewEntry> entries,
      List<WantedDelivery> deliveries) {

    static Batch of(String prefix, int from) {
      List<String> ids = IntStream.range(from, from + BATCH).mapToObj(i -> prefix + i).toList();
      return new Batch(
          ids.stream().map(Batch::document).toList(),
          ids.stream().map(id -> Samples.fact(id, TestDatabase.START, JSON)).toList(),
          ids.stream().map(id -> Samples.entry(id, Samples.DAY, "120.00")).toList(),
          ids.stream().map(Batch::delivery).toList());
    }

    private static Archive.NewDocument document(String id) {
      return new Archive.NewDocument(
          new RawDocument(
              "shopify",
              "orders",
              id,
              TestDatabase.START,
              "application/json",
              JSON.getBytes(StandardCharsets.UTF_8)),
          RawOutcome.RECORDED);
    }

    private static WantedDelivery delivery(String id) {
      String subject = Samples.order(id).toString();
      return new WantedDelivery(
          "nordwind",
          "shopify",
          subject,
          Consequence.ODOO_ORDER,
          subject + "/odoo",
          Optional.empty(),
          TestDatabase.START);
    }
  }

  public static void main(String[] arguments) throws Exception {
    int facts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    for (TestDatabase.Kind kind : TestDatabase.Kind.values()) {
      for (int round = 0; round < rounds; round++) {
        measure(kind, facts);
      }
    }
    System.exit(0);
  }

  /** Batch by batch in turn, so that whatever else the machine does hits both alike. */
  private static void measure(TestDatabase.Kind kind, int facts) {
    try (TestDatabase bare = TestDatabase.open(kind);
        TestDatabase recorded = TestDatabase.open(kind)) {
      long bareTime = 0;
      long recordedTime = 0;
      int warm = facts / 5;
      for (int from = 0; from < warm + facts; from += BATCH) {
        Batch batch = Batch.of("A", from);
        long start = System.nanoTime();
        bare(bare, batch);
        long between = System.nanoTime();
        record(recorded, batch);
        long end = System.nanoTime();
        if (from >= warm) {
          bareTime += between - start;
          recordedTime += end - between;
        }
      }
      System.out.printf(
          "%-10s bare %,8.0f facts/s   recorded %,8.0f facts/s   ratio %.2f%n",
          kind, facts * 1e9 / bareTime, facts * 1e9 / recordedTime, 1.0 * bareTime / recordedTime);
    }
  }

  private static void record(TestDatabase db, Batch batch) {
    Store store = db.store;
    List<OrderKey> orders = batch.facts().stream().map(StoredFact::order).toList();
    List<FactName> names = batch.facts().stream().map(StoredFact::name).toList();
    List<String> rawIds = batch.documents().stream().map(d -> d.document().id()).toList();
    db.run(
        tx -> {
          store.archive().addNew(tx, batch.documents());
          store.facts().lockOrders(tx, orders);
          store.facts().current(tx, names);
          store.facts().ofOrders(tx, orders);
          store.revisions().insert(tx, batch.facts());
          store.journal().postedByFact(tx, orders);
          store.journal().append(tx, batch.entries());
          store.deliveries().want(tx, batch.deliveries());
          store.desk().resolveDocuments(tx, rawIds, "recorded");
        });
    store.database().sync();
  }

  private static final EntryIds IDS = new EntryIds();

  private static void bare(TestDatabase db, Batch batch) {
    db.run(
        tx -> {
          Instant now = tx.now();
          tx.batch(
              "INSERT INTO raw_document VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, FALSE, ?, NULL)",
              batch.documents(),
              d ->
                  new Object[] {
                    d.document().id(),
                    d.document().channel(),
                    d.document().document(),
                    d.document().externalId(),
                    d.document().contentType(),
                    d.document().receivedAt(),
                    "",
                    "recorded",
                    d.document().body()
                  });
          tx.batch(
              "INSERT INTO sales_order VALUES (?, ?)",
              batch.facts(),
              f -> new Object[] {f.order().toString(), now});
          tx.batch(
              "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', ?, NULL)",
              batch.facts(),
              f ->
                  new Object[] {
                    f.name().toString(),
                    f.order().toString(),
                    "nordwind",
                    "shopify",
                    "order-placed",
                    now,
                    now,
                    f.hash(),
                    f.rawId(),
                    now,
                    f.json()
                  });
          bareEntries(tx, batch, now);
          tx.batch(
              """
              INSERT INTO delivery VALUES (?, 'odoo-order', 'nordwind', 'shopify', ?, ?, '',
                'pending', 1, 0, '', 0, 0, 0, ?, NULL, '', '', '', '', ?, ?, NULL)""",
              batch.deliveries(),
              d -> new Object[] {d.id(), d.subject(), d.key(), now, now, now});
        });
    db.store.database().sync();
  }

  private static void bareEntries(Tx tx, Batch batch, Instant now) {
    List<Object[]> entries = new ArrayList<>();
    List<Object[]> postings = new ArrayList<>();
    List<Object[]> progress = new ArrayList<>();
    for (Journal.NewEntry e : batch.entries()) {
      long id = IDS.next(tx);
      entries.add(
          new Object[] {
            id,
            "nordwind",
            "shopify",
            Samples.DAY,
            e.entry().narration(),
            e.entry().fact(),
            e.entry().rule(),
            e.entry().mappings(),
            e.subject().toString(),
            now
          });
      int line = 0;
      for (Posting p : e.entry().postings()) {
        postings.add(
            new Object[] {
              id, ++line, "nordwind", Samples.DAY, p.account().path(), "EUR", p.amount().amount()
            });
      }
      progress.add(new Object[] {id, "nordwind", "shopify", Samples.DAY});
    }
    tx.batch("INSERT INTO journal_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", entries, r -> r);
    tx.batch("INSERT INTO posting VALUES (?, ?, ?, ?, ?, ?, ?)", postings, r -> r);
    tx.batch(
        "INSERT INTO journal_progress VALUES (?, ?, ?, ?, NULL, NULL, NULL)", progress, r -> r);
  }
}
