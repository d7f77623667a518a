package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.document.RawDocument;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

class ArchiveTest {

  private final Archive archive = new Archive();

  private static Archive.NewDocument document(String id, byte[] body) {
    return new Archive.NewDocument(
        new RawDocument("shopify", "orders", id, TestDatabase.START, "application/json", body),
        RawOutcome.RECORDED);
  }

  private static Archive.NewDocument document(String id, String body) {
    return document(id, body.getBytes(StandardCharsets.UTF_8));
  }

  @OnBothDatabases
  void only_documents_of_unknown_ids_are_added(TestDatabase db) {
    db.run(tx -> archive.addNew(tx, List.of(document("2", "b"), document("1", "a"))));

    Archive.Additions additions =
        db.in(
            tx ->
                archive.addNew(
                    tx, List.of(document("3", "c"), document("2", "b"), document("1", "other"))));

    assertThat(additions.added()).containsExactly("shopify/orders/3");
    assertThat(additions.repeated()).containsExactly("shopify/orders/2");
    assertThat(additions.conflicting()).containsExactly("shopify/orders/1");
    assertThat(db.in(tx -> archive.find(tx, "shopify/orders/2")).orElseThrow().repeats())
        .isEqualTo(1);
    assertThat(db.in(tx -> archive.find(tx, "shopify/orders/1")).orElseThrow().document().body())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("a");
  }

  @OnBothDatabases
  void a_document_twice_in_one_batch_is_added_once_and_repeated_once(TestDatabase db) {
    Archive.Additions additions =
        db.in(tx -> archive.addNew(tx, List.of(document("1", "a"), document("1", "a"))));

    assertThat(additions.added()).containsExactly("shopify/orders/1");
    assertThat(additions.repeated()).containsExactly("shopify/orders/1");
    assertThat(additions.conflicting()).isEmpty();
  }

  @OnBothDatabases
  void a_body_of_many_megabytes_comes_back_as_it_was(TestDatabase db) {
    byte[] body = new byte[5_000_000];
    new Random(1).nextBytes(body);
    db.run(tx -> archive.addNew(tx, List.of(document("1", body))));

    assertThat(db.in(tx -> archive.find(tx, "shopify/orders/1")).orElseThrow().document().body())
        .isEqualTo(body);
  }

  @OnBothDatabases
  void bodies_are_purged_when_their_time_is_over_unless_a_person_still_needs_them(TestDatabase db) {
    db.run(
        tx -> {
          archive.addNew(tx, List.of(document("1", "a"), document("2", new byte[2_000_000])));
          archive.addNew(tx, List.of(document("3", "c")));
          archive.decide(tx, Map.of("shopify/orders/3", RawOutcome.WAITING));
        });

    int purged =
        db.in(tx -> archive.purgeBodiesBefore(tx, TestDatabase.START.plus(Duration.ofDays(1))));

    assertThat(purged).isEqualTo(2);
    assertThat(db.in(tx -> archive.find(tx, "shopify/orders/2")).orElseThrow())
        .satisfies(found -> assertThat(found.purged()).isTrue())
        .satisfies(found -> assertThat(found.document().body()).isEmpty())
        .satisfies(found -> assertThat(found.sha256()).hasSize(64));
    assertThat(db.in(tx -> archive.find(tx, "shopify/orders/3")).orElseThrow().document().body())
        .hasSize(1);
  }
}
