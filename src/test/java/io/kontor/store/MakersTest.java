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

    Set<String> makers =
        db.in(
            tx ->
                db.store
                    .makers()
                    .of(
                        tx,
                        db.store
                            .batches()
                            .propose(
                                tx,
                                "nordwind",
                                "shopify",
                                Samples.DAY,
                                Set.of("erik"),
                                OpenDays.ALL)
                            .orElseThrow()));

    assertThat(makers).containsExactly("mona");
  }
}
