package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class TillReceiptsTest {

  private static final Instant T1 = Instant.parse("2026-11-20T09:00:00Z");

  private final FactRevisions revisions = new FactRevisions();
  private final TillReceipts till = new TillReceipts();

  @OnBothDatabases
  void receipts_are_found_by_store_and_interval(TestDatabase db) {
    db.run(
        tx ->
            revisions.insert(
                tx,
                List.of(
                    Samples.receipt("7", "a", T1),
                    Samples.receipt("7", "b", T1.plus(Duration.ofMinutes(59))),
                    Samples.receipt("7", "c", T1.plus(Duration.ofMinutes(60))),
                    Samples.receipt("8", "d", T1))));
    db.run(
        tx ->
            revisions.replace(
                tx, List.of(Samples.receipt("7", "d", T1.plus(Duration.ofMinutes(1))))));

    List<StoredFact> receipts =
        db.in(tx -> till.list(tx, "nordwind", "tills", "7", T1, T1.plus(Duration.ofMinutes(60))));

    assertThat(receipts).extracting(f -> f.name().externalId()).containsExactly("a", "b", "d");
  }
}
