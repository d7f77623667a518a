package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.TransientFailure;
import io.kontor.sales.FactName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class FactRevisionsTest {

  private static final Instant T1 = Instant.parse("2026-11-20T09:00:00Z");
  private static final Instant T2 = T1.plusSeconds(60);

  private final FactRevisions revisions = new FactRevisions();
  private final Facts facts = new Facts();

  @OnBothDatabases
  void a_newer_revision_takes_the_place_and_the_older_is_kept(TestDatabase db) {
    StoredFact old = Samples.fact("1", T1, "{\"v\":1}");
    StoredFact newer = Samples.fact("1", T2, "{\"v\":2}");
    StoredFact late = Samples.fact("1", T1.minusSeconds(5), "{\"v\":0}");
    db.run(tx -> revisions.insert(tx, List.of(old)));
    db.run(tx -> revisions.replace(tx, List.of(newer)));
    db.run(tx -> revisions.keepSuperseded(tx, List.of(late)));
    db.run(tx -> revisions.keepSuperseded(tx, List.of(late)));

    Map<FactName, StoredFact> current = db.in(tx -> facts.current(tx, List.of(old.name())));
    List<StoredFact> superseded = db.superseded(old.name());

    assertThat(current).containsOnly(Map.entry(old.name(), newer));
    assertThat(superseded).containsExactly(late, old);
  }

  @OnBothDatabases
  void the_same_fact_inserted_twice_is_worth_another_try(TestDatabase db) {
    StoredFact fact = Samples.fact("1", T1, "{}");
    db.run(tx -> revisions.insert(tx, List.of(fact)));

    assertThatThrownBy(() -> db.run(tx -> revisions.insert(tx, List.of(fact))))
        .isInstanceOf(TransientFailure.class)
        .satisfies(thrown -> assertThat(Database.isDatabaseAtFault(thrown)).isTrue());
  }

  @OnBothDatabases
  void a_fact_of_some_megabytes_comes_back_whole_wherever_it_moves(TestDatabase db) {
    String json = "\"" + "ä".repeat(2_500_000) + "\"";
    StoredFact large = Samples.fact("1", T1, json);
    StoredFact small = Samples.fact("1", T2, "{}");
    db.run(tx -> revisions.insert(tx, List.of(large)));
    Map<FactName, StoredFact> before = db.in(tx -> facts.current(tx, List.of(large.name())));
    db.run(tx -> revisions.replace(tx, List.of(small)));
    Map<FactName, StoredFact> after = db.in(tx -> facts.current(tx, List.of(large.name())));
    List<StoredFact> superseded = db.superseded(large.name());

    assertThat(before.get(large.name())).isEqualTo(large);
    assertThat(after.get(large.name())).isEqualTo(small);
    assertThat(superseded).containsExactly(large);
  }
}
