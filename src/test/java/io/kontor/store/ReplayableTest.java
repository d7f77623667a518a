package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.document.RawDocument;
import io.kontor.sales.OrderKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class ReplayableTest {

  private static final Instant T1 = Instant.parse("2026-11-20T09:00:00Z");

  private final Replayable replayable = new Replayable();
  private final Archive archive = new Archive();
  private final Facts facts = new Facts();
  private final FactRevisions revisions = new FactRevisions();

  private static RawDocument document(String id, Instant at) {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    return new RawDocument("shopify", "orders", id, at, "application/json", body);
  }

  private void recorded(TestDatabase db, String id, Instant at) {
    db.run(
        tx -> {
          archive.addNew(
              tx, List.of(new Archive.NewDocument(document(id, at), RawOutcome.RECORDED)));
          facts.lockOrders(tx, List.of(Samples.order(id)));
          revisions.insert(tx, List.of(Samples.fact(id, at, "{}")));
        });
  }

  @OnBothDatabases
  void orders_and_documents_come_page_by_page_and_only_those_that_are_meant(TestDatabase db) {
    recorded(db, "1", T1);
    recorded(db, "2", T1.plusSeconds(60));
    recorded(db, "3", T1.plusSeconds(120));
    Replayable.Selection later = selection(Optional.of(T1.plusSeconds(60)));

    Replayable.Size size = db.in(tx -> replayable.size(tx, later));
    List<OrderKey> first = db.in(tx -> replayable.orders(tx, later, "", 1));
    List<OrderKey> second = db.in(tx -> replayable.orders(tx, later, "nordwind/shopify/2", 1));
    List<RawDocument> ofOrder =
        db.in(tx -> replayable.ofOrders(tx, later, List.of(Samples.order("2"))));
    List<Archive.Archived> rest =
        db.in(tx -> replayable.documents(tx, later, "shopify/orders/2", 9));

    assertThat(size).isEqualTo(new Replayable.Size(2, 2, 0));
    assertThat(first).containsExactly(Samples.order("2"));
    assertThat(second).containsExactly(Samples.order("3"));
    assertThat(ofOrder).extracting(RawDocument::id).containsExactly("shopify/orders/2");
    assertThat(rest)
        .extracting(archived -> archived.document().id())
        .containsExactly("shopify/orders/3");
  }

  private static Replayable.Selection selection(Optional<Instant> from) {
    return new Replayable.Selection(
        Optional.of("shopify"), Optional.empty(), Optional.empty(), from, Optional.empty());
  }
}
