package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.ledger.OpenDays;
import java.time.Duration;
import java.util.List;
import java.util.Set;

class MakersTest {

  @OnBothDatabases
  void who_replays_is_a_maker_of_the_entries_from_then_on(TestDatabase db) {
    Journal journal = db.store.journal();
    Replayable replayable = db.store.replayable();
    db.run(
        tx -> {
          journal.append(tx, List.of(Samples.entry("1", Samples.DAY, "120.00")));
          replayable.replayed(tx, List.of(Samples.order("2")), "mona");
          journal.append(tx, List.of(Samples.entry("2", Samples.DAY, "120.00")));
        });
    db.clock.goOn(Duration.ofMinutes(1));
    db.run(tx -> replayable.replayed(tx, List.of(Samples.order("1")), "chris"));

    assertThat(makersOfBatch(db)).containsExactly("mona");
  }

  @OnBothDatabases
  void who_handed_a_document_in_is_a_maker_of_what_it_came_to_and_not_of_what_was_there(
      TestDatabase db) {
    Journal journal = db.store.journal();
    Makers makers = db.store.makers();
    FactRevisions revisions = new FactRevisions();
    StoredFact first = from("one", Samples.fact("1", TestDatabase.START, "{}"));
    StoredFact second = from("two", Samples.fact("2", TestDatabase.START, "{}"));
    StoredFact newer =
        from("three", Samples.fact("2", TestDatabase.START.plusSeconds(1), "{\"newer\":true}"));
    db.run(
        tx -> {
          revisions.insert(tx, List.of(first));
          journal.append(tx, List.of(Samples.entry("1", Samples.DAY, "120.00")));
        });
    db.clock.goOn(Duration.ofMinutes(1));
    db.run(
        tx -> {
          makers.handedIn(tx, "one", "erik");
          makers.handedIn(tx, "two", "mona");
          makers.handedIn(tx, "three", "olga");
          makers.handedIn(tx, "four", "paul");
          revisions.insert(tx, List.of(second));
          revisions.replace(tx, List.of(newer));
          journal.append(tx, List.of(Samples.entry("2", Samples.DAY, "120.00")));
        });

    assertThat(makersOfBatch(db)).containsExactlyInAnyOrder("mona", "olga");
  }

  private static StoredFact from(String rawId, StoredFact fact) {
    return new StoredFact(
        fact.name(),
        fact.order(),
        fact.revision(),
        fact.occurredAt(),
        fact.hash(),
        fact.json(),
        rawId,
        fact.recordedAt(),
        fact.store());
  }

  private static Set<String> makersOfBatch(TestDatabase db) {
    return db.in(
        tx ->
            db.store
                .makers()
                .of(
                    tx,
                    db.store
                        .batches()
                        .propose(
                            tx,
                            Samples.entity(),
                            "3f2a9c",
                            "shopify",
                            Samples.DAY,
                            Set.of("erik"),
                            OpenDays.ALL)
                        .orElseThrow()));
  }
}
